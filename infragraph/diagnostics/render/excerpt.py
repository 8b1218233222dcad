"""A diagnostic as people read it: the sentence, each place with its line, and the next step."""

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.render.terminal import (
    Colour,
    displayed,
    painted,
    safe,
    width,
    windowed,
    wrapped,
)
from infragraph.model.source import SourceSpan

LinesOf: TypeAlias = Callable[[str], Sequence[str] | None]

_COLOURS = {
    Severity.ERROR: Colour.RED,
    Severity.WARNING: Colour.YELLOW,
    Severity.INFO: Colour.BLUE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """How wide lines may be, whether they are coloured, and where source lines come from."""

    width: int
    is_coloured: bool
    lines_of: LinesOf


def excerpt(diagnostic: Diagnostic, page: Page) -> Iterator[str]:
    colour = _COLOURS[diagnostic.severity]
    spans = (diagnostic.span, *(label.span for label in diagnostic.labels))
    gutter = len(str(max(span.line for span in spans)))
    yield from _title(diagnostic, colour, page)
    yield from _place(diagnostic.span, diagnostic.expected, ("-->", "^", colour), gutter, page)
    for label in diagnostic.labels:
        yield from _place(label.span, label.text, (":::", "-", Colour.CYAN), gutter, page)
    if diagnostic.help:
        yield from _hanging("help: ", safe(diagnostic.help), page)
    yield painted(
        f"docs: infragraph explain {diagnostic.code}", Colour.FAINT, is_coloured=page.is_coloured
    )


def _title(diagnostic: Diagnostic, colour: Colour, page: Page) -> Iterator[str]:
    """The sentence, its further lines below its beginning."""
    head = f"{diagnostic.severity}[{diagnostic.code}]"
    lead = f"{painted(head, colour, is_coloured=page.is_coloured)}: "
    for part in wrapped(safe(diagnostic.message), page.width - len(head) - 2):
        yield f"{lead}{painted(part, Colour.BOLD, is_coloured=page.is_coloured)}"
        lead = " " * (len(head) + 2)


def _place(
    span: SourceSpan, text: str, marks: tuple[str, str, Colour], gutter: int, page: Page
) -> Iterator[str]:
    arrow, mark, colour = marks
    indent = " " * (gutter + 1)
    shown_arrow = painted(arrow, Colour.CYAN, is_coloured=page.is_coloured)
    lead = indent if arrow == "-->" else f"{indent}"
    yield f"{lead}{shown_arrow} {safe(span.path)}:{span.line}:{span.column}"
    lines = page.lines_of(span.path)
    bar = painted("|", Colour.CYAN, is_coloured=page.is_coloured)
    if lines is None or span.line > len(lines):
        if text:
            yield f"{indent} = {safe(text)}"
        return
    line = lines[span.line - 1]
    last = span.end_column if span.end_line == span.line else len(line.rstrip()) + 1
    room = max(page.width - gutter - 4, 20)
    shown, start, end = windowed(*displayed(line.rstrip(), (span.column, last)), room)
    underline = painted(mark * (end - start), colour, is_coloured=page.is_coloured)
    note = painted(safe(text), colour, is_coloured=page.is_coloured)
    number = painted(f"{span.line:>{gutter}}", Colour.CYAN, is_coloured=page.is_coloured)
    yield f"{indent} {bar}"
    yield f" {number} {bar} {shown}".rstrip()
    if note and end + 1 + width(safe(text)) > room:
        yield f"{indent} {bar} {' ' * start}{underline}"
        yield from _noted(safe(text), bar, indent, (start, colour), page)
    else:
        yield f"{indent} {bar} {' ' * start}{underline} {note}".rstrip()
    yield f"{indent} {bar}"


def _noted(text: str, bar: str, indent: str, at: tuple[int, Colour], page: Page) -> Iterator[str]:
    """A note that does not fit beside its underline stands below it."""
    start, colour = at
    room = max(page.width - len(indent) - 3, 20)
    column = min(start, max(room - width(text), 0))
    for part in textwrap.wrap(text, room - column) or [text]:
        yield f"{indent} {bar} {' ' * column}{painted(part, colour, is_coloured=page.is_coloured)}"


def _hanging(lead: str, text: str, page: Page) -> Iterator[str]:
    for index, part in enumerate(wrapped(text, page.width - len(lead))):
        shown = painted(lead, Colour.CYAN, is_coloured=page.is_coloured) if not index else ""
        yield f"{shown or ' ' * len(lead)}{part}"
