"""Faults of a file in our own words, the same on every Python."""

from infragraph.frontend.extract.scan import Scan
from infragraph.frontend.extract.text import Text
from infragraph.model.facts import FileFault
from infragraph.model.source import Position


def syntax_fault(text: Text, scanned: Scan, error: SyntaxError, other: int | None) -> FileFault:
    """What is wrong in a text that no parser accepts: Pythons agree on the line, not on words.

    `other` is the line that a parser of later syntax rejects. Where it lies further down, what
    stopped this Python's is only too new for it.
    """
    rejected = error.lineno or 1
    is_newer = other is not None and other > rejected
    if other is not None:
        rejected = max(rejected, other)
    if scanned.unclosed is not None:
        at = _at(text, scanned.unclosed.start)
        if at.line <= rejected:
            return FileFault("syntax", scanned.unclosed.detail, at)
    detail = "the syntax is not Python's"
    if isinstance(error, IndentationError) and not is_newer:
        detail = "the indentation does not fit the lines before it"
    return FileFault("syntax", detail, _whole_line(text, rejected))


def too_nested(text: Text, scanned: Scan) -> FileFault:
    """Why a text is not read that is too much for a parser, as its tokens show it."""
    if scanned.excess is None:
        detail = "the code nests more than 200 levels deep"
        return FileFault("too-deep", detail, _line_of(text, scanned.longest))
    kind, index = scanned.excess
    if kind == "brackets":
        return FileFault("too-deep", "more than 200 brackets are open at once", _at(text, index))
    at = _line_of(text, index)
    if kind == "chain":
        return FileFault("too-deep", "the code nests more than 200 levels deep", at)
    if kind == "prefixes":
        return FileFault("too-complex", "more than 200 operators stand before one operand", at)
    if kind == "branches":
        return FileFault("too-complex", "more than 200 branches follow one 'if'", at)
    return FileFault("too-complex", "the file has more than 300,000 tokens", at)


def too_bracketed(text: Text, index: int) -> FileFault:
    """Brackets that some parsers take and some do not, depending on what stands between them."""
    detail = "more than 150 brackets are open at once in nested code"
    return FileFault("too-deep", detail, _at(text, index))


def too_heavy(text: Text, index: int) -> FileFault:
    """A text that a parser written for every Python would take too long for."""
    detail = "it is too large to be read without the later Python that it is written for"
    return FileFault("too-complex", detail, _line_of(text, index))


def stopped(text: Text, scanned: Scan, *, is_timeout: bool) -> FileFault:
    """A parser that crashed or took too long."""
    return lost(_line_of(text, scanned.longest), is_timeout=is_timeout)


def lost(at: Position, *, is_timeout: bool) -> FileFault:
    """A file that took its process with it."""
    if is_timeout:
        return FileFault("timeout", "the file takes too long to read", at)
    return FileFault("parser-crash", "the file crashes the parser", at)


def _at(text: Text, index: int) -> Position:
    line, column = text.place(index)
    return Position(line, column, line, column + 1)


def _line_of(text: Text, index: int) -> Position:
    return _whole_line(text, text.place(index)[0])


def _whole_line(text: Text, line: int) -> Position:
    """What is written on a line, without the space around it."""
    line = min(max(line, 1), len(text.lines))
    written = text.lines[line - 1]
    first = len(written) - len(written.lstrip()) + 1
    return Position(line, first, line, max(first, len(written.rstrip()) + 1))
