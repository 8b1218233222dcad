"""How long a message is kept, where a broker keeps none so long or so shortly."""

from collections.abc import Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.naming import subject
from infragraph.kinds.subscription import Subscription
from infragraph.kinds.topic import Topic
from infragraph.portability.checks.example import application
from infragraph.portability.judged import Judged
from infragraph.portability.limits import pubsub, sns_sqs
from infragraph.portability.limits.limit import Limit, cited, duration, shown

RETENTION_OUT_OF_RANGE = Problem(
    code="IG4008",
    slug="retention-out-of-range",
    severity=Severity.ERROR,
    summary="{subject} keeps messages for {retention}, and {target} for {bound} {limit}",
    why="The broker refuses any other retention, so that it cannot be made.",
    help="write {limit} or {direction}: see {source}",
    example=Example(
        bad=application("aws", topic='Topic[Order]("orders", retention=«"15d"»)'),
        good=application("aws", topic='Topic[Order]("orders", retention="14d")'),
    ),
)

PROBLEMS = (RETENTION_OUT_OF_RANGE,)

_SHORTEST: Mapping[str, Limit] = {
    "aws": sns_sqs.SHORTEST_RETENTION,
    "gcp": pubsub.SHORTEST_RETENTION,
}
_LONGEST: Mapping[str, Limit] = {
    "aws": sns_sqs.LONGEST_RETENTION,
    "gcp": pubsub.LONGEST_RETENTION,
}


def check(judged: Judged) -> Iterator[Diagnostic]:
    """Of the topics that are ours to make, and of all subscriptions."""
    for topic in judged.each(Topic):
        if topic.external is not True:
            yield from _findings(judged, topic)
    for subscription in judged.each(Subscription):
        yield from _findings(judged, subscription)


def _findings(judged: Judged, resource: Topic | Subscription) -> Iterator[Diagnostic]:
    retention = resource.retention
    shortest = _SHORTEST.get(judged.target.name)
    longest = _LONGEST.get(judged.target.name)
    if retention is None:
        return
    if shortest is not None and retention < shortest.value:
        limit, bound, direction = shortest, "at least", "more"
    elif longest is not None and retention > longest.value:
        limit, bound, direction = longest, "at most", "less"
    else:
        return
    yield RETENTION_OUT_OF_RANGE.at(
        judged.place(resource, "retention"),
        subject=subject(resource.kind, resource.name),
        retention=duration(retention),
        target=judged.target.title,
        bound=bound,
        limit=shown(limit),
        direction=direction,
        source=cited(limit),
    )
