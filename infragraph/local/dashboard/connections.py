"""The dashboard's HTTP server: so many connections, and none that only keeps its place."""

import asyncio
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from infragraph.runtime.server import HttpServer

CONNECTIONS = 128
HEAD_SECONDS = 10.0
_LONGEST_HEAD = 32 << 10


class BoundedProtocol(H11Protocol):
    """A request's head comes within `HEAD_SECONDS`; its body's time is its reader's business."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        # Whatever the process logs: an address that opens the dashboard is in no log.
        self.access_log = False
        self._expect()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        cycle: Any = self.cycle  # None before the first request, whatever its type says
        if cycle is not None and not cycle.response_complete:
            self._cancel()
        elif self._late is None:
            self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        self._cancel()
        super().connection_lost(exc)

    def _expect(self) -> None:
        self._late = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _give_up(self) -> None:
        self.transport.abort()

    def _cancel(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


def bounded_server(app: ASGIApp, grace: float) -> HttpServer:
    """As `http_server`, for what a page on any website may try to reach; without WebSockets."""
    return HttpServer(
        uvicorn.Config(
            app,
            http=BoundedProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=CONNECTIONS,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=max(1, int(grace)),
            h11_max_incomplete_event_size=_LONGEST_HEAD,
        )
    )
