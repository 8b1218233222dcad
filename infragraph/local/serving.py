"""HTTP servers of the run's own, on the loopback address."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from infragraph.runtime.server import HttpServer, bound, http_server

_HOST = "127.0.0.1"
_GRACE_SECONDS = 2.0


class PortTakenError(Exception):
    """Another program listens on the port."""


class Swapped:
    """An application that another one may take the place of, between two requests."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None, "it is served once there is one"
        await self.app(scope, receive, send)


@asynccontextmanager
async def served(
    app: ASGIApp, port: int, make: Callable[[ASGIApp, float], HttpServer] = http_server
) -> AsyncGenerator[str]:
    """A block in which `app` is served; gives its URL. Port 0 leaves the choice to the system.

    Raises:
        PortTakenError: another program listens on the port.
    """
    try:
        listening = bound(_HOST, port)
    except OSError as error:
        message = f"port {port} is taken: choose another one by --port or --dashboard-port"
        raise PortTakenError(message) from error
    server = make(app, _GRACE_SECONDS)
    serving = asyncio.create_task(server.serve([listening]))
    await server.up.wait()
    try:
        yield f"http://{_HOST}:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
        listening.close()
