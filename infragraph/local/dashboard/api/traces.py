"""Traces, log lines, and how much went over each edge."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from infragraph.local.dashboard.answering import answering
from infragraph.local.dashboard.given import Given
from infragraph.local.telemetry import queries
from infragraph.local.telemetry.queries import Wanted

_LONGEST_WINDOW = 3600


def routes(given: Given) -> list[Route]:
    store = given.collected.store

    async def traces(request: Request) -> Any:
        return await asyncio.to_thread(queries.traces, store, _wanted(request.query_params))

    async def trace(request: Request) -> Any:
        trace_id = str(request.path_params["trace"])
        spans = await asyncio.to_thread(queries.trace, store, trace_id)
        lines = await asyncio.to_thread(queries.logs, store, Wanted(trace=trace_id))
        return {"trace_id": trace_id, "spans": spans, "logs": lines[::-1]}

    async def logs(request: Request) -> Any:
        return await asyncio.to_thread(queries.logs, store, _wanted(request.query_params))

    async def traffic(request: Request) -> Any:
        seconds = min(_number(request.query_params, "seconds") or 60, _LONGEST_WINDOW)
        since = time.time_ns() - seconds * 1_000_000_000
        return {
            "seconds": seconds,
            "rows": await asyncio.to_thread(queries.traffic, store, since),
            "dropped": store.dropped,
        }

    return [
        Route("/api/traces", answering(traces)),
        Route("/api/traces/{trace}", answering(trace)),
        Route("/api/logs", answering(logs)),
        Route("/api/traffic", answering(traffic)),
    ]


def _wanted(asked: Mapping[str, str]) -> Wanted:
    return Wanted(
        text=asked.get("text", "")[:500],
        service=asked.get("service", "")[:200],
        level=asked.get("level", "")[:20],
        trace=asked.get("trace", "")[:64],
        only_errors=asked.get("errors") == "1",
        least_ms=_number(asked, "least"),
        before=_number(asked, "before"),
    )


def _number(asked: Mapping[str, str], name: str) -> int:
    """0 for what is none; no longer than SQLite's are."""
    written = asked.get(name, "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else 0  # noqa: PLR2004 - digits of a 64-bit integer
