"""Retries that a broker does not make: too few, too many, too late."""

from collections.abc import Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.naming import subject
from infragraph.kinds.subscription import Retry, Subscription
from infragraph.portability.checks.example import application
from infragraph.portability.delivery import is_fifo
from infragraph.portability.judged import Judged
from infragraph.portability.limits import nsq, pubsub, sns_sqs, sns_sqs_fifo
from infragraph.portability.limits.limit import Limit, cited, duration, shown
from infragraph.portability.targets import AWS, NSQ


def _subscription(options: str) -> str:
    return f'shop.subscribe(orders, "ship", {options})'


def _retrying(target: str, options: str) -> Mapping[str, str]:
    return application(
        target,
        imports="Retry, Service, Topic",
        subscription=_subscription(f"retry=Retry({options})"),
    )


ATTEMPTS_OUT_OF_RANGE = Problem(
    code="IG4006",
    slug="attempts-out-of-range",
    severity=Severity.ERROR,
    summary="{subject} has {attempts} attempts, and {target} makes {bound} {limit}",
    why="The broker itself counts deliveries and moves a message to the dead letters.",
    help="write {limit} {direction}: see {source}",
    example=Example(
        bad=_retrying("gcp", "max_attempts=«3»"), good=_retrying("gcp", "max_attempts=5")
    ),
)

BACKOFF_TOO_LONG = Problem(
    code="IG4007",
    slug="backoff-too-long",
    severity=Severity.ERROR,
    summary="{subject} waits {backoff} before {which} attempt, and {target} {bound}",
    why="A message that waits longer than the broker can comes too early, or not at all.",
    help="{cure}",
    example=Example(
        bad=_retrying("gcp", 'max_backoff=«"1h"»'), good=_retrying("gcp", 'max_backoff="10m"')
    ),
)

BACKOFF_BLOCKS = Problem(
    code="IG4015",
    slug="backoff-blocks-group",
    severity=Severity.INFO,
    summary="on {target} a message of {subject} that waits to come again holds up all with the "
    "same {key}",
    why="The topic is FIFO there: the messages of a group are handled one at a time, so that "
    "order is kept.",
    help="expect it, or lower the backoff: {says}, see {source}",
    example=Example(
        bad=application(
            "aws",
            topic='Topic[Order]("orders", ordering_key="customer")',
            subscription='«shop.subscribe(orders, "ship")»',
        ),
        good=application(
            "aws",
            imports="Retry, Service, Topic",
            topic='Topic[Order]("orders", ordering_key="customer")',
            subscription=_subscription('retry=Retry(min_backoff="0s", max_backoff="0s")'),
        ),
    ),
)

PROBLEMS = (ATTEMPTS_OUT_OF_RANGE, BACKOFF_TOO_LONG, BACKOFF_BLOCKS)

_FEWEST: Mapping[str, Limit] = {"gcp": pubsub.FEWEST_ATTEMPTS}
_MOST: Mapping[str, Limit] = {
    "aws": sns_sqs.MOST_ATTEMPTS,
    "gcp": pubsub.MOST_ATTEMPTS,
    "nsq": nsq.MOST_ATTEMPTS,
}
_LONGEST: Mapping[str, Limit] = {
    "aws": sns_sqs.LONGEST_BACKOFF,
    "gcp": pubsub.LONGEST_BACKOFF,
    "nsq": nsq.LONGEST_BACKOFF,
}


def check(judged: Judged) -> Iterator[Diagnostic]:
    for subscription in judged.each(Subscription):
        if subscription.retry is not None:
            yield from _attempt_findings(judged, subscription, subscription.retry)
            yield from _backoff_findings(judged, subscription, subscription.retry)
            yield from _blocking_findings(judged, subscription, subscription.retry)


