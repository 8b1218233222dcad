"""The broker of a test: what passes it is remembered, and fails where the test says so."""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence

from infragraph.runtime.brokers.broker import Channel, DeadLetter, Delivery, Features
from infragraph.runtime.brokers.memory import MemoryBroker
from infragraph.runtime.envelope import Envelope
from infragraph.testing.failures import Failures
from infragraph.testing.trace import Recorder


class WatchedBroker:
    """A broker in memory; `published` and `dead` are by the ids of topics and subscriptions."""

    def __init__(self, carrying: MemoryBroker, failures: Failures, recorder: Recorder) -> None:
        self._carrying = carrying
        self._failures = failures
        self._recorder = recorder
        self.published: defaultdict[str, list[Envelope]] = defaultdict(list)
        self.dead: defaultdict[str, list[DeadLetter]] = defaultdict(list)

    @property
    def features(self) -> Features:
        return self._carrying.features

    async def open(self) -> None:
        await self._carrying.open()

    async def close(self) -> None:
        await self._carrying.close()

    async def attach(self, channel: Channel) -> None:
        """Make a subscription: it gets what is published from now on."""
        self._carrying.attach(channel)

    async def publish(
        self, topic: str, address: Mapping[str, object], messages: Sequence[Envelope]
    ) -> None:
        self._failures.strike(topic)
        await self._carrying.publish(topic, address, messages)
        self.published[topic].extend(messages)

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
