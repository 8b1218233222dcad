"""Faults of a file in our own words, the same on every Python."""

from infragraph.frontend.extract.scan import Scan
from infragraph.frontend.extract.text import Text
from infragraph.model.facts import FileFault
from infragraph.model.source import Position


def syntax_fault(text: Text, scanned: Scan, error: SyntaxError) -> FileFault:
    """What is wrong in a text that no parser accepts: Pythons agree on the line, not on words."""
    rejected = error.lineno or 1
    if scanned.unclosed is not None:
        line, column = text.place(scanned.unclosed.index)
        if line <= rejected:
            at = Position(line, column, line, column + 1)
            return FileFault("syntax", scanned.unclosed.detail, at)
    detail = "the syntax is not Python's"
    if isinstance(error, IndentationError):
        detail = "the indentation does not fit the lines before it"
    return FileFault("syntax", detail, _whole_line(text, rejected))


def too_nested(text: Text, scanned: Scan) -> FileFault:
    """Why a text is not read that nests too much, as its tokens show it."""
    excess = scanned.excess
    if excess is not None and excess.is_bracket:
        line, column = text.place(excess.index)
        at = Position(line, column, line, column + 1)
        return FileFault("too-deep", "more than 200 brackets are open at once", at)
    if excess is not None:
        detail = "more than 200 operators stand before one operand"
        return FileFault("too-complex", detail, _line_of(text, excess.index))
    if scanned.branches is not None:
        detail = "more than 200 branches follow one 'if'"
        return FileFault("too-complex", detail, _line_of(text, scanned.branches))
    detail = "the code nests more than 200 levels deep"
    return FileFault("too-deep", detail, _line_of(text, scanned.longest))


def stopped(text: Text, scanned: Scan, *, is_timeout: bool) -> FileFault:
    """A parser that crashed or took too long."""
    kind, detail = (
        ("timeout", "the file takes too long to read")
        if is_timeout
        else (
            "parser-crash",
            "the file crashes the parser",
        )
    )
    return FileFault(kind, detail, _line_of(text, scanned.longest))  # type: ignore[arg-type]


def _line_of(text: Text, index: int) -> Position:
    return _whole_line(text, text.place(index)[0])


def _whole_line(text: Text, line: int) -> Position:
    """What is written on a line, without the space around it."""
    line = min(max(line, 1), len(text.lines))
    written = text.lines[line - 1]
    first = len(written) - len(written.lstrip()) + 1
    return Position(line, first, line, max(first, len(written.rstrip()) + 1))
