"""Server-sent events: the page is told that there is something new, and asks for what it shows."""

import asyncio
import json
from collections.abc import AsyncGenerator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from infragraph.local.dashboard.given import Given

STREAMS = 16
"""How many pages are told; each has one stream."""

_STEP_SECONDS = 0.25
_QUIET_STEPS = 60


def routes(given: Given) -> list[Route]:
    open_streams: set[object] = set()

    async def stream() -> AsyncGenerator[str]:
        mine = object()
        open_streams.add(mine)
        try:
            before, quiet = "", 0
            while not given.closing.is_set():
                now = _state(given)
                quiet += 1
                if now != before:
                    before, quiet = now, 0
                    yield f"data: {now}\n\n"
                elif quiet >= _QUIET_STEPS:
                    # Something must be sent for either side to notice that the other is gone.
                    quiet = 0
                    yield ": still here\n\n"
                await asyncio.sleep(_STEP_SECONDS)
        finally:
            open_streams.discard(mine)

    async def events(_request: Request) -> Response:
        if len(open_streams) >= STREAMS:
            return JSONResponse({"error": "too many pages are open"}, 503)
        return StreamingResponse(stream(), media_type="text/event-stream")

    return [Route("/api/events", events)]


def _state(given: Given) -> str:
    return json.dumps(
        {
            "revision": given.collected.store.revision,
            "graph": given.run.application.fingerprint()[:16],
            "diagnostics": len(given.run.diagnostics),
        }
    )
