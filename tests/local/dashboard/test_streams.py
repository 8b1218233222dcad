"""Messages and dead letters where a real NATS server keeps them."""

import json
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from infragraph.local import nats
from infragraph.local.dashboard.streams import Streams, connected
from infragraph.local.telemetry.store import Store
from infragraph.runtime.brokers.broker import DeadLetter
from infragraph.runtime.brokers.nats import NatsAddress, NatsBroker
from infragraph.runtime.envelope import Envelope
from tests.local.dashboard.shown import SERVICE, Dashboard, graph, node, shown
from tests.local.telemetry.spans import span
from tests.runtime.consuming_on_memory import CHANNEL

pytestmark = pytest.mark.slow

TRACE = "0af7651916cd43dd8448eb211c80319c"
NOTES = node("topic", "notes", "a", ordering_key=None, payload={})
ORDERED = node("topic", "moves", "a", ordering_key="id", payload={})
KEEP = {
    **node("subscription", "keep", "a", topic="notes", dead_letter=True, filter={"kind": ["x"]}),
    "id": "subscription:notes/keep",
}


@dataclass(frozen=True)
class Running:
    dashboard: Dashboard
    broker: NatsBroker
    streams: Streams


@pytest.fixture
async def running(tmp_path: Path) -> AsyncGenerator[Running]:
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(nats.running(tmp_path / "nats"))
        address = NatsAddress(servers=(server.url,), credentials=None, name="tests")
        broker = NatsBroker(address, {"topic:notes": "notes", "topic:moves": "moves"})
        await broker.open()
        stack.push_async_callback(broker.close)
        streams = await stack.enter_async_context(connected([server.url]))
        whole = graph(SERVICE, NOTES, ORDERED, KEEP)
        dashboard = await stack.enter_async_context(shown(tmp_path, whole, streams=streams))
        yield Running(dashboard, broker, streams)


def message(number: int, body: bytes = b'{"n": 1, "password": "x"}') -> Envelope:
    return Envelope(
        id=f"m{number}",
        source="service:a",
        type="app.Note",
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
        body=body,
        attributes={"kind": "é"},
        traceparent=f"00-{TRACE}-b7ad6b7169203331-01",
    )


async def bury(running: Running, number: int, reason: str = "ValueError: é") -> None:

    channel = replace(CHANNEL, id=str(KEEP["id"]), topic="topic:notes")
    letter = DeadLetter(
        envelope=message(number), subscription=str(KEEP["id"]), reason=reason, attempts=5
    )
    await running.broker.bury(channel, letter)


async def test_messages_are_shown_with_what_became_of_them(running: Running) -> None:
    client = running.dashboard.client
    await running.broker.publish("topic:notes", {}, [message(it) for it in range(60)])
    await running.broker.publish("topic:notes", {}, [message(60, b"\xff\x00"), message(61, b"{no")])
    handled = {"kind": "consumer", "message_id": "m59", "node": "subscription:notes/keep"}
    running.dashboard.given.collected.store.add_spans([span(1, **handled)])

    first = (await client.get("/api/messages", params={"topic": "notes"})).json()
    last = first[-1]["sequence"]
    rest = (
        await client.get("/api/messages", params={"topic": "notes", "before": str(last)})
    ).json()
    topics = (await client.get("/api/topics")).json()

    assert [it["id"] for it in first + rest] == [f"m{it}" for it in range(61, -1, -1)]
    assert [(it["encoding"], it["body"]) for it in first[:2]] == [
        ("text", "{no"),
        ("base64", "/wA="),
    ]
    shown_one = first[2]
    assert len(shown_one.pop("attempts")) == 1
    assert shown_one == {
        "id": "m59",
        "source": "service:a",
        "type": "app.Note",
        "published_at": "2026-01-01T00:00:00+00:00",
        "attributes": {"kind": "é"},
        "ordering_key": None,
        "trace_id": TRACE,
        "bytes": 25,
        "is_cut": False,
        "body": '{\n  "n": 1,\n  "password": "••••••"\n}',
        "encoding": "json",
        "sequence": 60,
    }
    assert [(it["name"], it["messages"]) for it in topics] == [("notes", 62), ("moves", 0)]


