"""Findings in order, each mistake told once."""

from collections.abc import Iterable
from dataclasses import replace

from infragraph.diagnostics.diagnostic import Diagnostic, Label
from infragraph.model.source import SourceSpan

SHOWN = 3
"""Further places of one mistake that are shown."""


def told_once(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings by place; of those with one cause the first, with the places of the others."""
    ordered = sorted(findings, key=lambda one: (one.span, one.code, one.message))
    told: dict[object, Diagnostic] = {}
    elsewhere: dict[object, dict[SourceSpan, None]] = {}
    for number, finding in enumerate(ordered):
        key = finding.cause or number
        first = told.setdefault(key, finding)
        if finding.span != first.span:
            elsewhere.setdefault(key, {})[finding.span] = None
    return tuple(
        replace(finding, labels=(*finding.labels, *_others(tuple(elsewhere.get(key, ())))))
        for key, finding in told.items()
    )


def _others(spans: tuple[SourceSpan, ...]) -> Iterable[Label]:
    left = len(spans) - SHOWN
    for number, span in enumerate(spans[:SHOWN], 1):
        is_last = number == SHOWN and left > 0
        more = f", and in {left} more place{'s' if left > 1 else ''}" if is_last else ""
        yield Label(span=span, text=f"this is missing here, too{more}")
