"""What the conformance suite asks of a broker's test bench, and what it is told in return."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random
from typing import Any, Protocol
from uuid import uuid4

from infragraph.runtime.brokers.broker import Broker, Channel, DeadLetter
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.codec import codec
from infragraph.runtime.consuming import Consumed, Consumer
from infragraph.runtime.envelope import Envelope
from infragraph.sdk.message import Message
from tests.runtime.consuming_on_memory import NothingAround

SECONDS = 60.0


class Bench(Protocol):
    """A broker under test; topics and subscriptions are fresh in each case."""

    name: str

    def connection(self) -> AbstractAsyncContextManager[Broker]:
        """A connection of its own."""
        ...

    async def prepare(self, broker: Broker, *channels: Channel) -> None:
        """Make the topics and subscriptions."""
        ...

    async def letters(self, channel: Channel) -> list[DeadLetter]:
        """The dead letters that are kept."""
        ...

    async def restart(self) -> None:
        """End the broker by force and start it again."""
        ...

    async def publish_foreign(self, channel: Channel, body: bytes) -> None:
        """Publish as a program that knows nothing of ours."""
        ...

    def settings(self) -> Mapping[str, Any]:
        """How a process of its own connects, for `tests.runtime.conformance.worker`."""
        ...


def channel(**options: Any) -> Channel:
    """A fresh subscription on a fresh topic."""
    run = uuid4().hex[:12]
    made = Channel(
        id=f"subscription:t-{run}/s-{run}",
        topic=f"topic:t-{run}",
        address={},
        ack_deadline=30.0,
        concurrency=20,
        max_attempts=5,
        max_backoff=0.2,
        ordered=False,
        dead_letter=True,
        filter={},
    )
    return replace(made, **options)


def beside(first: Channel, **options: Any) -> Channel:
    """Another subscription on the same topic."""
    run = uuid4().hex[:12]
    return replace(
        first, id=f"subscription:{first.topic.removeprefix('topic:')}/s-{run}", **options
    )


def message(body: object, *, key: str | None = None, **changed: Any) -> Envelope:
    made = Envelope(
        id=uuid4().hex,
        source="service:tests",
        type="tests",
        published_at=datetime.now(UTC).replace(microsecond=0),
        body=body if isinstance(body, bytes) else json.dumps(body).encode(),
        attributes={"country": "NL"},
        ordering_key=key,
        traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    )
    return replace(made, **changed)


@dataclass
class Received:
    """What a consumer was handed, in order; `fails` says which attempts raise."""

    handled: list[Message[Any]] = field(default_factory=list[Message[Any]])
    attempts: Counter[str] = field(default_factory=Counter[str])

    @property
    def bodies(self) -> list[Any]:
        return [one.body for one in self.handled]

    async def reaches(self, count: int, seconds: float = SECONDS) -> None:
        """Until so many were handled."""
        await until(lambda: len(self.handled) >= count, seconds)


Handle = Callable[[Message[Any]], Awaitable[None]]


@asynccontextmanager
async def consuming(
    broker: Broker, channel: Channel, handle: Handle | None = None
) -> AsyncGenerator[tuple[Received, Consumer]]:
    """A consumer at work; what `handle` lets pass is noted."""
    received = Received()

    async def note(one: Message[Any]) -> None:
        received.attempts[one.id] += 1
        if handle is not None:
            await handle(one)
        received.handled.append(one)

    consumer = Consumer(
        consumed=Consumed(
            channel=channel,
            codec=codec(Any),
            handle=note,
            takes_message=True,
            min_backoff=0.05,
            max_backoff=channel.max_backoff,
        ),
        broker=broker,
        clock=SystemClock(),
        around=NothingAround(),
        random=Random(1),  # noqa: S311 - jitter
    )
    consumer.start()
    try:
        yield received, consumer
    finally:
        await consumer.drain(5)


async def until(happens: Callable[[], object], seconds: float = SECONDS) -> None:
    """Wait for something that nobody tells."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not happens():
        assert loop.time() < end, "it did not happen in time"
        await asyncio.sleep(0.01)
