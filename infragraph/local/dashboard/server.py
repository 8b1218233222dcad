"""The dashboard, put together: its page, its API, and the guard before both."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from infragraph.local.dashboard.admission import OPEN_PATH
from infragraph.local.dashboard.api import (
    application,
    calling,
    crons,
    databases,
    events,
    letters,
    messages,
    traces,
)
from infragraph.local.dashboard.assets import INDEX, assets
from infragraph.local.dashboard.connections import bounded_server
from infragraph.local.dashboard.given import Given
from infragraph.local.dashboard.guard import Guard
from infragraph.local.dashboard.sessions import Sessions
from infragraph.local.serving import served

Answer = Callable[[Request], Awaitable[Response]]

_APIS = (application, traces, messages, letters, calling, crons, databases, events)


@asynccontextmanager
async def dashboard(given: Given, listening: socket.socket) -> AsyncGenerator[None]:
    """A block in which the dashboard is served; `given.sessions` knows where."""
    app = guarded(given)
    async with served(app, listening, bounded_server) as url:
        given.sessions.serve_at(url)
        try:
            yield
        finally:
            given.closing.set()
            await asyncio.to_thread(given.sessions.forget)


def guarded(given: Given) -> Guard:
    """The whole of it."""
    routes: list[BaseRoute] = [
        Route(OPEN_PATH, _opening(given.sessions)),
        *(route for api in _APIS for route in api.routes(given)),
        *(Route(path, _asset(content, kind)) for path, (content, kind) in assets().items()),
    ]
    return Guard(Starlette(routes=routes), given.sessions)


def _opening(sessions: Sessions) -> Answer:
    async def opened(request: Request) -> Response:
        if not sessions.redeem(request.query_params.get("key", "")):
            message = f"this address was used already: {sessions.file} holds one that was not"
            return PlainTextResponse(message, 403)
        # The page's own address holds no key, so that none is in the browser's history for long.
        answer = RedirectResponse(INDEX, 303)
        answer.headers["set-cookie"] = sessions.set_cookie()
        return answer

    return opened


def _asset(content: bytes, kind: str) -> Answer:
    async def asset(_request: Request) -> Response:
        return Response(content, headers={"content-type": kind})

    return asset
