"""Cron jobs: when each runs next, how it went before, and a run now."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from infragraph.local.dashboard.answering import Fault, answering, read_json, text
from infragraph.local.dashboard.given import Given
from infragraph.local.scheduler import next_firings

_NEXT = 5
_LAST = """
select trace_id, start_ns, end_ns, is_error, message from spans
where node = ? and kind = 'internal' order by start_ns desc limit 10
"""


def routes(given: Given) -> list[Route]:
    async def crons(_request: Request) -> Any:
        store = given.collected.store
        return [
            {
                "id": node["id"],
                "name": node["name"],
                "service": node["service"],
                "doc": node["doc"],
                "properties": node["properties"],
                "next": [time.isoformat() for time in next_firings(node, _NEXT)],
                "last": await asyncio.to_thread(store.query, _LAST, (node["id"],)),
            }
            for node in given.run.application.of_kind("cron")
        ]

    async def trigger(request: Request) -> Any:
        name = text(await read_json(request), "name")
        try:
            fault = await given.run.trigger(name)
        except KeyError:
            message = "there is no such cron"
            raise Fault(message, 404) from None
        return {"fault": fault}

    return [
        Route("/api/crons", answering(crons)),
        Route("/api/trigger", answering(trigger), methods=["POST"]),
    ]
