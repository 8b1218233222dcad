"""Messages of a broker that cannot be read from outside, as services tell of them."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from infragraph.local.telemetry import queries
from infragraph.local.telemetry.store import Store
from infragraph.runtime.brokers.broker import Broker, BrokerError, DeadLetter
from infragraph.runtime.brokers.memory import MemoryBroker
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.envelope import Envelope
from infragraph.runtime.tracing.messages import TOKEN, URL, told
from tests.local.telemetry.test_receiver import NOWHERE, receiving
from tests.local.telemetry.test_receiver import TOKEN as RUN_TOKEN
from tests.runtime.consuming_on_memory import CHANNEL, SUBSCRIPTION, TOPIC

MESSAGE = Envelope(
    id="m1",
    source="service:a",
    type="app.Note",
    published_at=datetime(2026, 1, 1, tzinfo=UTC),
    body=b'{"password": "x", "n": 1}',
    attributes={"kind": "\u00e9"},
    traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
)
SHOWN = {
    "id": "m1",
    "source": "service:a",
    "type": "app.Note",
    "published_at": "2026-01-01T00:00:00+00:00",
    "attributes": {"kind": "\u00e9"},
    "ordering_key": None,
    "trace_id": "0af7651916cd43dd8448eb211c80319c",
    "bytes": 25,
    "is_cut": False,
    "body": '{\n  "password": "••••••",\n  "n": 1\n}',
    "encoding": "json",
}


@asynccontextmanager
async def telling(folder: Path, token: str) -> AsyncGenerator[tuple[Broker, Store]]:
    variables = {URL: "http://127.0.0.1:4318/v1/messages", TOKEN: token}
    async with (
        receiving(folder, NOWHERE) as (client, store, _),
        told(MemoryBroker(SystemClock()), client, variables) as broker,
    ):
        yield broker, store


async def test_what_was_published_and_what_was_given_up_is_told(tmp_path: Path) -> None:
    letter = DeadLetter(
        envelope=MESSAGE, subscription=SUBSCRIPTION, reason="token=hunter2-more", attempts=5
    )
    async with telling(tmp_path, RUN_TOKEN) as (broker, store):
        await broker.open()
        await broker.publish(TOPIC, {}, [MESSAGE])
        await broker.bury(CHANNEL, letter)
        async with asyncio.timeout(5):
            # Nobody says when what was told has been stored.
            while sum(queries.message_counts(store).values()) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.01)

        published = queries.messages(store, TOPIC, None, 0, 10)
        letters = queries.messages(store, TOPIC, SUBSCRIPTION, 0, 10)

    assert published == [{**SHOWN, "reason": "", "attempts": 0, "sequence": 1}]
    assert letters == [{**SHOWN, "reason": "token=••••••", "attempts": 5, "sequence": 2}]


async def test_what_was_not_confirmed_is_not_told_and_telling_holds_up_nothing(
    tmp_path: Path,
) -> None:
    async with telling(tmp_path, "another token") as (broker, store):
        with pytest.raises(BrokerError):
            await broker.publish(TOPIC, {}, [MESSAGE])
        await broker.open()
        for _ in range(3000):
            await broker.publish(TOPIC, {}, [MESSAGE])
        await asyncio.sleep(0.2)

        assert queries.message_counts(store) == {}


@pytest.mark.parametrize("variables", [{}, {URL: ""}])
async def test_outside_a_run_the_broker_is_itself(variables: Mapping[str, str]) -> None:
    broker = MemoryBroker(SystemClock())
    async with httpx.AsyncClient() as client, told(broker, client, variables) as used:
        assert used is broker


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b'[{"topic": "a"}]', b"[" * 100_000])
async def test_what_tells_of_no_messages_is_refused(body: bytes, tmp_path: Path) -> None:
    headers = {"x-infragraph-token": RUN_TOKEN, "content-type": "application/json"}
    async with receiving(tmp_path, NOWHERE) as (client, store, _):
        answer = await client.post("/v1/messages", content=body, headers=headers)

        assert (answer.status_code == 400) == (body != b"{}")
        assert queries.message_counts(store) == {}
