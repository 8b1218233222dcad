"""The ASGI application of one process: the endpoints of its services, mounts, and health."""

from collections.abc import Callable, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount

from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.http.health import health_routes
from infragraph.runtime.http.responses import failure
from infragraph.runtime.tracing.spans import Spans
from infragraph.sdk.errors import APIError, NotFound
from infragraph.sdk.mount import ASGIApp
from infragraph.sdk.service import Service


class MethodNotAllowed(APIError):  # noqa: N818 - told to whoever asked, as the SDK's errors are
    """The path is there, with other methods: HTTP 405."""

    status = 405


def asgi_application(
    services: Sequence[Service],
    endpoints: Sequence[BaseRoute],
    *,
    spans: Spans,
    is_ready: Callable[[], bool],
) -> Starlette:
    """What an HTTP server serves: `endpoints` come before the services' mounts."""
    routes: list[BaseRoute] = [
        *health_routes(tuple(it.name for it in services), is_ready),
        *endpoints,
        *(
            Mount(
                it.path,
                _carried(it.app, service.name, it.path, spans),
                name=f"mount:{service.name}{it.path}",
            )
            for service in services
            for it in service.mounts
        ),
    ]
    return Starlette(routes=routes, exception_handlers={HTTPException: _unrouted})


def _carried(app: ASGIApp, service: str, path: str, spans: Spans) -> ASGIApp:
    """A mounted application runs as its service does."""

    async def traced(scope: Any, receive: Any, send: Any) -> None:
        headers = Headers(scope=scope)
        with spans.serving(f"service:{service}", scope["method"], path, headers) as answered:

            async def sent(message: Any) -> None:
                if message["type"] == "http.response.start":
                    answered(message["status"])
                await send(message)

            await app(scope, receive, sent)

    async def run(scope: Any, receive: Any, send: Any) -> None:
        token = RUNNING.set(Running(service=service))
        try:
            await (traced if scope["type"] == "http" else app)(scope, receive, send)
        finally:
            RUNNING.reset(token)

    return run


async def _unrouted(request: Request, error: Exception) -> Response:
    """What the router itself refuses, as a handler would."""
    where = f"{request.method} {request.url.path}"
    if isinstance(error, HTTPException) and error.status_code == MethodNotAllowed.status:
        answer = failure(MethodNotAllowed(f"{where} is not served; the path is"), where)
        answer.headers.update(error.headers or {})
        return answer
    return failure(NotFound(f"nothing is served at {where}"), where)
