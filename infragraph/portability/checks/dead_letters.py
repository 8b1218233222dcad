"""Subscriptions that lose what they cannot handle."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.naming import subject
from infragraph.kinds.subscription import Subscription
from infragraph.portability.checks.example import application
from infragraph.portability.judged import Judged

DEAD_LETTERS_OFF = Problem(
    code="IG4041",
    slug="dead-letters-off",
    severity=Severity.WARNING,
    summary="{subject} has no dead letters on {target}, so that a message is lost after its last "
    "attempt",
    why="No alarm rings, and there is nothing to look at or to send again.",
    help="leave 'dead_letter' out",
    example=Example(
        bad=application("aws", subscription='shop.subscribe(orders, "ship", dead_letter=«False»)'),
        good=application("aws"),
    ),
)

PROBLEMS = (DEAD_LETTERS_OFF,)


def check(judged: Judged) -> Iterator[Diagnostic]:
    for subscription in judged.each(Subscription):
        if subscription.dead_letter is False:
            yield DEAD_LETTERS_OFF.at(
                judged.place(subscription, "dead_letter"),
                subject=subject("subscription", subscription.name),
                target=judged.target.title,
            )
