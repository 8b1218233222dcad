"""The examples of problems as applications, and the place that each marks."""

from collections.abc import Mapping
from dataclasses import dataclass

from infragraph.model.source import SourceSpan

OPENING, CLOSING = "«", "»"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedFiles:
    """Files without their marks; `span` is what stood between the marks."""

    files: Mapping[str, str]
    span: SourceSpan


def unmarked(files: Mapping[str, str]) -> MarkedFiles:
    """The files of an example's bad side, in which exactly one place is marked."""
    (path,) = (path for path, text in files.items() if OPENING in text)
    before, _, rest = files[path].partition(OPENING)
    inside, _, after = rest.partition(CLOSING)
    line, column = _position(before)
    end_line, end_column = _position(before + inside)
    span = SourceSpan(path=path, line=line, column=column, end_line=end_line, end_column=end_column)
    return MarkedFiles(files={**files, path: before + inside + after}, span=span)


def _position(text: str) -> tuple[int, int]:
    """Where the next character would stand, 1-based."""
    lines = text.split("\n")
    return len(lines), len(lines[-1]) + 1
