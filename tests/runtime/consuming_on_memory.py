"""One subscription on the broker in memory, run by a clock that the test moves."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random
from typing import Any

from infragraph.runtime.brokers.broker import Channel, Delivery
from infragraph.runtime.brokers.memory import MemoryBroker
from infragraph.runtime.codec import codec
from infragraph.runtime.consuming import Consumed, Consumer
from infragraph.runtime.envelope import Envelope
from tests.runtime.clocks import ManualClock, settle

TOPIC = "topic:numbers"
SUBSCRIPTION = "subscription:numbers/add"


CHANNEL = Channel(
    id=SUBSCRIPTION,
    topic=TOPIC,
    address={},
    ack_deadline=30.0,
    concurrency=10,
    max_attempts=3,
    max_backoff=60.0,
    ordered=False,
    dead_letter=True,
    filter={},
)


@dataclass(frozen=True)
class Unhandled:
    is_handled: bool = False


class NothingAround:
    @asynccontextmanager
    async def handling(self, channel: Channel, delivery: Delivery) -> AsyncGenerator[Unhandled]:
        del channel, delivery
        yield Unhandled()


@dataclass
class Run:
    broker: MemoryBroker
    clock: ManualClock
    consumer: Consumer

    async def publish(
        self, *bodies: object, key: str | None = None, attributes: dict[str, str] | None = None
    ) -> None:
        messages = [
            Envelope(
                id=f"{body}",
                source="service:tests",
                type="int",
                published_at=datetime(2026, 1, 1, tzinfo=UTC),
                body=body if isinstance(body, bytes) else f"{body}".encode(),
                ordering_key=key,
                attributes=attributes or {},
            )
            for body in bodies
        ]
        await self.broker.publish(TOPIC, {}, messages)
        await settle()


@asynccontextmanager
async def running(
    handle: Callable[[Any], Awaitable[Any]], *, takes_message: bool = False, **options: Any
) -> AsyncGenerator[Run]:
    channel = replace(CHANNEL, **options)
    clock = ManualClock()
    broker = MemoryBroker(clock)
    await broker.open()
    consumer = Consumer(
        consumed=Consumed(
            channel=channel,
            codec=codec(int),
            handle=handle,
            takes_message=takes_message,
            min_backoff=10.0,
            max_backoff=60.0,
        ),
        broker=broker,
        clock=clock,
        around=NothingAround(),
        random=Random(1),  # noqa: S311 - jitter
    )
    consumer.start()
    await settle()
    try:
        yield Run(broker, clock, consumer)
    finally:
        await consumer.drain(0)
        await broker.close()
