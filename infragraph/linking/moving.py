"""An answer of which the places have moved, as those of an application do whose lines move."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeAlias

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.frontend.likeness import Moves
from infragraph.model.graph import InfraGraph
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
    if isinstance(value, SourceSpan):
        yield value
    else:
        for part in _parts(value).values():
            yield from _spans(part)


def _moved(value: Any, places: Mapping[SourceSpan, SourceSpan]) -> Any:
    if isinstance(value, SourceSpan):
        return places.get(value, value)
    parts = {name: _moved(part, places) for name, part in _parts(value).items()}
    if isinstance(value, tuple):
        return tuple(parts.values())
    return replace(value, **parts) if parts else value


def _parts(value: Any) -> Mapping[str, Any]:
    """What may hold places, by the name or the number of the field; properties hold none."""
    if isinstance(value, tuple):
        return {str(number): part for number, part in enumerate(value)}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if not is_dataclass(value):
        return {}
    parts = {one.name: getattr(value, one.name) for one in fields(value)}
    return {name: part for name, part in parts.items() if isinstance(part, tuple | SourceSpan)}
