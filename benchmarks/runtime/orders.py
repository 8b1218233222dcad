"""What every client publishes and handles, and how that is counted."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from infragraph import Topic
from infragraph.runtime.brokers.broker import Broker, Channel
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.codec import codec
from infragraph.runtime.consuming import Consumed, Consumer
from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.publishing import Publishing
from infragraph.runtime.tracing.spans import NoSpans
from tests.runtime.conformance.harness import channel
from tests.runtime.consuming_on_memory import NothingAround

WINDOW = 100
"""How many publishes are under way at a time."""

CONCURRENCY = 100


@dataclass(frozen=True)
class Order:
    id: int
    name: str
    tags: list[str]


ORDER = Order(1, "a name", ["one", "two"])


class Rates:
    """Counts what is handled; `done` is set when all are."""

    def __init__(self, count: int) -> None:
        self.left = count
        self.done = asyncio.Event()

    def handled(self) -> None:
        self.left -= 1
        if self.left == 0:
            self.done.set()


async def published(publish: Callable[[int], Awaitable[object]], count: int) -> float:
    """How many a second, where `publish` publishes one, by its number."""
    began = time.perf_counter()
    for start in range(0, count, WINDOW):
        await asyncio.gather(*(publish(number) for number in range(start, start + WINDOW)))
    return count / (time.perf_counter() - began)


def subscription() -> Channel:
    """One of ours, whose topic's name is within its id."""
    return channel(concurrency=CONCURRENCY)


async def ours(one: Channel, broker: Broker, count: int, *, many: bool) -> tuple[float, float]:
    """The runtime's own verb and consumer, without tracing; the broker is open, and is closed.

    With `many` a window is published by one `publish_many`.
    """
    topic = Topic[Order](one.topic.removeprefix("topic:"))
    verb = Publishing(
        topic=topic,
        address={},
        broker=broker,
        clock=SystemClock(),
        spans=NoSpans(),
        outbox=_NoOutbox(),
        loop=asyncio.get_running_loop(),
    )
    token = RUNNING.set(Running(service="bench"))
    if many:
        began = time.perf_counter()
        for _ in range(0, count, WINDOW):
            await verb.publish([ORDER] * WINDOW, None, None)
        rate = count / (time.perf_counter() - began)
    else:
        rate = await published(lambda _number: verb.publish((ORDER,), None, None), count)
    RUNNING.reset(token)
    return rate, await _handled(one, broker, count)


async def _handled(one: Channel, broker: Broker, count: int) -> float:
    rates = Rates(count)

    async def handle(_order: Order) -> None:
        rates.handled()

    consumer = Consumer(
        consumed=Consumed(
            channel=one,
            codec=codec(Order),
            handle=handle,
            takes_message=False,
            min_backoff=1,
            max_backoff=1,
        ),
        broker=broker,
        clock=SystemClock(),
        around=NothingAround(),
        random=Random(1),  # noqa: S311 - jitter
    )
    began = time.perf_counter()
    consumer.start()
    await rates.done.wait()
    rate = count / (time.perf_counter() - began)
    await consumer.drain(5)
    await broker.close()
    return rate


class _NoOutbox:
    async def write(self, *_given: Any, **_named: Any) -> None:
        raise AssertionError
