"""SNS and SQS on ministack, as what we generate sets them up."""

import json
import os
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from infragraph.runtime.brokers.aws import AwsBroker
from infragraph.runtime.brokers.aws_messages import uncarried
from infragraph.runtime.brokers.broker import Broker, Channel, DeadLetter, Delivery, Features
from infragraph.runtime.brokers.dead_letters import read_letter
from infragraph.runtime.clouds.aws import AwsService
from infragraph.runtime.envelope import Envelope
from tests.deploy.emulator import ACCOUNT, REGION
from tests.runtime.conformance.gate import Gate
from tests.runtime.conformance.harness import REPLAY, Tally

# A consumer that ends lets its last request end, which is most of what cases would wait for.
_WAIT_SECONDS = 1


class AddressedBroker:
    """Fills in the addresses, which the suite leaves to each broker's own names."""

    def __init__(self, endpoint: str, fifo: set[str]) -> None:
        self._broker = AwsBroker(REGION, wait=_WAIT_SECONDS)
        self._endpoint = endpoint
        self._fifo = fifo

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
        fifo = topic in self._fifo
        await self._broker.publish(topic, {"arn": topic_arn(topic, fifo), "fifo": fifo}, messages)

    def receive(self, channel: Channel) -> AsyncIterator[Delivery]:
        return self._broker.receive(self._addressed(channel))

    async def bury(self, channel: Channel, letter: DeadLetter) -> None:
        await self._broker.bury(self._addressed(channel), letter)

    def _addressed(self, channel: Channel) -> Channel:
        address = {
            "queue_url": queue_url(self._endpoint, channel),
            "dead_letter_url": queue_url(self._endpoint, channel, "-dlq"),
        }
        return replace(channel, address=address)


class AwsBench:
    """All cases share an emulator: what they make has names of their own."""

    name = "aws"
    share = 0.1
    lacks: Mapping[str, str] = {"replay": REPLAY}

    def __init__(self, endpoint: str, gate: Gate) -> None:
        """`endpoint` is where the gate leads from."""
        self.tally = Tally()
        self._endpoint = endpoint
        self._gate = gate
        self._services: dict[str, AwsService] = {}
        self._fifo: set[str] = set()

    @asynccontextmanager
    async def connection(self) -> AsyncGenerator[Broker]:
        broker = AddressedBroker(self._endpoint, self._fifo)
        await broker.open()
        try:
            yield broker
        finally:
            await broker.close()

    async def prepare(self, broker: Broker, *channels: Channel) -> None:
        del broker
        for channel in channels:
            await self._make(self._service("sns"), self._service("sqs"), channel)

    async def close(self) -> None:
        for service in self._services.values():
            await service.close()

    async def letters(self, channel: Channel) -> list[DeadLetter]:
        queues = self._service("sqs")
        letters: dict[str, DeadLetter] = {}
        while True:
            answer = await queues.call(
                "ReceiveMessage",
                {
                    "QueueUrl": queue_url(self._endpoint, channel, "-dlq"),
                    "MaxNumberOfMessages": 10,
                    "VisibilityTimeout": 1,
                    "MessageAttributeNames": ["All"],
                },
            )
            found = {it["MessageId"]: _letter(it) for it in answer.get("Messages", ())}
            if not found.keys() - letters.keys():
                break
            letters.update(found)
        return list(letters.values())

    async def restart(self) -> None:
        message = "ministack keeps what it has in memory"
        raise NotImplementedError(message)

    def outage(self) -> AbstractAsyncContextManager[None]:
        return self._gate.shut()

    async def publish_foreign(self, channel: Channel, body: bytes) -> None:
        arn = topic_arn(channel.topic, channel.ordered)
        await self._service("sns").call("Publish", {"TopicArn": arn, "Message": body.decode()})

    def settings(self) -> Mapping[str, Any]:
        return {"broker": "aws", "endpoint": self._endpoint}

    def secrets(self) -> Collection[str]:
        return (os.environ["AWS_SECRET_ACCESS_KEY"],)

    def _service(self, name: str) -> AwsService:
        """Made once: botocore takes its time."""
        if name not in self._services:
            self._services[name] = AwsService(name, REGION)
        return self._services[name]

    async def _make(self, topics: AwsService, queues: AwsService, channel: Channel) -> None:
        fifo = {"FifoQueue": "true"} if channel.ordered else {}
        topic = topic_arn(channel.topic, channel.ordered)
        if channel.ordered:
            self._fifo.add(channel.topic)
        await topics.call(
            "CreateTopic",
            {
                "Name": topic.rpartition(":")[2],
                "Attributes": {"FifoTopic": "true"} if channel.ordered else {},
            },
        )
        dead = queue_url(self._endpoint, channel, "-dlq").rpartition("/")[2]
        await queues.call("CreateQueue", {"QueueName": dead, "Attributes": fifo})
        redrive = {"deadLetterTargetArn": queue_arn(dead), "maxReceiveCount": channel.max_attempts}
        name = queue_url(self._endpoint, channel).rpartition("/")[2]
        attributes = {**fifo, "RedrivePolicy": json.dumps(redrive)}
        await queues.call("CreateQueue", {"QueueName": name, "Attributes": attributes})
        filters = {key: list(values) for key, values in channel.filter.items()}
        await topics.call(
            "Subscribe",
            {
                "TopicArn": topic,
                "Protocol": "sqs",
                "Endpoint": queue_arn(name),
                "Attributes": {
                    "RawMessageDelivery": "true",
                    **({"FilterPolicy": json.dumps(filters)} if filters else {}),
                },
            },
        )


def aws_broker(settings: Mapping[str, Any]) -> AddressedBroker:
    return AddressedBroker(settings["endpoint"], set())


def topic_arn(topic: str, fifo: bool) -> str:  # noqa: FBT001
    suffix = ".fifo" if fifo else ""
    return f"arn:aws:sns:{REGION}:{ACCOUNT}:{topic.removeprefix('topic:')}{suffix}"


def queue_url(endpoint: str, channel: Channel, more: str = "") -> str:
    name = channel.id.removeprefix("subscription:").replace("/", "-")
    return f"{endpoint}/{ACCOUNT}/{name}{more}{'.fifo' if channel.ordered else ''}"


def queue_arn(name: str) -> str:
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"


def _letter(message: Mapping[str, Any]) -> DeadLetter:
    written, body = uncarried(message["Body"], message.get("MessageAttributes") or {})
    return read_letter(
        written, body, otherwise_id=message["MessageId"], otherwise_at=datetime.now(UTC)
    )
