"""Google Pub/Sub on its emulator, as what we generate sets it up."""

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from google.api_core.exceptions import AlreadyExists, DeadlineExceeded
from google.pubsub_v1 import PublisherAsyncClient, SubscriberAsyncClient
from google.pubsub_v1.services.publisher.transports import PublisherGrpcAsyncIOTransport
from google.pubsub_v1.services.subscriber.transports import SubscriberGrpcAsyncIOTransport

from infragraph.runtime.brokers.broker import Broker, Channel, DeadLetter, Delivery, Features
from infragraph.runtime.brokers.dead_letters import read_letter
from infragraph.runtime.brokers.gcp import GcpBroker
from infragraph.runtime.clouds.google import pubsub_transport
from infragraph.runtime.envelope import Envelope
from tests.runtime.conformance.gate import Gate
from tests.runtime.conformance.harness import REPLAY, Tally

PROJECT = "projects/conformance"
# What Pub/Sub takes is 5 to 100.
_LEAST, _MOST = 5, 100


class AddressedBroker:
    """Fills in the addresses, which the suite leaves to each broker's own names."""

    def __init__(self) -> None:
        self._broker = GcpBroker()

    @property
    def features(self) -> Features:
        return self._broker.features

    async def open(self) -> None:
        await self._broker.open()

    async def close(self) -> None:
        await self._broker.close()

    async def publish(
        self, topic: str, address: Mapping[str, object], messages: Sequence[Envelope]
    ) -> None:
        del address
        await self._broker.publish(topic, {"topic": topic_path(topic)}, messages)

    def receive(self, channel: Channel) -> AsyncIterator[Delivery]:
        return self._broker.receive(_addressed(channel))

    async def bury(self, channel: Channel, letter: DeadLetter) -> None:
        await self._broker.bury(_addressed(channel), letter)


class GcpBench:
    """All cases share an emulator: what they make has names of their own."""

    name = "gcp"
    share = 0.1
    lacks: Mapping[str, str] = {
        "replay": REPLAY,
        "order after refusals": (
            "the emulator of Pub/Sub loses the order when a message is given back"
        ),
        "limits": "the emulator of Pub/Sub heeds no limit of what is handed out",
        "prompt redelivery": (
            "the emulator of Pub/Sub goes on handing messages to streams that have ended"
        ),
    }

    def __init__(self, gate: Gate) -> None:
        self.tally = Tally()
        self._gate = gate

    @asynccontextmanager
    async def connection(self) -> AsyncGenerator[Broker]:
        broker = AddressedBroker()
        await broker.open()
        try:
            yield broker
        finally:
            await broker.close()

    async def prepare(self, broker: Broker, *channels: Channel) -> None:
        del broker
        publisher, subscriber = _clients()
        for channel in channels:
            await _make(publisher, subscriber, channel)
        await publisher.transport.close()
        await subscriber.transport.close()

    async def letters(self, channel: Channel) -> list[DeadLetter]:
        _, subscriber = _clients()
        name = _addressed(channel).address["dead_letters"]
        request = {"subscription": name, "max_messages": 100}
        try:
            answer = await subscriber.pull(request=request, timeout=1, retry=None)
        except DeadlineExceeded:
            await subscriber.transport.close()
            return []
        letters = {
            it.message.message_id: read_letter(
                dict(it.message.attributes),
                it.message.data,
                otherwise_id=it.message.message_id,
                otherwise_at=datetime.now(UTC),
            )
            for it in answer.received_messages
        }
        receipts = [it.ack_id for it in answer.received_messages]
        if receipts:
            await subscriber.modify_ack_deadline(
                request={"subscription": name, "ack_ids": receipts, "ack_deadline_seconds": 0}
            )
        await subscriber.transport.close()
        return list(letters.values())

    async def restart(self) -> None:
        message = "the emulator of Pub/Sub keeps what it has in memory"
        raise NotImplementedError(message)

    def outage(self) -> AbstractAsyncContextManager[None]:
        return self._gate.shut()

    async def publish_foreign(self, channel: Channel, body: bytes) -> None:
        publisher, _ = _clients()
        request = {"topic": topic_path(channel.topic), "messages": [{"data": body}]}
        await publisher.publish(request=request)
        await publisher.transport.close()

    def settings(self) -> Mapping[str, Any]:
        return {"broker": "gcp"}

    def secrets(self) -> Collection[str]:
        """The emulator lets everyone in."""
        return ()


def gcp_broker(_settings: Mapping[str, Any]) -> AddressedBroker:
    return AddressedBroker()


def topic_path(topic: str) -> str:
    return f"{PROJECT}/topics/{topic.removeprefix('topic:')}"


def _clients() -> tuple[Any, Any]:
    return (
        PublisherAsyncClient(transport=pubsub_transport(PublisherGrpcAsyncIOTransport)),
        SubscriberAsyncClient(transport=pubsub_transport(SubscriberGrpcAsyncIOTransport)),
    )


def _addressed(channel: Channel) -> Channel:
    name = channel.id.removeprefix("subscription:").replace("/", "-")
    return replace(
        channel,
        address={
            "subscription": f"{PROJECT}/subscriptions/{name}",
            "dead_letter_topic": f"{PROJECT}/topics/{name}-dlq",
            "dead_letters": f"{PROJECT}/subscriptions/{name}-dlq",
        },
    )


async def _make(publisher: Any, subscriber: Any, channel: Channel) -> None:
    address = _addressed(channel).address
    for topic in (topic_path(channel.topic), address["dead_letter_topic"]):
        with contextlib.suppress(AlreadyExists):
            await publisher.create_topic(request={"name": topic})
    await subscriber.create_subscription(
        request={"name": address["dead_letters"], "topic": address["dead_letter_topic"]}
    )
    await subscriber.create_subscription(
        request={
            "name": address["subscription"],
            "topic": topic_path(channel.topic),
            "ack_deadline_seconds": max(10, int(channel.ack_deadline)),
            "enable_message_ordering": channel.ordered,
            "dead_letter_policy": {
                "dead_letter_topic": address["dead_letter_topic"],
                "max_delivery_attempts": min(max(channel.max_attempts, _LEAST), _MOST),
            },
        }
    )
