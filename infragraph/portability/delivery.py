"""What a topic's and a subscription's options make of their delivery, told by a graph's nodes."""

import inspect

from infragraph.model.graph import Node
from infragraph.portability.limits import pubsub
from infragraph.sdk.service import Service

DEFAULT_CONCURRENCY: int = inspect.signature(Service.subscribe).parameters["concurrency"].default


def is_fifo(topic: Node) -> bool:
    """Whether SNS and SQS need FIFO for it."""
    return topic.properties.get("ordering_key") is not None or is_exactly_once(topic)


def is_exactly_once(topic: Node) -> bool:
    return topic.properties.get("delivery") == "exactly-once"


def is_pulled(topic: Node, subscription: Node) -> bool:
    """Whether Pub/Sub cannot push it to a service, so that a worker pool has to pull.

    A concurrency that is not the SDK's default is the subscription's own, and push has only the
    service's.
    """
    deadline = subscription.properties.get("ack_deadline")
    concurrency = subscription.properties.get("concurrency")
    return (
        is_exactly_once(topic)
        or (isinstance(deadline, int | float) and deadline > pubsub.LONGEST_ACK_DEADLINE.value)
        or (isinstance(concurrency, int) and concurrency != DEFAULT_CONCURRENCY)
    )
