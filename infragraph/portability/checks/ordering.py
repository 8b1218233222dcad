"""Order, where a broker keeps none, or keeps it at a price."""

from collections.abc import Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.naming import subject
from infragraph.kinds.schemas import member_schema
from infragraph.kinds.subscription import Subscription
from infragraph.kinds.topic import Topic
from infragraph.portability.checks.example import application
from infragraph.portability.judged import Judged
from infragraph.portability.limits import nats, nsq, pubsub, sns_sqs_fifo
from infragraph.portability.limits.limit import Trait, cited
from infragraph.portability.schema import admits
from infragraph.portability.targets import NATS, NSQ

ORDER_IMPOSSIBLE = Problem(
    code="IG4001",
    slug="order-impossible",
    severity=Severity.ERROR,
    summary="{subject} is ordered by {key!r}, and {reason}",
    why="Messages would arrive out of order, and nothing would tell.",
    help="{cure}: {says}, see {source}",
    example=Example(
        bad=application("nsq", topic='Topic[Order]("orders", ordering_key=«"customer"»)'),
        good=application("nsq"),
    ),
)

ORDER_IN_PARTITIONS = Problem(
    code="IG4014",
    slug="order-in-partitions",
    severity=Severity.WARNING,
    summary="{subject} handles {concurrency} messages of an ordered topic at a time, for which "
    "{target} needs as many partitions",
    why="Each partition is a consumer of its own with one message in flight, and what shares a "
    "partition waits for each other.",
    help="write 'concurrency=1', or expect {concurrency} partitions: {says}, see {source}",
    example=Example(
        bad=application(
            "nats",
            topic='Topic[Order]("orders", ordering_key="customer")',
            subscription='shop.subscribe(orders, "ship", concurrency=«4»)',
        ),
        good=application(
            "nats",
            topic='Topic[Order]("orders", ordering_key="customer")',
            subscription='shop.subscribe(orders, "ship", concurrency=1)',
        ),
    ),
)

PROBLEMS = (ORDER_IMPOSSIBLE, ORDER_IN_PARTITIONS)

_NEEDS_KEY: Mapping[str, Trait] = {
    "aws": sns_sqs_fifo.GROUP_IS_NEEDED,
    "gcp": pubsub.EMPTY_KEYS,
}


def check(judged: Judged) -> Iterator[Diagnostic]:
    for topic in judged.each(Topic):
        if topic.ordering_key is not None:
            yield from _key_findings(judged, topic, topic.ordering_key)
    if judged.target == NATS:
        for subscription in judged.each(Subscription):
            yield from _partition_findings(judged, subscription)


def _key_findings(judged: Judged, topic: Topic, key: str) -> Iterator[Diagnostic]:
    needed = _NEEDS_KEY.get(judged.target.name)
    labels: tuple[Label, ...] = ()
    if judged.target == NSQ:
        reason, cure, trait = "NSQ keeps no order", "leave the target or the key out", nsq.UNORDERED
    elif needed is not None and _may_be_empty(topic, key):
        reason = f"that may be empty, which {judged.target.title} cannot order by"
        cure, trait = "order by a field that every message has", needed
        if topic.payload is not None and topic.payload.definition is not None:
            labels = (Label(span=topic.payload.definition, text="the payload is defined here"),)
    else:
        return
    yield ORDER_IMPOSSIBLE.at(
        judged.place(topic, "ordering_key"),
        labels=labels,
        subject=subject("topic", topic.name),
        key=key,
        reason=reason,
        cure=cure,
        says=trait.says,
        source=cited(trait),
    )


def _may_be_empty(topic: Topic, key: str) -> bool:
    """Whether the type says so: that the field may be None, or is empty where it is not given."""
    payload = topic.payload
    if payload is None or key not in payload.fields:
        return False
    schema = member_schema(payload, key)
    return (
        admits(schema, None, payload.definitions)
        or schema.get("default") == ""
        or ("enum" in schema and admits(schema, "", payload.definitions))
    )


def _partition_findings(judged: Judged, subscription: Subscription) -> Iterator[Diagnostic]:
    topic, concurrency = subscription.topic, subscription.concurrency
    if topic is None or topic.ordering_key is None or concurrency is None or concurrency < 2:  # noqa: PLR2004 - one is in order
        return
    yield ORDER_IN_PARTITIONS.at(
        judged.place(subscription, "concurrency"),
        labels=(Label(span=judged.place(topic, "ordering_key"), text="the order is asked here"),),
        subject=subject("subscription", subscription.name),
        concurrency=concurrency,
        target=judged.target.title,
        says=nats.ORDER_NEEDS_ONE.says,
        source=cited(nats.ORDER_NEEDS_ONE),
    )