async def test_a_message_is_published_by_hand_with_a_trace_of_its_own(running: Running) -> None:
    client, store = running.dashboard.client, running.dashboard.given.collected.store
    body = {"topic": "notes", "body": '{"kind": "x", "n": 1}', "type": "app.Note"}

    done = (await client.post("/api/publish", json=body)).json()
    (stored,) = await running.streams.messages("notes", 0, 10)
    ordered = await client.post(
        "/api/publish", json={"topic": "moves", "body": '{"id": 7}', "type": ""}
    )
    unordered = await client.post("/api/publish", json={"topic": "moves", "body": "{}", "type": ""})
    broken = await client.post("/api/publish", json={"topic": "notes", "body": "{", "type": ""})

    assert stored.envelope.id == done["id"]
    # What subscriptions select by is beside the body, as the runtime sends it.
    assert stored.envelope.attributes == {"kind": "x"}
    assert stored.envelope.traceparent == f"00-{done['trace_id']}-{_span(store)}-01"
    assert ordered.status_code == 200
    assert (await running.streams.messages("moves", 0, 1))[0].envelope.ordering_key == "7"
    assert (unordered.status_code, broken.status_code) == (400, 400)


def _span(store: Store) -> str:
    rows = store.query("select span_id from spans where name = 'send notes' order by id")
    return str(rows[0]["span_id"])


async def test_a_dead_letter_is_sent_again_to_its_own_subscription(running: Running) -> None:
    client = running.dashboard.client
    await running.broker.publish("topic:notes", {}, [message(1)])
    await bury(running, 1)
    asked = {"subscription": KEEP["id"]}
    (letter,) = (await client.get("/api/letters", params=asked)).json()
    original = (
        await client.get("/api/letters/original", params={**asked, "sequence": letter["sequence"]})
    ).json()

    assert (letter["reason"], letter["attempts"], letter["id"]) == ("ValueError: é", 5, "m1")
    assert original == {"body": '{"n": 1, "password": "x"}'}

    again = {**asked, "sequence": letter["sequence"]}
    assert (await client.post("/api/redrive", json=again)).status_code == 200
    newest, first = await running.streams.messages("notes", 0, 10)

    # The same message within the time in which the server drops what it has seen.
    assert newest.envelope.id == first.envelope.id == "m1"
    assert newest.envelope.body == first.envelope.body
    assert newest.envelope.traceparent == first.envelope.traceparent
    assert newest.envelope.attributes == {
        "kind": "é",
        "infragraph-redrive": "subscription:notes/keep",
    }
    assert (await client.get("/api/letters", params=asked)).json() == []
    assert (await client.post("/api/redrive", json=again)).status_code == 409


async def test_a_dead_letter_is_edited_or_removed(running: Running) -> None:
    client = running.dashboard.client
    await bury(running, 1)
    await bury(running, 2, "token=hunter2-and-more")
    asked = {"subscription": KEEP["id"]}
    second, first = (await client.get("/api/letters", params=asked)).json()

    broken = {**asked, "sequence": first["sequence"], "body": "{"}
    assert (await client.post("/api/redrive", json=broken)).status_code == 400
    edited = {**asked, "sequence": first["sequence"], "body": '{"n": 2}'}
    assert (await client.post("/api/redrive", json=edited)).status_code == 200
    (sent,) = await running.streams.messages("notes", 0, 10)
    removed = {**asked, "sequence": second["sequence"]}
    assert (await client.post("/api/discard", json=removed)).status_code == 200

    assert json.loads(sent.envelope.body) == {"n": 2}
    assert second["reason"] == "token=••••••"
    assert (await client.get("/api/letters", params=asked)).json() == []


async def test_a_letter_that_is_not_taken_stays(running: Running) -> None:
    client = running.dashboard.client
    await bury(running, 1)
    asked = {"subscription": KEEP["id"]}
    (letter,) = (await client.get("/api/letters", params=asked)).json()
    too_large = json.dumps("x" * (1 << 20))

    answer = await client.post(
        "/api/redrive", json={**asked, "sequence": letter["sequence"], "body": too_large}
    )

    assert answer.status_code == 409
    assert len((await client.get("/api/letters", params=asked)).json()) == 1
