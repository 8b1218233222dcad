"""Messages of topics, with what was done with each; a message is published by hand."""

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

from starlette.requests import Request
from starlette.routing import Route

from infragraph.local.dashboard.answering import Fault, answering, read_json, text
from infragraph.local.dashboard.given import Given
from infragraph.local.dashboard.own_spans import own_span
from infragraph.local.dashboard.queues import QueueError, Queues
from infragraph.local.telemetry import queries
from infragraph.local.telemetry.messages import shown
from infragraph.runtime.brokers.nats import dead_letter_stream
from infragraph.runtime.envelope import Envelope

_PAGE = 50


def routes(given: Given) -> list[Route]:
    async def topics(_request: Request) -> Any:
        return await _topics(given)

    async def messages(request: Request) -> Any:
        topic = topic_node(given, request.query_params.get("topic", ""))
        written = request.query_params.get("before", "")
        before = int(written) if written.isdecimal() and len(written) < 19 else 0  # noqa: PLR2004 - digits of a 64-bit integer
        found = await _messages(given, topic, before)
        ids = [it["id"] for it in found]
        done = await asyncio.to_thread(queries.attempts, given.collected.store, ids)
        return [{**it, "attempts": done.get(it["id"], [])} for it in found]

    async def publish(request: Request) -> Any:
        body = await read_json(request)
        topic = topic_node(given, text(body, "topic"))
        payload = checked_body(text(body, "body"))
        name = str(topic["name"])
        with own_span(
            given.collected.store,
            f"send {name}",
            "producer",
            str(topic["id"]),
            {"messaging.operation.name": "send", "messaging.destination.name": name},
        ) as span:
            message = Envelope(
                id=uuid4().hex,
                source="dashboard",
                type=_type(body.get("type")),
                published_at=datetime.now(UTC),
                body=payload.encode(),
                attributes=_attributes(given, name, payload),
                ordering_key=_key(topic, payload),
                traceparent=span.traceparent,
            )
            await _told(queues(given).publish(name, message))
        return {"id": message.id, "trace_id": span.trace_id}

    return [
        Route("/api/topics", answering(topics)),
        Route("/api/messages", answering(messages)),
        Route("/api/publish", answering(publish), methods=["POST"]),
    ]


def queues(given: Given) -> Queues:
    """What messages are sent by.

    Raises:
        Fault: this run's broker cannot be reached from outside its services.
    """
    found = given.streams or given.told
    if found is None:
        message = f"nothing is sent to the broker {given.broker!r} from outside"
        raise Fault(message, 501)
    return found


def topic_node(given: Given, name: str) -> Mapping[str, Any]:
    """The graph's topic of that name.

    Raises:
        Fault: there is none.
    """
    for node in given.run.application.of_kind("topic"):
        if node["name"] == name:
            return node
    message = "there is no such topic"
    raise Fault(message, 404)


def checked_body(written: str) -> str:
    """A body that somebody wrote.

    Raises:
        Fault: it is no JSON.
    """
    try:
        json.loads(written)
    except (ValueError, RecursionError) as error:
        message = f"the message is no JSON: {error}"
        raise Fault(message) from error
    return written


async def _messages(given: Given, topic: Mapping[str, Any], before: int) -> list[dict[str, Any]]:
    """From the broker, or as services told of them."""
    if given.streams is None:
        return await asyncio.to_thread(
            queries.messages, given.collected.store, str(topic["id"]), None, before, _PAGE
        )
    return [
        {**shown(it.envelope, given.collected.masks), "sequence": it.sequence}
        for it in await given.streams.messages(str(topic["name"]), before, _PAGE)
    ]


async def _topics(given: Given) -> list[dict[str, Any]]:
    graph = given.run.application
    subscriptions = graph.of_kind("subscription")
    names = [str(node["name"]) for node in graph.of_kind("topic")]
    letters = {
        str(node["id"]): dead_letter_stream(str(node["properties"]["topic"]), str(node["id"]))
        for node in subscriptions
    }
    if given.streams is None:
        told = await asyncio.to_thread(queries.message_counts, given.collected.store)
        counts = {topic.removeprefix("topic:"): it for (topic, sub), it in told.items() if not sub}
        counts |= {letters[sub]: it for (_, sub), it in told.items() if sub in letters}
    else:
        counts = await given.streams.counts([*names, *letters.values()])
    return [
        {
            "name": name,
            "messages": counts.get(name, 0),
            "subscriptions": [
                {
                    "id": node["id"],
                    "name": node["name"],
                    "service": node["service"],
                    "dead_letter": node["properties"]["dead_letter"],
                    "letters": counts.get(letters[str(node["id"])], 0),
                }
                for node in subscriptions
                if node["properties"]["topic"] == name
            ],
        }
        for name in names
    ]


def _attributes(given: Given, topic: str, payload: str) -> dict[str, str]:
    """The fields by which subscriptions of the topic select."""
    read = _fields(payload)
    wanted: set[str] = set()
    for node in given.run.application.of_kind("subscription"):
        if node["properties"]["topic"] == topic:
            wanted.update(node["properties"]["filter"] or {})
    return {
        name: _as_attribute(read[name]) for name in sorted(wanted) if _is_scalar(read.get(name))
    }


def _fields(payload: str) -> Mapping[str, Any]:
    """None where the payload is no object."""
    read = json.loads(payload)
    return cast("Mapping[str, Any]", read) if isinstance(read, dict) else {}


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | int | float)


def _as_attribute(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _key(topic: Mapping[str, Any], payload: str) -> str | None:
    """What an ordered topic is ordered by.

    Raises:
        Fault: the payload does not have it.
    """
    name = topic["properties"]["ordering_key"]
    if name is None:
        return None
    value = _fields(payload).get(name)
    if not _is_scalar(value) or value == "":
        message = f"the topic is ordered by {name!r}, which the message does not have"
        raise Fault(message)
    return str(value)


def _type(written: object) -> str:
    return written if isinstance(written, str) else ""


async def _told(publishing: Any) -> None:
    try:
        await publishing
    except QueueError as error:
        raise Fault(str(error), 502) from error