def _attempt_findings(
    judged: Judged, subscription: Subscription, retry: Retry
) -> Iterator[Diagnostic]:
    """Without dead letters it is the runtime that gives a message up, at any number; NSQ counts."""
    attempts = retry.max_attempts
    is_counted = subscription.dead_letter is not False or judged.target == NSQ
    if attempts is None or attempts < 1 or not is_counted:
        return
    fewest, most = _FEWEST.get(judged.target.name), _MOST.get(judged.target.name)
    if fewest is not None and attempts < fewest.value:
        limit, bound, direction = fewest, "at least", "or more"
    elif most is not None and attempts > most.value:
        limit, bound, direction = most, "at most", "or less"
    else:
        return
    yield ATTEMPTS_OUT_OF_RANGE.at(
        judged.place(subscription, "retry.max_attempts"),
        subject=subject("subscription", subscription.name),
        attempts=f"{attempts:,}",
        target=judged.target.title,
        bound=bound,
        limit=f"{limit.value:,}",
        direction=direction,
        source=cited(limit),
    )


def _backoff_findings(
    judged: Judged, subscription: Subscription, retry: Retry
) -> Iterator[Diagnostic]:
    shortest, longest = retry.min_backoff, retry.max_backoff
    if shortest is None or longest is None or shortest > longest:
        return
    limit = _LONGEST.get(judged.target.name)
    if limit is not None and longest > limit.value:
        raising = f", or raise '{limit.setting}'" if limit.setting else ""
        span = judged.place(subscription, "retry.max_backoff")
        other = judged.place(subscription, "retry.min_backoff")
        is_both = shortest > limit.value
        yield BACKOFF_TOO_LONG.at(
            span,
            labels=(Label(span=other, text="this is too long, too"),) if is_both else (),
            subject=subject("subscription", subscription.name),
            backoff=duration(longest),
            which="another",
            target=judged.target.title,
            bound=f"waits {shown(limit)} at most",
            cure=f"write {shown(limit)} or less{raising}: see {cited(limit)}",
        )
        return
    yield from _retention_findings(judged, subscription, retry)


def _retention_findings(
    judged: Judged, subscription: Subscription, retry: Retry
) -> Iterator[Diagnostic]:
    """A message that is dropped before its last attempt never reaches the dead letters."""
    waited, retention = total_backoff(retry), subscription.retention
    if subscription.dead_letter is not True or judged.target == NSQ:
        return
    if waited is None or retention is None or waited <= retention:
        return
    at = "retry" if judged.is_written(subscription, "retry") else "retention"
    yield BACKOFF_TOO_LONG.at(
        judged.place(subscription, at),
        labels=(
            Label(span=judged.place(subscription, "retention"), text="it is kept for so long"),
        ),
        subject=subject("subscription", subscription.name),
        backoff=f"{duration(waited)} in all",
        which="its last",
        target=judged.target.title,
        bound=f"drops a message after its retention of {duration(retention)}",
        cure="make fewer attempts, wait less, or raise 'retention'",
    )


MOST = 10**9
"""Attempts that are counted: the waits between more of them outlast any retention."""


def total_backoff(retry: Retry) -> float | None:
    """The seconds from the first delivery to the last, where each wait is twice the one before."""
    wait, longest = retry.min_backoff, retry.max_backoff
    if retry.max_attempts is None or wait is None or longest is None:
        return None
    left, waited = min(max(retry.max_attempts - 1, 0), MOST), 0.0
    while 0 < wait < longest and left:
        waited += wait
        wait *= 2
        left -= 1
    return waited + left * (longest if wait else 0)


def _blocking_findings(
    judged: Judged, subscription: Subscription, retry: Retry
) -> Iterator[Diagnostic]:
    topic = subscription.topic
    if judged.target != AWS or topic is None or not retry.max_backoff or retry.max_attempts == 1:
        return
    if not is_fifo(judged.node(topic)):
        return
    key = topic.ordering_key
    yield BACKOFF_BLOCKS.at(
        judged.place(subscription, "retry"),
        labels=(Label(span=topic.span, text="on AWS this is a FIFO topic"),),
        subject=subject("subscription", subscription.name),
        target=judged.target.title,
        key="group" if key is None else repr(key),
        says=sns_sqs_fifo.GROUPS_BLOCK.says,
        source=cited(sns_sqs_fifo.GROUPS_BLOCK),
    )
