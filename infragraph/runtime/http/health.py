"""Whether a service lives, and whether it takes requests."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from infragraph.runtime.http.headers import INTERNAL

LIVE = f"{INTERNAL}/live"
READY = f"{INTERNAL}/ready"


def health_routes(services: tuple[str, ...], is_ready: Callable[[], bool]) -> list[Route]:
    """The two answers; `is_ready` is false while starting and while draining."""

    async def live(_request: Request) -> JSONResponse:
        return JSONResponse({"services": services})

    async def ready(_request: Request) -> JSONResponse:
        return JSONResponse({"ready": is_ready()}, status_code=200 if is_ready() else 503)

    return [Route(LIVE, live), Route(READY, ready)]
