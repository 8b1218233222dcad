"""More messages at a time than a broker hands to one consumer."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.naming import subject
from infragraph.kinds.subscription import Subscription
from infragraph.portability.checks.example import application
from infragraph.portability.judged import Judged
from infragraph.portability.limits import nsq
from infragraph.portability.limits.limit import cited
from infragraph.portability.targets import NSQ

CONCURRENCY_TOO_HIGH = Problem(
    code="IG4018",
    slug="concurrency-too-high",
    severity=Severity.WARNING,
    summary="{subject} handles {concurrency} messages at a time, and {target} hands out {limit}",
    why="A consumer that asks for more is disconnected.",
    help="write {limit} or less, or raise '{setting}': see {source}",
    example=Example(
        bad=application("nsq", subscription='shop.subscribe(orders, "ship", concurrency=«3000»)'),
        good=application("nsq", subscription='shop.subscribe(orders, "ship", concurrency=2500)'),
    ),
)

PROBLEMS = (CONCURRENCY_TOO_HIGH,)


def check(judged: Judged) -> Iterator[Diagnostic]:
    limit = nsq.MOST_IN_FLIGHT
    if judged.target != NSQ:
        return
    for subscription in judged.each(Subscription):
        concurrency = subscription.concurrency
        if concurrency is not None and concurrency > limit.value:
            yield CONCURRENCY_TOO_HIGH.at(
                judged.place(subscription, "concurrency"),
                subject=subject("subscription", subscription.name),
                concurrency=f"{concurrency:,}",
                target=judged.target.title,
                limit=f"{limit.value:,}",
                setting=limit.setting,
                source=cited(limit),
            )
