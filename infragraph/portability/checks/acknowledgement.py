"""Ack deadlines that a broker cannot wait for, or waits for otherwise."""

from collections.abc import Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.endpoint import Endpoint
from infragraph.kinds.naming import subject
from infragraph.kinds.subscription import Subscription
from infragraph.portability.checks.example import application
from infragraph.portability.judged import Judged
from infragraph.portability.limits import nsq, pubsub, sns_sqs
from infragraph.portability.limits.limit import Limit, cited, duration, shown


def _subscription(deadline: str) -> str:
    return f'shop.subscribe(orders, "ship", ack_deadline={deadline})'


DEADLINE_TOO_LONG = Problem(
    code="IG4004",
    slug="ack-deadline-too-long",
    severity=Severity.ERROR,
    summary="{subject} has an ack deadline of {deadline}, and {target} waits {limit} at most",
    why="The broker refuses a longer one, so that the subscription cannot be made.",
    help="write {limit} or less, or hand the work to a job: see {source}",
    example=Example(
        bad=application("aws", subscription=_subscription('«"13h"»')),
        good=application("aws", subscription=_subscription('"12h"')),
    ),
)

DEADLINE_MOVED = Problem(
    code="IG4005",
    slug="ack-deadline-moved",
    severity=Severity.WARNING,
    summary="{subject} has an ack deadline of {deadline}, and on {target} it is {limit}",
    why="A handler that has died is noticed later than was asked for, or one that works is taken "
    "for dead.",
    help="write {cure}: see {source}",
    example=Example(
        bad=application("gcp", subscription=_subscription('«"5s"»')),
        good=application("gcp", subscription=_subscription('"10s"')),
    ),
)

_ENDPOINT = '@shop.post("/orders", access="public"{timeout})\n'

DEADLINE_BELOW_TIMEOUT = Problem(
    code="IG4016",
    slug="ack-deadline-below-timeout",
    severity=Severity.WARNING,
    summary="{subject} has an ack deadline of {deadline} on {target}, and its handler may take "
    "{timeout}",
    why="A message is handed out again while the handler is still at work on it.",
    help="raise 'ack_deadline' to {timeout}, or lower the endpoint's 'timeout'",
    example=Example(
        bad=application(
            "aws",
            subscription=_subscription('«"20s"»'),
            handler=_ENDPOINT.format(timeout=""),
        ),
        good=application(
            "aws",
            subscription=_subscription('"20s"'),
            handler=_ENDPOINT.format(timeout=', timeout="20s"'),
        ),
    ),
)

PROBLEMS = (DEADLINE_TOO_LONG, DEADLINE_MOVED, DEADLINE_BELOW_TIMEOUT)

_REFUSED_ABOVE: Mapping[str, Limit] = {"aws": sns_sqs.LONGEST_ACK_DEADLINE}
_RAISED_TO: Mapping[str, Limit] = {"gcp": pubsub.SHORTEST_ACK_DEADLINE}
_CUT_TO: Mapping[str, Limit] = {"nsq": nsq.LONGEST_ACK_DEADLINE}


def check(judged: Judged) -> Iterator[Diagnostic]:
    endpoints = {one.handler: one for one in judged.each(Endpoint)}
    for subscription in judged.each(Subscription):
        deadline = subscription.ack_deadline
        if deadline is None or deadline < 1:
            continue
        yield from _limit_findings(judged, subscription, deadline)
        endpoint = endpoints.get(subscription.handler)
        if endpoint is not None and endpoint.timeout is not None and deadline < endpoint.timeout:
            yield DEADLINE_BELOW_TIMEOUT.at(
                judged.place(subscription, "ack_deadline"),
                labels=(Label(span=endpoint.span, text="the handler is this endpoint"),),
                subject=subject("subscription", subscription.name),
                deadline=duration(deadline),
                timeout=duration(endpoint.timeout),
                target=judged.target.title,
            )


def _limit_findings(
    judged: Judged, subscription: Subscription, deadline: float
) -> Iterator[Diagnostic]:
    longest = _REFUSED_ABOVE.get(judged.target.name)
    if longest is not None and deadline > longest.value:
        yield _finding(judged, DEADLINE_TOO_LONG, subscription, longest, "")
    shortest = _RAISED_TO.get(judged.target.name)
    if shortest is not None and deadline < shortest.value:
        cure = f"{shown(shortest)} or more"
        yield _finding(judged, DEADLINE_MOVED, subscription, shortest, cure)
    kept = _CUT_TO.get(judged.target.name)
    if kept is not None and deadline > kept.value:
        cure = f"{shown(kept)} or less, or raise '{kept.setting}'"
        yield _finding(judged, DEADLINE_MOVED, subscription, kept, cure)


def _finding(
    judged: Judged, problem: Problem, subscription: Subscription, limit: Limit, cure: str
) -> Diagnostic:
    assert subscription.ack_deadline is not None
    return problem.at(
        judged.place(subscription, "ack_deadline"),
        subject=subject("subscription", subscription.name),
        deadline=duration(subscription.ack_deadline),
        target=judged.target.title,
        limit=shown(limit),
        source=cited(limit),
        cure=cure,
    )
