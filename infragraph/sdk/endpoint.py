"""HTTP endpoints: functions that are called over the network, or in place."""

from __future__ import annotations

from functools import update_wrapper
from typing import TYPE_CHECKING, Generic, Literal, ParamSpec, TypeAlias, TypeVar, cast

from infragraph.sdk.slot import SLOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from infragraph.sdk.quantities import Duration, Size

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

Access: TypeAlias = Literal["private", "public", "auth"]
"""Who may call: services of the application; anyone; anyone whom the auth handler knows."""


class Endpoint(Generic[P, R_co]):
    """A function that a service serves over HTTP; what `@service.get` and its like make of one.

    It is called as the function itself, with the same parameters and the same result:

        @users.get("/users/{id}")
        async def get_user(id: UUID) -> User: ...

        user = await get_user(id)       # from another service too

    In one process that is a plain call. Where the two services run apart, the same line is an HTTP
    call, with the same types, errors and deadline. `R` is what a call returns: for an `async def`,
    what is awaited.

    Attributes:
        handler: the function.
        service: the name of its service.
        method: `"GET"`, `"POST"`, …
        path: with its parameters, such as `"/users/{id}"`.
        access: who may call.
        name: the endpoint's name in its service.
        tags: words that the generated documentation groups it by.
        timeout: how long a call may take; `None` for a raw endpoint.
        body_limit: the largest body it takes.
        raw: whether it takes the request itself.
    """

    __slots__ = (
        "__dict__",  # for what `update_wrapper` copies from the function: its name, its docstring
        "__orig_class__",
        "access",
        "body_limit",
        "handler",
        "method",
        "name",
        "path",
        "raw",
        "service",
        "tags",
        "timeout",
    )

    __name__: str

    def __init__(
        self,
        handler: Callable[P, R_co],
        *,
        service: str,
        method: str,
        path: str,
        access: Access,
        name: str,
        tags: tuple[str, ...],
        timeout: Duration | None,
        body_limit: Size,
        raw: bool,
    ) -> None:
        self.handler = handler
        self.service = service
        self.method = method
        self.path = path
        self.access = access
        self.name = name
        self.tags = tags
        self.timeout = timeout
        self.body_limit = body_limit
        self.raw = raw
        update_wrapper(self, handler)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Call the function where its service runs."""
        environment = SLOT.environment
        if environment is None:
            return self.handler(*args, **kwargs)
        return cast("R_co", environment.call(self, args, kwargs))

    def __repr__(self) -> str:
        return f"Endpoint({self.method} {self.path})"
