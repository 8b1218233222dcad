"""HTTP servers of the run's own, on the loopback address."""

import asyncio
import errno
import socket
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from infragraph.runtime.server import HttpServer, bound, http_server

_HOST = "127.0.0.1"
_GRACE_SECONDS = 2.0


class PortTakenError(Exception):
    """The port cannot be had; the text says what to do."""


class Swapped:
    """An application that another one may take the place of, between two requests."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None, "it is served once there is one"
        await self.app(scope, receive, send)


@contextmanager
def claimed(port: int, option: str = "") -> Generator[socket.socket]:
    """A block in which nobody else gets the port; `option` is what chooses another one.

    Raises:
        PortTakenError: another program has it, or it is not for this user.
    """
    try:
        listening = bound(_HOST, port)
    except OSError as error:
        is_taken = error.errno == errno.EADDRINUSE
        what = "is taken by another program" if is_taken else f"cannot be had: {error.strerror}"
        message = f"port {port} {what}: choose one by {option}, or a free one by '{option} 0'"
        raise PortTakenError(message) from error
    with listening:
        yield listening


@asynccontextmanager
async def served(
    app: ASGIApp,
    listening: socket.socket,
    make: Callable[[ASGIApp, float], HttpServer] = http_server,
) -> AsyncGenerator[str]:
    """A block in which `app` is served; gives its URL."""
    server = make(app, _GRACE_SECONDS)
    serving = asyncio.create_task(server.serve([listening]))
    await server.up.wait()
    try:
        yield f"http://{_HOST}:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
