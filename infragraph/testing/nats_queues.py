"""A real NATS server in a test: streams of the test's own, and delays by the test's clock."""

import asyncio
import heapq
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from typing import Any, cast
from uuid import uuid4

from nats.aio.client import Client

from infragraph.runtime.brokers.broker import Channel, DeadLetter, Delivery, Features
from infragraph.runtime.brokers.nats import NatsAddress, NatsBroker, subject
from infragraph.runtime.clock import Clock
from infragraph.runtime.envelope import Envelope

Owed = tuple[str, str]
"""A message that a subscription has still to settle: the ids of both."""

Turn = tuple[str, str]
"""What hands out one message at a time: an ordered subscription, and the part of its keys."""


class NatsQueues:
    """What the test has published and not settled is counted here: the server is asked nothing.

    A message that is to come again later stays with its handler until the clock says so.
    """

    def __init__(self, url: str, topics: Mapping[str, str], clock: Clock) -> None:
        """`topics` are their names by id."""
        self._url = url
        self._prefix = f"test-{uuid4().hex[:12]}-"
        streams = {node: f"{self._prefix}{name}" for node, name in topics.items()}
        address = NatsAddress(servers=(url,), credentials=None, name="infragraph test")
        self._broker = NatsBroker(address, streams)
        self._clock = clock
        self._channels: list[Channel] = []
        self._owed: dict[Owed, Turn | None] = {}
        self._later: list[tuple[float, Owed]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def features(self) -> Features:
        return self._broker.features

    async def open(self) -> None:
        await self._broker.open()
        for channel in self._channels:
            await self._broker.ensure(channel)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._broker.close()
        await self._remove()

    def attach(self, channel: Channel) -> None:
        """A subscription, which is made when the broker is opened."""
        self._channels.append(channel)

    async def publish(
        self, topic: str, address: Mapping[str, object], messages: Sequence[Envelope]
    ) -> None:
        await self._broker.publish(topic, address, messages)
        for channel in self._channels:
            if channel.topic == topic:
                for message in messages:
                    turn = (channel.id, subject("", message)) if channel.ordered else None
                    self._owed[channel.id, message.id] = turn

    async def receive(self, channel: Channel) -> AsyncIterator[Delivery]:
        deliveries = cast("AsyncGenerator[Delivery, None]", self._broker.receive(channel))
        async with aclosing(deliveries):
            async for delivery in deliveries:
                yield _Watched(self, (channel.id, delivery.envelope.id), delivery)

    async def bury(self, channel: Channel, letter: DeadLetter) -> None:
        await self._broker.bury(channel, letter)

    def unsettled(self) -> int:
        """How many are handed out, or about to be."""
        later = {owed for _, owed in self._later}
        blocked = {self._owed.get(owed) for owed in later} - {None}
        return sum(owed not in later and turn not in blocked for owed, turn in self._owed.items())

    def pending(self) -> int:
        """How many are not settled yet."""
        return len(self._owed)

    def next_due(self) -> float | None:
        """When the first that was given back comes again, in seconds since the epoch."""
        return self._later[0][0] if self._later else None

    def settled(self, owed: Owed) -> None:
        self._owed.pop(owed, None)

    def keep(self, owed: Owed, delivery: Delivery, delay: float) -> None:
        """Give it back when the time has come."""
        entry = (self._clock.now().timestamp() + delay, owed)
        heapq.heappush(self._later, entry)
        task = asyncio.create_task(self._give_back(entry, delivery, delay))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _give_back(self, entry: tuple[float, Owed], delivery: Delivery, delay: float) -> None:
        await self._clock.sleep(delay)
        self._later.remove(entry)
        heapq.heapify(self._later)
        await delivery.retry(0)

    async def _remove(self) -> None:
        """The streams of this test, dead letters among them."""
        client = cast("Any", Client())
        await client.connect(self._url)
        try:
            jetstream = client.jetstream()
            for stream in await jetstream.streams_info():
                if stream.config.name.startswith(self._prefix):
                    await jetstream.delete_stream(stream.config.name)
        finally:
            await client.close()


class _Watched:
    """One attempt, whose end is counted."""

    def __init__(self, queues: NatsQueues, owed: Owed, delivery: Delivery) -> None:
        self._queues = queues
        self._owed = owed
        self._delivery = delivery

    @property
    def envelope(self) -> Envelope:
        return self._delivery.envelope

    @property
    def attempt(self) -> int:
        return self._delivery.attempt

    async def acknowledge(self) -> None:
        await self._delivery.acknowledge()
        self._queues.settled(self._owed)

    async def retry(self, delay: float) -> None:
        if delay > 0:
            self._queues.keep(self._owed, self._delivery, delay)
        else:
            await self._delivery.retry(0)

    async def extend(self) -> None:
        await self._delivery.extend()
