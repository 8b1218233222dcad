"""A subscription: a queue that the topic fills, and one for what nobody handles."""

import json
from collections.abc import Mapping
from math import ceil

from infragraph.documents.narrowing import items, mapping, number
from infragraph.model.graph import Node
from infragraph.model.plan import Attribute, PlannedResource, PlanValue
from infragraph.portability.delivery import is_fifo
from infragraph.targets.aws.names import fifo_dead_letters_name, fifo_queue_name
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.queues import FifoNames, Queue, plan_queue
from infragraph.targets.aws.references import (
    bound,
    dead_letters_address,
    has_dead_letters,
    queue_address,
    topic_arn,
    topic_of,
)
from infragraph.targets.aws.shared import Setting

_LEAST_OLDEST = 900


def plan_subscription(setting: Setting, subscription: Node) -> Planned:
    """The queue, its dead letters and the SNS subscription; nothing of one that is bound."""
    if not setting.environment.is_created(subscription.id):
        return Planned()
    queue = _queue(setting, subscription)
    return Planned(
        resources=(*plan_queue(setting, queue), _subscription(setting, subscription, queue))
    )


def oldest(subscription: Node) -> int:
    """The age in seconds that a message does not reach by attempts and pauses between them.

    At most half of its life, so that somebody is told while there is time.
    """
    options = subscription.properties
    retry = mapping(options["retry"])
    attempts, pause, longest = (
        number(retry[name]) or 0 for name in ("max_attempts", "min_backoff", "max_backoff")
    )
    waited = (number(options["ack_deadline"]) or 0) * attempts
    life = number(options["retention"]) or 0
    for _ in range(int(attempts) - 1):
        if waited > life:
            break
        waited += min(pause, longest)
        pause *= 2
    return int(min(max(_LEAST_OLDEST, ceil(waited)), life // 2))


def _queue(setting: Setting, subscription: Node) -> Queue:
    options = subscription.properties
    topic = topic_of(setting, subscription)
    names = (setting.application, setting.environment.name, topic.name, subscription.name)
    fifo = FifoNames(queue=fifo_queue_name(*names), dead_letters=fifo_dead_letters_name(*names))
    has_dead = has_dead_letters(setting, subscription)
    return Queue(
        address=queue_address(subscription),
        dead_letters=dead_letters_address(subscription) if has_dead else None,
        service=str(subscription.service),
        resource=subscription.id,
        origin=(subscription.id,),
        visibility=_seconds(options["ack_deadline"]),
        retention=_seconds(options["retention"]),
        attempts=_seconds(mapping(options["retry"])["max_attempts"]),
        source=topic_arn(setting, topic),
        oldest=oldest(subscription),
        fifo=fifo if is_fifo(topic) else None,
    )


def _subscription(setting: Setting, subscription: Node, queue: Queue) -> PlannedResource:
    """Made after the queues' policies: what SNS may not deliver it drops."""
    dead = queue.dead_letters
    redrive: Mapping[str, PlanValue] = (
        {}
        if dead is None
        else {"RedrivePolicy": {"deadLetterTargetArn": Attribute(address=dead, name="Arn")}}
    )
    return PlannedResource(
        address=queue_address(subscription, "subscription"),
        type="AWS::SNS::Subscription",
        layer=queue.service,
        origin=(subscription.id,),
        after=tuple(f"{address}Policy" for address in (queue.address, dead) if address is not None),
        properties={
            "TopicArn": queue.source,
            "Protocol": "sqs",
            "Endpoint": Attribute(address=queue.address, name="Arn"),
            "RawMessageDelivery": True,
            **_filter(subscription),
            **redrive,
            **_region(setting, subscription),
        },
    )


def _filter(subscription: Node) -> Mapping[str, PlanValue]:
    """Attributes travel as text, whatever they were."""
    wanted = mapping(subscription.properties["filter"])
    if not wanted:
        return {}
    policy = {
        attribute: tuple(it if isinstance(it, str) else json.dumps(it) for it in items(values))
        for attribute, values in wanted.items()
    }
    return {"FilterPolicy": policy, "FilterPolicyScope": "MessageAttributes"}


def _region(setting: Setting, subscription: Node) -> Mapping[str, PlanValue]:
    """SNS is asked where the topic is, which may be another region than the queue's."""
    given = bound(setting, topic_of(setting, subscription))
    if given is None or given["region"] == setting.environment.region:
        return {}
    return {"Region": given["region"]}


def _seconds(value: object) -> int:
    assert isinstance(value, int | float)
    return ceil(value)
