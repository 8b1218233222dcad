"""The HTTP server of one process, which ends when it is told to."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Generator

import uvicorn
from starlette.types import ASGIApp

from infragraph.runtime.http.guarding import guarded

# A load balancer that keeps connections must be the first to end one that is idle: else it sends a
# request on one that has just ended. AWS's waits 60 s:
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
# (read 2026-11-25).
_KEEP_ALIVE_SECONDS = 75


class HttpServer(uvicorn.Server):
    """uvicorn's server; the signals are the process's, which has more to end than this.

    `up` is set once it accepts requests; `serving` is whoever serves by it.
    """

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()
        self.serving: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def http_server(app: ASGIApp, grace: float, max_connections: int | None = None) -> HttpServer:
    """Serves `app`; at the end open requests have `grace` seconds.

    Requests beyond `max_connections` open connections are answered by 503.
    """
    configuration = uvicorn.Config(
        app,
        http=guarded(),
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=max(1, int(grace)),
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        limit_concurrency=max_connections,
        server_header=False,
    )
    return HttpServer(configuration)


def bound(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 leaves the choice to the system.

    Raises:
        OSError: the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, since asyncio sends small answers at once only where it knows that this is TCP.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    listening.set_inheritable(True)
    return listening


def on_termination(told: Callable[[], None]) -> None:
    """Calls `told` at each SIGTERM or SIGINT of this process."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, told)
        except NotImplementedError:
            # Windows has no such handlers on its event loop.
            signal.signal(number, lambda _number, _frame: loop.call_soon_threadsafe(told))
