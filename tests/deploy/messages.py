"""Messages through the topics and queues of a deployed application."""

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infragraph.model.graph import InfraGraph, Node

Queues = Mapping[str, str]
"""By a subscription's id the address of its queue."""

_QUIET = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`key` is that of an ordered topic."""

    body: str
    attributes: Mapping[str, str]
    key: str | None = None


def of_topic(graph: InfraGraph, topic: Node) -> tuple[Node, ...]:
    return tuple(
        node
        for node in graph.nodes
        if node.kind == "subscription" and node.properties["topic"] == topic.name
    )


def sent_to(topic: Node, subscriptions: Iterable[Node]) -> tuple[Message, ...]:
    """One for each value that a filter wants, one that none wants, and one without attributes."""
    names: dict[str, set[str]] = {}
    for one in subscriptions:
        for name, values in _filter(one).items():
            names.setdefault(name, set()).update(values)
    variants: list[Mapping[str, str]] = [{}]
    for name in sorted(names):
        variants += [{name: value} for value in (*sorted(names[name]), "wanted-by-nobody")]
    return tuple(
        Message(body=f"{topic.name} {number}", attributes=variant, key=f"key-{number % 2}")
        for number, variant in enumerate(variants)
    )


def is_wanted(subscription: Node, message: Message) -> bool:
    """Every attribute that is filtered by has one of its values."""
    return all(
        message.attributes.get(name) in values for name, values in _filter(subscription).items()
    )


def publish(sns: Any, topic: str, message: Message) -> None:
    fifo = {}
    if topic.endswith(".fifo"):
        fifo = {"MessageGroupId": message.key, "MessageDeduplicationId": message.body}
    sns.publish(
        TopicArn=topic,
        Message=message.body,
        MessageAttributes={
            name: {"DataType": "String", "StringValue": value}
            for name, value in message.attributes.items()
        },
        **fifo,
    )


def received(sqs: Any, queue: str) -> list[str]:
    """Bodies in the order in which they came; all are taken off the queue."""
    found: list[str] = []
    end = time.monotonic() + _QUIET
    while time.monotonic() < end:
        got = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=0)
        for one in got.get("Messages", ()):
            found.append(one["Body"])
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=one["ReceiptHandle"])
            end = time.monotonic() + _QUIET
    return found


def poisoned(sqs: Any, queue: str, attempts: int) -> list[str]:
    """A message that is received, and given back, as often as it may be and once more."""
    bodies: list[str] = []
    for _ in range(attempts + 1):
        got = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=1, WaitTimeSeconds=0)
        for one in got.get("Messages", ()):
            bodies.append(one["Body"])
            sqs.change_message_visibility(
                QueueUrl=queue, ReceiptHandle=one["ReceiptHandle"], VisibilityTimeout=0
            )
    return bodies


def _filter(subscription: Node) -> Mapping[str, Sequence[str]]:
    given: Any = subscription.properties["filter"] or {}
    return {
        name: [one if isinstance(one, str) else json.dumps(one) for one in values]
        for name, values in given.items()
    }
