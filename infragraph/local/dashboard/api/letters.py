"""Dead letters: why each is one, and another try, with the same body or an edited one."""

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from infragraph.local.dashboard.answering import Fault, answering, read_json, text
from infragraph.local.dashboard.api.messages import checked_body, queues
from infragraph.local.dashboard.given import Given
from infragraph.local.dashboard.queues import QueueError
from infragraph.local.telemetry import queries
from infragraph.local.telemetry.messages import shown

_MOST = 300
_DIGITS = 19
"""Of a 64-bit integer."""


def routes(given: Given) -> list[Route]:
    async def letters(request: Request) -> Any:
        node = _subscription(given, request.query_params.get("subscription", ""))
        topic = str(node["properties"]["topic"])
        if given.streams is None:
            return await asyncio.to_thread(
                queries.messages,
                given.collected.store,
                f"topic:{topic}",
                str(node["id"]),
                0,
                _MOST,
            )
        found = await given.streams.letters(topic, str(node["id"]))
        masks = given.collected.masks
        return [
            {
                **shown(it.letter.envelope, masks),
                "sequence": it.sequence,
                "reason": masks.text(it.letter.reason),
                "attempts": it.letter.attempts,
            }
            for it in found
        ]

    async def original(request: Request) -> Any:
        """The body as it is, for whoever edits it: what is masked could not be sent again."""
        node = _subscription(given, request.query_params.get("subscription", ""))
        wanted = request.query_params.get("sequence", "")
        sequence = int(wanted) if wanted.isdecimal() and len(wanted) < _DIGITS else -1
        try:
            body = await queues(given).original(
                str(node["properties"]["topic"]), str(node["id"]), sequence
            )
        except QueueError as error:
            raise Fault(str(error), 404) from error
        return {"body": body.decode("utf-8", "replace")}

    async def redrive(request: Request) -> Any:
        body = await read_json(request)
        node = _subscription(given, text(body, "subscription"))
        edited = checked_body(text(body, "body")).encode() if "body" in body else None
        try:
            again = await queues(given).redrive(
                str(node["properties"]["topic"]), str(node["id"]), _sequence(body), edited
            )
        except QueueError as error:
            raise Fault(str(error), 409) from error
        return {"id": again.id}

    async def discard(request: Request) -> Any:
        body = await read_json(request)
        node = _subscription(given, text(body, "subscription"))
        try:
            await queues(given).discard(
                str(node["properties"]["topic"]), str(node["id"]), _sequence(body)
            )
        except QueueError as error:
            raise Fault(str(error), 409) from error
        return {}

    return [
        Route("/api/letters", answering(letters)),
        Route("/api/letters/original", answering(original)),
        Route("/api/redrive", answering(redrive), methods=["POST"]),
        Route("/api/discard", answering(discard), methods=["POST"]),
    ]


def _subscription(given: Given, node_id: str) -> Mapping[str, Any]:
    for node in given.run.application.of_kind("subscription"):
        if node["id"] == node_id:
            return node
    message = "there is no such subscription"
    raise Fault(message, 404)


def _sequence(body: Mapping[str, Any]) -> int:
    value = body.get("sequence")
    if not isinstance(value, int) or isinstance(value, bool):
        message = "'sequence' is a number"
        raise Fault(message)
    return value
