"""The broker of a test: what passes it is remembered, and fails where the test says so."""

from collections import defaultdict
from collections.abc import AsyncIterator, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

from infragraph.runtime.brokers.broker import Broker, Channel, DeadLetter, Delivery, Features
from infragraph.runtime.envelope import Envelope
from infragraph.testing.failures import Failures
from infragraph.testing.trace import Recorder


class Queues(Broker, Protocol):
    """A broker that says how far its subscriptions are."""

    def attach(self, channel: Channel) -> None:
        """Make a subscription: it gets what is published from now on."""
        ...

    def unsettled(self) -> int:
        """How many messages are handed out."""
        ...

    def pending(self) -> int:
        """How many messages are not settled yet."""
        ...

    def next_due(self) -> float | None:
        """When the first that was given back comes again, in seconds since the epoch."""
        ...


class WatchedBroker:
    """`published` and `dead` are by the ids of topics and subscriptions."""

    def __init__(self, carrying: Queues, failures: Failures, recorder: Recorder) -> None:
        self._carrying = carrying
        self._failures = failures
        self._recorder = recorder
        self._is_deferring = False
        self._deferred: list[tuple[str, Mapping[str, object], Sequence[Envelope]]] = []
        self.published: defaultdict[str, list[Envelope]] = defaultdict(list)
        self.dead: defaultdict[str, list[DeadLetter]] = defaultdict(list)

    @property
    def features(self) -> Features:
        return self._carrying.features

    async def open(self) -> None:
        await self._carrying.open()

    async def close(self) -> None:
        await self._carrying.close()

    def attach(self, channel: Channel) -> None:
        """Make a subscription: it gets what is published from now on."""
        self._carrying.attach(channel)

    async def publish(
        self, topic: str, address: Mapping[str, object], messages: Sequence[Envelope]
    ) -> None:
        self._failures.strike(topic)
        if self._is_deferring:
            self._deferred.append((topic, address, messages))
        else:
            await self._carrying.publish(topic, address, messages)
        self.published[topic].extend(messages)

    @contextmanager
    def deferring(self) -> Generator[None]:
        """A block in which nothing is waited for: what is published is handed over later."""
        self._is_deferring = True
        try:
            yield
        finally:
            self._is_deferring = False

    async def hand_over(self) -> None:
        """Publish what was deferred."""
        while self._deferred:
            await self._carrying.publish(*self._deferred.pop(0))

    def receive(self, channel: Channel) -> AsyncIterator[Delivery]:
        return self._carrying.receive(channel)

    async def bury(self, channel: Channel, letter: DeadLetter) -> None:
        with self._recorder.step("bury", channel.id, letter.reason):
            await self._carrying.bury(channel, letter)
        self.dead[channel.id].append(letter)

    @property
    def is_busy(self) -> bool:
        """Whether a message is at a handler."""
        return self._carrying.unsettled() > 0

    @property
    def waiting(self) -> int:
        """How many messages of all subscriptions are not settled yet."""
        return self._carrying.pending()

    def next_due(self) -> float | None:
        """When the first message that failed comes again, in seconds since the epoch."""
        return self._carrying.next_due()
