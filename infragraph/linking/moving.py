"""An answer of which the places have moved, as those of an application do whose lines move."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeAlias, cast

from infragraph.diagnostics.diagnostic import Diagnostic, Label
from infragraph.frontend.moves import Moves
from infragraph.model.graph import Edge, Evidence, InfraGraph, Node, Unresolved
from infragraph.model.source import Position, SourceSpan

Answer: TypeAlias = tuple[InfraGraph, tuple[Diagnostic, ...]]
"""What linking gives."""


def moved(answer: Answer, moves: Mapping[str, Moves]) -> Answer | None:
    """The answer with everything where it stands now; None where that is not known of all of it.

    `moves` are by path. Places keep their order, so that what is sorted by them still is.
    """
    _, findings = answer
    # Its cause is a text with a place in it.
    if any(f"{path}:" in finding.cause for path in moves for finding in findings):
        return None
    places: dict[SourceSpan, SourceSpan] = {}
    for span in frozenset(_spans(answer)):
        if span.path in moves:
            at = moves[span.path].moved(_position(span))
            if at is None:
                return None
            places[span] = SourceSpan.at(span.path, at)
    found: Answer = _moved(answer, places)
    return found


def _position(span: SourceSpan) -> Position:
    return Position(span.line, span.column, span.end_line, span.end_column)


def _spans(value: Any) -> Iterator[SourceSpan]:
    form = cast("type[object]", type(value))
    if form is SourceSpan:
        yield value
    elif form is tuple:
        for part in value:
            yield from _spans(part)
    else:
        for name in _HOLDING.get(form, ()):
            yield from _spans(getattr(value, name))


def _moved(value: Any, places: Mapping[SourceSpan, SourceSpan]) -> Any:
    form = cast("type[object]", type(value))
    if form is SourceSpan:
        return places.get(value, value)
    if form is tuple:
        return tuple([_moved(part, places) for part in value])
    parts = {name: getattr(value, name) for name in _HOLDING.get(form, ())}
    changed = {name: _moved(part, places) for name, part in parts.items()}
    # Most of it stands in other files.
    return value if changed == parts else replace(value, **changed)


_HOLDING: Mapping[type[object], tuple[str, ...]] = {
    InfraGraph: ("nodes", "edges", "unresolved"),
    Node: ("span",),
    Edge: ("evidence",),
    Evidence: ("span",),
    Unresolved: ("span",),
    Diagnostic: ("span", "labels"),
    Label: ("span",),
}
"""The fields that hold places, or what holds some."""
