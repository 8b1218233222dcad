"""Messages and dead letters on brokers that show none of what they hold."""

import base64
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import httpx
import pytest
from starlette.applications import Starlette

from infragraph.local.dashboard.memory_letters import MemoryLetters
from infragraph.local.dashboard.nsq_letters import nsq_letters
from infragraph.local.dashboard.told import Kept, Told
from infragraph.local.telemetry.messages import MessageRecord
from infragraph.runtime.brokers.broker import Broker, DeadLetter
from infragraph.runtime.brokers.memory import MemoryBroker
from infragraph.runtime.brokers.memory_route import PATH, memory_routes
from infragraph.runtime.brokers.nsq.broker import NsqAddress, NsqBroker
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.envelope import Envelope
from infragraph.runtime.tracing.messages import TOKEN, TOKEN_HEADER
from tests.local.dashboard.shown import SERVICE, Dashboard, graph, node, shown
from tests.runtime.consuming_on_memory import CHANNEL
from tests.runtime.nsqd import nsqd

SECRET = "kept-by-nobody"  # noqa: S105 - what must not be shown
NOTES = node("topic", "notes", "a", ordering_key=None, payload={})
KEEP = {
    **node("subscription", "keep", "a", topic="notes", dead_letter=True, filter=None),
    "id": "subscription:notes/keep",
}
NOTE = replace(CHANNEL, id="subscription:notes/keep", topic="topic:notes")

Place = tuple[Broker, Kept]


@asynccontextmanager
async def in_memory(_folder: Path) -> AsyncGenerator[Place]:
    broker = MemoryBroker(SystemClock())
    await broker.open()
    application = Starlette(routes=memory_routes(broker, {TOKEN: "t"}))
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport) as client:
        yield broker, MemoryLetters(client=client, address=lambda: "http://a", token="t")  # noqa: S106


@asynccontextmanager
async def in_nsqd(folder: Path) -> AsyncGenerator[Place]:
    async with nsqd(folder) as server:
        address = NsqAddress(nsqd=server.address, nsqlookupd=(), name="tests")
        broker = NsqBroker(address, {"topic:notes": "notes"}, SystemClock())
        await broker.open()
        await broker.ensure(NOTE)
        try:
            async with nsq_letters({"nsqd": server.address}) as kept:
                yield broker, kept
        finally:
            await broker.close()


PLACES = [
    pytest.param(in_memory, id="memory"),
    pytest.param(in_nsqd, id="nsq", marks=pytest.mark.slow),
]
OnPlace = Callable[[Path], AbstractAsyncContextManager[Place]]


def letter(number: int) -> DeadLetter:
    message = Envelope(
        id=f"m{number}",
        source="service:a",
        type="app.Note",
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
        body=f'{{"n": {number}, "word": "{SECRET}"}}'.encode(),
        attributes={"kind": "x"},
    )
    return DeadLetter(envelope=message, subscription=NOTE.id, reason="no", attempts=3)


@asynccontextmanager
async def told(
    place: OnPlace, folder: Path, *letters: DeadLetter
) -> AsyncGenerator[tuple[Broker, Dashboard]]:
    """A dashboard that was told of dead letters, which the broker has."""
    whole = graph(SERVICE, NOTES, KEEP)
    async with (
        place(folder) as (broker, kept),
        shown(folder, whole, kept=kept, secrets=[SECRET]) as dashboard,
    ):
        store = dashboard.given.collected.store
        for one in letters:
            await broker.bury(NOTE, one)
            record = MessageRecord(
                topic=NOTE.topic,
                subscription=NOTE.id,
                envelope=one.envelope,
                reason=one.reason,
                attempts=one.attempts,
            )
            store.add_messages([record])
        yield broker, dashboard


async def shown_letters(dashboard: Dashboard) -> dict[str, int]:
    """The sequence of each dead letter, by its message's id."""
    answer = await dashboard.client.get("/api/letters", params={"subscription": NOTE.id})
    assert SECRET not in answer.text
    return {it["id"]: it["sequence"] for it in answer.json()}


async def first(broker: Broker) -> Envelope:
    """The next message of the subscription."""
    async for delivery in broker.receive(NOTE):
        await delivery.acknowledge()
        return delivery.envelope
    raise AssertionError


