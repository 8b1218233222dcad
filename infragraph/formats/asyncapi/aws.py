"""SNS by version 0.1.0 of its bindings, and SQS by 0.2.0: the ones that AsyncAPI 3.0.0 admits.

Names are those of the declarations; what a queue is called in an account is decided with it.
SNS admits ten attributes, so that all metadata travels in one, and no headers are told.
"""

import json
from math import ceil

from infragraph.documents.narrowing import Object, items, mapping, number, present
from infragraph.formats.asyncapi.bindings import Bindings
from infragraph.formats.asyncapi.queue_names import dead_letter_queue, queue
from infragraph.model.graph import Node, Property

SNS, SQS = "0.1.0", "0.2.0"

_LONGEST_VISIBILITY = 43_200
_SHORTEST_RETENTION, _LONGEST_RETENTION = 60, 1_209_600


def _channel(topic: Node) -> Object | None:
    """Nothing of a topic that another program owns, whose name there is not known."""
    if topic.properties.get("external") is True:
        return None
    is_fifo = _is_fifo(topic)
    ordering: Object = {"type": "FIFO", "contentBasedDeduplication": False}
    return {
        "sns": present(
            {
                "name": f"{topic.name}.fifo" if is_fifo else topic.name,
                "ordering": ordering if is_fifo else None,
                "bindingVersion": SNS,
            }
        )
    }


def _receive(subscription: Node, topic: Node) -> Object:
    return {
        "sns": {"consumers": [_consumer(subscription, topic)], "bindingVersion": SNS},
        "sqs": {"queues": _queues(subscription, topic), "bindingVersion": SQS},
    }


def _consumer(subscription: Node, topic: Node) -> Object:
    """How the topic fills the queue."""
    is_fifo = _is_fifo(topic)
    policy = _filter_policy(subscription.properties.get("filter"))
    return present(
        {
            "protocol": "sqs",
            "endpoint": {"name": queue(subscription, is_fifo=is_fifo)},
            "filterPolicy": policy,
            "filterPolicyScope": None if policy is None else "MessageAttributes",
            "rawMessageDelivery": True,
            "redrivePolicy": _redrive(subscription, is_fifo=is_fifo),
        }
    )


def _queues(subscription: Node, topic: Node) -> list[Property]:
    """The subscription's own, and the one of its dead letters, which are kept for two weeks."""
    is_fifo = _is_fifo(topic)
    options = subscription.properties
    redrive = _redrive(subscription, is_fifo=is_fifo)
    attempts = number(mapping(options.get("retry")).get("max_attempts"))
    own = present(
        {
            "name": queue(subscription, is_fifo=is_fifo),
            "fifoQueue": is_fifo,
            "deduplicationScope": "messageGroup" if is_fifo else None,
            "fifoThroughputLimit": "perMessageGroupId" if is_fifo else None,
            "visibilityTimeout": _seconds(options.get("ack_deadline"), 0, _LONGEST_VISIBILITY),
            "messageRetentionPeriod": _seconds(
                options.get("retention"), _SHORTEST_RETENTION, _LONGEST_RETENTION
            ),
            "redrivePolicy": None
            if redrive is None
            else present({**redrive, "maxReceiveCount": attempts}),
        }
    )
    if redrive is None:
        return [own]
    dead: Object = {
        "name": dead_letter_queue(subscription, is_fifo=is_fifo),
        "fifoQueue": is_fifo,
        "messageRetentionPeriod": _LONGEST_RETENTION,
    }
    return [own, dead]


def _redrive(subscription: Node, *, is_fifo: bool) -> Object | None:
    if subscription.properties.get("dead_letter") is not True:
        return None
    return {"deadLetterQueue": {"name": dead_letter_queue(subscription, is_fifo=is_fifo)}}


def _filter_policy(filtered: Property) -> Object | None:
    """Attributes travel as text, whatever they were."""
    if not mapping(filtered):
        return None
    return {
        name: [it if isinstance(it, str) else json.dumps(it) for it in items(values)]
        for name, values in mapping(filtered).items()
    }


def _seconds(value: Property, least: int, most: int) -> int | None:
    """Whole seconds; what SQS does not admit is told by `x-infragraph` alone."""
    seconds = number(value)
    whole = None if seconds is None else ceil(seconds)
    return whole if whole is not None and least <= whole <= most else None


def _is_fifo(topic: Node) -> bool:
    options = topic.properties
    return options.get("ordering_key") is not None or options.get("delivery") == "exactly-once"


AWS = Bindings(
    channel=_channel,
    receive=_receive,
    message=lambda _topic, _graph: None,
    headers=None,
)
