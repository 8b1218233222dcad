"""What an application asks for that a target does not give: one module per subject."""

from collections.abc import Callable, Iterator

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.problem import Problem
from infragraph.linking.checks.linked import Linked
from infragraph.portability.checks import (
    acknowledgement,
    attributes,
    concurrency,
    crons,
    dead_letters,
    exactly_once,
    filters,
    names,
    ordering,
    payloads,
    retention,
    retries,
)
from infragraph.portability.judged import Judged, judged
from infragraph.portability.plans import PLAN_PROBLEMS
from infragraph.portability.targets import ALL_TARGETS

ALL_RULES: tuple[Callable[[Judged], Iterator[Diagnostic]], ...] = (
    ordering.check,
    exactly_once.check,
    acknowledgement.check,
    retries.check,
    retention.check,
    payloads.check,
    filters.check,
    attributes.check,
    names.check,
    concurrency.check,
    crons.check,
    dead_letters.check,
)

RULE_PROBLEMS: tuple[Problem, ...] = (
    *ordering.PROBLEMS,
    *exactly_once.PROBLEMS,
    *acknowledgement.PROBLEMS,
    *retries.PROBLEMS,
    *retention.PROBLEMS,
    *payloads.PROBLEMS,
    *filters.PROBLEMS,
    *attributes.PROBLEMS,
    *names.PROBLEMS,
    *concurrency.PROBLEMS,
    *crons.PROBLEMS,
    *dead_letters.PROBLEMS,
)

PORTABILITY_PROBLEMS: tuple[Problem, ...] = (*RULE_PROBLEMS, *PLAN_PROBLEMS)


def check(linked: Linked) -> Iterator[Diagnostic]:
    """What each of the chosen targets does not give."""
    for target in ALL_TARGETS:
        if target.name in linked.settings.targets:
            application = judged(linked, target)
            for rule in ALL_RULES:
                yield from rule(application)
