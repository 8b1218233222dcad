"""A service carried inside any program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infragraph.sdk.slot import SLOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from types import TracebackType

_RUNTIME = "infragraph.runtime.carried"
"""The module that carries a service where nothing does; it is loaded when a block is entered."""


class Running:
    """The block in which a service runs; called with an ASGI application it is its lifespan."""

    __slots__ = ("_block", "consume", "name")

    def __init__(self, name: str, *, consume: bool) -> None:
        self.name = name
        self.consume = consume
        self._block: AbstractAsyncContextManager[None] | None = None

    def __call__(self, _app: object, /) -> Running:
        """The same block, as an ASGI application asks for its lifespan."""
        # A fresh block each time: an ASGI server may run an application's lifespan more than once.
        return Running(self.name, consume=self.consume)

    async def __aenter__(self) -> None:
        environment = SLOT.environment
        if environment is None:
            block = _runtime()(self.name, consume=self.consume)
        else:
            block = environment.running(self.name, consume=self.consume)
        await block.__aenter__()
        self._block = block

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool | None:
        block = self._block
        if block is None:
            message = f"the block of service {self.name!r} was left before it was entered"
            raise RuntimeError(message)
        self._block = None
        return await block.__aexit__(kind, error, traceback)


def running(name: str, *, consume: bool = False) -> Running:
    """Carry a service's runtime inside a program that starts by itself.

        async with infragraph.running("orders", consume=True):
            await serve()

        app = FastAPI(lifespan=infragraph.running("orders"))

    Within the block its topics publish, its databases answer and its secrets can be read, as
    `infragraph.runtime.<env>.json`, named in `INFRAGRAPH_CONFIG`, says.

    Args:
        name: the service's name.
        consume: whether its subscriptions receive messages here as well.
    """
    return Running(name, consume=consume)


def _runtime() -> Callable[..., AbstractAsyncContextManager[None]]:
    """Named, not imported: declarations know nothing of what carries them."""
    return __import__(_RUNTIME, fromlist=("carried_here",)).carried_here  # type: ignore[no-any-return]
