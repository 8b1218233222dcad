"""A service carried inside any program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infragraph.sdk.slot import SLOT

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from types import TracebackType


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
        environment = SLOT.filled(f"running service {self.name!r}")
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
