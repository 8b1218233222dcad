"""Exactly-once and other options for which a target chooses another way of delivery."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.naming import subject
from infragraph.kinds.subscription import Subscription
from infragraph.kinds.topic import Topic
from infragraph.portability.checks.example import application
from infragraph.portability.delivery import DEFAULT_CONCURRENCY, is_exactly_once, is_pulled
from infragraph.portability.judged import Judged
from infragraph.portability.limits import nsq, pubsub, sns_sqs_fifo
from infragraph.portability.limits.limit import cited, duration, shown
from infragraph.portability.targets import AWS, GCP, NSQ

_EXACTLY_ONCE = 'Topic[Order]("orders", delivery=«"exactly-once"»)'
_WAITING = 'shop.subscribe(orders, "ship", retry=Retry(min_backoff="0s", max_backoff="0s"))'

FIFO_CHOSEN = Problem(
    code="IG4002",
    slug="fifo-chosen",
    severity=Severity.INFO,
    summary="{subject} is delivered exactly once, so that on {target} it is a FIFO topic of at "
    "most {limit}",
    why="FIFO drops what is published twice within five minutes, and is slower and dearer.",
    help="expect it, or make the handlers idempotent and leave 'delivery' out: see {source}",
    example=Example(
        bad=application(
            "aws", imports="Retry, Service, Topic", topic=_EXACTLY_ONCE, subscription=_WAITING
        ),
        good=application("aws"),
    ),
)

PULL_CHOSEN = Problem(
    code="IG4003",
    slug="worker-pool-chosen",
    severity=Severity.INFO,
    summary="{subject} {reason}, so that on {target} it is pulled by a worker pool",
    why="A worker pool does not scale to zero: at least one instance is always paid for.",
    help="expect it, or {cure}: see {source}",
    example=Example(
        bad=application("gcp", topic=_EXACTLY_ONCE),
        good=application("gcp"),
    ),
)

EXACTLY_ONCE_IMPOSSIBLE = Problem(
    code="IG4017",
    slug="exactly-once-impossible",
    severity=Severity.ERROR,
    summary="{subject} is delivered exactly once, and {target} delivers at least once",
    why="Handlers would see messages twice that they were promised to see once.",
    help="leave 'delivery' out, or record what was handled with 'inbox': see {source}",
    example=Example(
        bad=application("nsq", topic=_EXACTLY_ONCE),
        good=application("nsq"),
    ),
)

PROBLEMS = (FIFO_CHOSEN, PULL_CHOSEN, EXACTLY_ONCE_IMPOSSIBLE)


def check(judged: Judged) -> Iterator[Diagnostic]:
    for topic in judged.each(Topic):
        if is_exactly_once(judged.node(topic)):
            yield from _topic_findings(judged, topic)
    if judged.target == GCP:
        for subscription in judged.each(Subscription):
            yield from _pull_findings(judged, subscription)


def _topic_findings(judged: Judged, topic: Topic) -> Iterator[Diagnostic]:
    span, called = judged.place(topic, "delivery"), subject("topic", topic.name)
    title = judged.target.title
    if judged.target == AWS:
        limit = sns_sqs_fifo.THROUGHPUT
        yield FIFO_CHOSEN.at(
            span, subject=called, target=title, limit=shown(limit), source=cited(limit)
        )
    elif judged.target == GCP:
        yield PULL_CHOSEN.at(
            span,
            subject=called,
            reason="is delivered exactly once",
            target=title,
            cure="make the handlers idempotent and leave 'delivery' out",
            source=cited(pubsub.EXACTLY_ONCE_IS_PULLED),
        )
    elif judged.target == NSQ:
        trait = nsq.AT_LEAST_ONCE
        yield EXACTLY_ONCE_IMPOSSIBLE.at(span, subject=called, target=title, source=cited(trait))


def _pull_findings(judged: Judged, subscription: Subscription) -> Iterator[Diagnostic]:
    """Where the subscription's own options are the reason; what its topic asks is told there."""
    topic = subscription.topic
    if topic is None or is_exactly_once(judged.node(topic)):
        return
    if not is_pulled(judged.node(topic), judged.node(subscription)):
        return
    limit, deadline = pubsub.LONGEST_ACK_DEADLINE, subscription.ack_deadline
    other = judged.place(subscription, "concurrency")
    if deadline is not None and deadline > limit.value:
        option, reason = "ack_deadline", f"has an ack deadline of {duration(deadline)}"
        cure = f"write {shown(limit)} or less, which push can wait"
        is_both = subscription.concurrency != DEFAULT_CONCURRENCY
        labels = (Label(span=other, text="this asks for a worker pool, too"),) if is_both else ()
    else:
        option, reason = "concurrency", f"handles {subscription.concurrency} messages at a time"
        cure, labels = (
            "leave 'concurrency' out: what is pushed has the concurrency of the service",
            (),
        )
    yield PULL_CHOSEN.at(
        judged.place(subscription, option),
        labels=labels,
        subject=subject("subscription", subscription.name),
        reason=reason,
        target=judged.target.title,
        cure=cure,
        source=cited(limit),
    )
