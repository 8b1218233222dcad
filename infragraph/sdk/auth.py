"""Who is calling."""

from __future__ import annotations

from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from infragraph.sdk.slot import SLOT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

Identity_co = TypeVar("Identity_co", covariant=True)


class AuthHandler(Generic[Identity_co]):
    """Finds out who is calling; what `@service.auth_handler` makes of a function.

        @auth.auth_handler
        async def authenticate(request: Request) -> Identity:
            return Identity(user_id=verify(request.headers["authorization"]))

        @orders.get("/orders", access="auth")
        async def list_orders() -> list[Order]:
            user_id = authenticate.caller().user_id
            ...

    Attributes:
        handler: the function.
        service: the name of the service it runs in.
    """

    __slots__ = ("__dict__", "__orig_class__", "handler", "service")

    __name__: str

    def __init__(self, handler: Callable[[Any], Awaitable[Identity_co]], *, service: str) -> None:
        self.handler = handler
        self.service = service
        update_wrapper(self, handler)

    def __call__(self, request: Any, /) -> Awaitable[Identity_co]:
        """Call the function itself."""
        return self.handler(request)

    def caller(self) -> Identity_co:
        """The identity of whoever made the request that is being handled, however far below.

        It travels with every call that the request leads to, also into other services.

        Raises:
            Unauthenticated: nobody has been identified, as in an endpoint without `access="auth"`.
        """
        environment = SLOT.filled("asking who is calling by an auth handler")
        return cast("Identity_co", environment.caller(self))

    def __repr__(self) -> str:
        return f"AuthHandler({self.service!r})"