@pytest.mark.parametrize("place", PLACES)
async def test_a_message_is_published_by_hand(place: OnPlace, tmp_path: Path) -> None:
    async with told(place, tmp_path) as (broker, dashboard):
        if isinstance(broker, MemoryBroker):
            broker.attach(NOTE)
        sent = await dashboard.client.post(
            "/api/publish", json={"topic": "notes", "body": '{"n": 1}', "type": "app.Note"}
        )
        assert sent.status_code == 200
        came = await first(broker)
        assert (came.id, came.body, came.source) == (sent.json()["id"], b'{"n": 1}', "dashboard")
        listed = (await dashboard.client.get("/api/messages", params={"topic": "notes"})).json()
        assert [it["id"] for it in listed] == [came.id]


@pytest.mark.parametrize("place", PLACES)
async def test_a_dead_letter_is_sent_again_as_it_was(place: OnPlace, tmp_path: Path) -> None:
    async with told(place, tmp_path, letter(1), letter(2), letter(3)) as (broker, dashboard):
        if isinstance(broker, MemoryBroker):
            broker.attach(NOTE)
        places = await shown_letters(dashboard)
        asked: dict[str, str | int] = {"subscription": NOTE.id, "sequence": places["m2"]}
        original = await dashboard.client.get("/api/letters/original", params=asked)
        assert original.json() == {"body": letter(2).envelope.body.decode()}
        assert (await dashboard.client.post("/api/redrive", json=asked)).json() == {"id": "m2"}
        came = await first(broker)
        assert (came.id, came.body) == ("m2", letter(2).envelope.body)
        assert came.attributes == {"kind": "x", "infragraph-redrive": NOTE.id}
        assert (await shown_letters(dashboard)).keys() == {"m1", "m3"}
        assert (await dashboard.client.post("/api/redrive", json=asked)).status_code == 409


@pytest.mark.parametrize("place", PLACES)
async def test_a_dead_letter_is_edited_or_discarded(place: OnPlace, tmp_path: Path) -> None:
    async with told(place, tmp_path, letter(1), letter(2)) as (broker, dashboard):
        if isinstance(broker, MemoryBroker):
            broker.attach(NOTE)
        places = await shown_letters(dashboard)
        edited = {"subscription": NOTE.id, "sequence": places["m1"], "body": '{"n": 4}'}
        assert (await dashboard.client.post("/api/redrive", json=edited)).status_code == 200
        assert (await first(broker)).body == b'{"n": 4}'
        gone = {"subscription": NOTE.id, "sequence": places["m2"]}
        assert (await dashboard.client.post("/api/discard", json=gone)).status_code == 200
        assert await shown_letters(dashboard) == {}
        kept = cast("Told", dashboard.given.told).kept
        assert await kept.letter("notes", NOTE.id, "m2") is None


async def test_who_has_no_token_is_refused() -> None:
    broker = MemoryBroker(SystemClock())
    await broker.open()
    application = Starlette(routes=memory_routes(broker, {TOKEN: "t"}))
    asked: dict[str, object] = {
        "do": "publish",
        "topic": "topic:notes",
        "headers": {},
        "body": base64.b64encode(b"1").decode(),
    }
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=application)) as client:
        for token, status in (("", 403), ("u", 403), ("t", 204)):
            answer = await client.post(f"http://a{PATH}", json=asked, headers={TOKEN_HEADER: token})
            assert answer.status_code == status
        for body in (b"", b"[]", b'{"do": "all"}', b'{"do": "publish"}'):
            answer = await client.post(f"http://a{PATH}", content=body, headers={TOKEN_HEADER: "t"})
            assert answer.status_code == 400
    assert [it.body for it in broker.published["topic:notes"]] == [b"1"]


def test_only_a_run_in_memory_has_the_route() -> None:
    broker = MemoryBroker(SystemClock())
    assert memory_routes(broker, {}) == []
    address = NsqAddress(nsqd="a:1", nsqlookupd=(), name="tests")
    assert memory_routes(NsqBroker(address, {}, SystemClock()), {TOKEN: "t"}) == []
