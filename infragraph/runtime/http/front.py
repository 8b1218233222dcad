"""What a process answers while its application is not up yet: that it lives, and is not ready."""

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from infragraph.runtime.http.health import health_routes

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


class Front:
    """Answers by `application`, which another one takes the place of."""

    def __init__(self, services: Iterable[str]) -> None:
        self.application: ASGIApp = Starlette(
            routes=[
                *health_routes(tuple(sorted(services)), lambda: False),
                Route("/{rest:path}", _starting, methods=_METHODS),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.application(scope, receive, send)


async def _starting(_request: Request) -> JSONResponse:
    said = {"error": "Unavailable", "message": "the service is starting"}
    return JSONResponse(said, status_code=503, headers={"retry-after": "1"})
