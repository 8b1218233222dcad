"""A broker within one process, for tests and for `infragraph run --broker memory`."""

import asyncio
import heapq
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field

from infragraph.runtime.brokers.broker import BrokerError, Channel, DeadLetter, Delivery, Features
from infragraph.runtime.clock import Clock
from infragraph.runtime.envelope import Envelope

# A clock may wake a little early: not to ask it again at once.
_TICK = 0.001

_FEATURES = Features(ordered=True, persistent=False)


@dataclass(slots=True)
class _Held:
    """A message of one subscription; `since` is its place in the order of publishing."""

    envelope: Envelope
    since: int
    attempt: int = 0


@dataclass(slots=True)
class _Queue:
    """What one subscription has still to handle.

    `waiting` are due; `later` are (time, place, message); `busy` are the keys of unsettled messages
    of an ordered subscription. `later` of a blocked key keeps the key busy.
    """

    channel: Channel
    waiting: deque[_Held] = field(default_factory=deque[_Held])
    later: list[tuple[float, int, _Held]] = field(default_factory=list[tuple[float, int, _Held]])
    unsettled: dict[int, float] = field(default_factory=dict[int, float])
    busy: set[str] = field(default_factory=set[str])
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class MemoryBroker:
    """Keeps each subscription's messages until they are settled; nothing outlives the process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._queues: dict[str, _Queue] = {}
        self._published = 0
        self._is_open = False
        self.published: dict[str, list[Envelope]] = {}
        self.dead: dict[str, list[DeadLetter]] = {}

    @property
    def features(self) -> Features:
        return _FEATURES

    async def open(self) -> None:
        self._is_open = True

    async def close(self) -> None:
        self._is_open = False

    def attach(self, channel: Channel) -> None:
        """Make a subscription: it gets what is published from now on."""
        self._queues.setdefault(channel.id, _Queue(channel))

    async def publish(
        self, topic: str, address: Mapping[str, object], messages: Sequence[Envelope]
    ) -> None:
        del address  # a process has one broker
        if not self._is_open:
            message = f"the broker is closed, so nothing is published to {topic}"
            raise BrokerError(message)
        self.published.setdefault(topic, []).extend(messages)
        for envelope in messages:
            self._published += 1
            for queue in self._queues.values():
                if queue.channel.topic == topic:
                    queue.waiting.append(_Held(envelope, self._published))
                    queue.changed.set()

    def receive(self, channel: Channel) -> AsyncIterator[Delivery]:
        # Attached before the first delivery is waited for: what is published from now on counts.
        self.attach(channel)
        return self._deliveries(self._queues[channel.id])

    async def _deliveries(self, queue: _Queue) -> AsyncIterator[Delivery]:
        while True:
            queue.changed.clear()
            held = self._next(queue)
            if held is not None:
                yield self._hand_out(queue, held)
                continue
            await self._wait(queue)

    async def bury(self, channel: Channel, letter: DeadLetter) -> None:
        self.dead.setdefault(channel.id, []).append(letter)

    def pending(self) -> int:
        """How many messages of all subscriptions are not settled yet."""
        return sum(
            len(queue.waiting) + len(queue.later) + len(queue.unsettled)
            for queue in self._queues.values()
        )

    def unsettled(self) -> int:
        """How many of them are handed out."""
        return sum(len(queue.unsettled) for queue in self._queues.values())

    def next_due(self) -> float | None:
        """When the first that was given back comes again, in seconds since the epoch."""
        return min(
            (queue.later[0][0] for queue in self._queues.values() if queue.later), default=None
        )

    def _next(self, queue: _Queue) -> _Held | None:
        """The first message that is due and whose key is free."""
        now = self._clock.now().timestamp()
        while queue.later and queue.later[0][0] <= now:
            _, _, held = heapq.heappop(queue.later)
            self._release(queue, held)
            queue.waiting.appendleft(held)
        if len(queue.unsettled) >= queue.channel.concurrency:
            return None
        for index, held in enumerate(queue.waiting):
            if self._key(queue, held) not in queue.busy:
                del queue.waiting[index]
                return held
        return None

    def _hand_out(self, queue: _Queue, held: _Held) -> Delivery:
        held.attempt += 1
        key = self._key(queue, held)
        if key is not None:
            queue.busy.add(key)
        delivery = _Delivery(self, queue, held)
        queue.unsettled[held.since] = self._clock.now().timestamp()
        return delivery

    async def _wait(self, queue: _Queue) -> None:
        """Until something changes, or the first of the later messages is due."""
        if not queue.later:
            await queue.changed.wait()
            return
        due = queue.later[0][0] - self._clock.now().timestamp()
        changed = asyncio.ensure_future(queue.changed.wait())
        passed = asyncio.ensure_future(self._clock.sleep(max(due, _TICK)))
        try:
            await asyncio.wait((changed, passed), return_when=asyncio.FIRST_COMPLETED)
        finally:
            changed.cancel()
            passed.cancel()

    def settle(self, queue: _Queue, held: _Held, delay: float | None) -> None:
        """With a delay the message comes again, and until then its key stays blocked."""
        if queue.unsettled.pop(held.since, None) is None:
            return
        if delay is None:
            self._release(queue, held)
        else:
            due = self._clock.now().timestamp() + delay
            heapq.heappush(queue.later, (due, held.since, held))
        queue.changed.set()

    def _release(self, queue: _Queue, held: _Held) -> None:
        key = self._key(queue, held)
        if key is not None:
            queue.busy.discard(key)

    def _key(self, queue: _Queue, held: _Held) -> str | None:
        return held.envelope.ordering_key if queue.channel.ordered else None


class _Delivery:
    """One attempt; settling it twice is settling it once."""

    def __init__(self, broker: MemoryBroker, queue: _Queue, held: _Held) -> None:
        self._broker = broker
        self._queue = queue
        self._held = held
        self.attempt = held.attempt

    @property
    def envelope(self) -> Envelope:
        return self._held.envelope

    async def acknowledge(self) -> None:
        self._broker.settle(self._queue, self._held, None)

    async def retry(self, delay: float) -> None:
        self._broker.settle(self._queue, self._held, delay)

    async def extend(self) -> None:
        """A process that is gone takes its broker with it, so no deadline is needed."""
