"""Comments, brackets, nesting and size, read from text alone: the same on every Python.

Strings are told apart as Python 3.12 and later do it, where an f-string may hold its own quotes.
"""

import re
from typing import NamedTuple

from infragraph.frontend.extract.measure import Excess, Measure

DEEPEST_BRACKETS = 200

MANY_BRACKETS = 150
"""What every Python's parser takes, whatever stands between the brackets."""


class Unclosed(NamedTuple):
    """A bracket or string that begins at `start` and never ends, or a bracket that ends nothing."""

    start: int
    detail: str


class Scan(NamedTuple):
    """What a text shows without being parsed; after an `excess` nothing more is read.

    `longest` is where the line of code with the most tokens begins, `deep` the first bracket within
    `MANY_BRACKETS` others, `heavy` where the text becomes too much for libcst.
    """

    comments: tuple[tuple[int, int], ...]
    excess: Excess | None
    unclosed: Unclosed | None
    longest: int
    deep: int | None
    heavy: int | None


def scan(text: str) -> Scan:
    reader = _Reader(text)
    index = 0
    while index < len(text) and reader.excess is None:
        index = reader.literal(index) if reader.in_literal() else reader.code(index)
    return reader.result()


class _Open(NamedTuple):
    """`kind` is a bracket, `field` for `{` in an f-string, `string` or `spec` for literal text."""

    kind: str
    start: int
    quote: str = ""


_CODE = re.compile(
    r"""(?P<space>[ \t\f]+|\\\n)
    |(?P<comment>\#[^\n]*)
    |(?P<prefix>(?i:[bru]|br|rb|f|rf|fr|t|rt|tr)?)(?P<quote>'''|\"\"\"|'|")
    |(?P<word>\w+)
    |(?P<newline>\n)
    |(?P<open>[(\[{])
    |(?P<close>[)\]}])
    |(?P<sign>[-+~])
    |(?P<operator>\*\*|//|<<|>>|[=!<>]=)
    |(?P<colon>:)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_CLOSES = {")": "(", "]": "[", "}": "{"}

_PLAIN = {
    quote: re.compile(rf"\\.|{quote}" + ("" if len(quote) > 1 else r"|\n"), re.DOTALL)
    for quote in ("'''", '"""', "'", '"')
}
_LITERAL = {
    quote: re.compile(rf"\\N\{{[^}}'\"\n]*\}}|\\[^{{}}]|\{{|\}}|{quote}|\n", re.DOTALL)
    for quote in ("'''", '"""', "'", '"')
}


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self._measure = Measure()
        self._unclosed: Unclosed | None = None
        self._comments: list[tuple[int, int]] = []
        self._open: list[_Open] = []
        self._depth = 0
        self._deep: int | None = None

    @property
    def excess(self) -> Excess | None:
        return self._measure.excess

    def in_literal(self) -> bool:
        return bool(self._open) and self._open[-1].kind in {"string", "spec"}

    def code(self, index: int) -> int:
        """Reads one token; returns where the next begins."""
        found = _CODE.match(self.text, index)
        assert found is not None
        kind, end = found.lastgroup, found.end()
        if kind == "space":
            return end
        if kind == "comment":
            self._comments.append((index, end))
            return end
        written = found.group()
        if kind == "newline":
            if not self._open:
                self._measure.end_line()
            return end
        if self._measure.begins_line():
            column = index - self.text.rfind("\n", 0, index)
            self._measure.begin_line(written, column, index)
        self._measure.token(written, self._depth, is_sign=kind == "sign")
        end = self._token(kind, found)
        self._measure.judge()
        return end

    def literal(self, index: int) -> int:
        """Reads the text of an f-string up to its next field or its end."""
        top = self._open[-1]
        found = _LITERAL[top.quote].search(self.text, index)
        if found is None:
            self._never_ends(top)
            return len(self.text)
        written, end = found.group(), found.end()
        doubled = top.kind == "string" and self.text.startswith(written, end)
        if written == "{":
            if doubled:
                return end + 1
            self._push(_Open("field", found.start(), top.quote))
        elif written == "}":
            if top.kind == "spec":
                self._open.pop()
                self._pop()
            return end + doubled
        elif written == top.quote or (written == "\n" and len(top.quote) == 1):
            if written == "\n" or top.kind == "spec":
                self._never_ends(top)
            self._leave_string()
        return end

    def result(self) -> Scan:
        if self._unclosed is None and self._open:
            self._never_ends(self._open[-1])
        measure = self._measure
        return Scan(
            tuple(self._comments),
            measure.excess,
            self._unclosed,
            measure.longest,
            self._deep,
            measure.heavy,
        )

    def _token(self, kind: str | None, found: re.Match[str]) -> int:
        chains, index, written = self._measure.chains, found.start(), found.group()
        if kind == "quote":
            chains.string()
            return self._string(found)
        if kind == "open":
            self._push(_Open(written, index))
        elif kind == "close":
            self._close(written, index)
        elif kind == "word":
            chains.word(written)
        else:
            chains.operator(written)
            if kind == "colon" and self._open and self._open[-1].kind == "field":
                self._open.append(_Open("spec", index, self._open[-1].quote))
        return found.end()

    def _string(self, begun: re.Match[str]) -> int:
        index, end, quote = begun.start(), begun.end(), begun.group("quote")
        if {"f", "t"} & set(begun.group("prefix").lower()):
            self._open.append(_Open("string", index, quote))
            return end
        while True:
            found = _PLAIN[quote].search(self.text, end)
            if found is None or found.group() == "\n":
                self._never_ends(_Open("string", index, quote))
                return len(self.text) if found is None else found.start()
            end = found.end()
            if found.group() == quote:
                return end

    def _push(self, opened: _Open) -> None:
        self._measure.chains.opened(opened.kind)
        self._open.append(opened)
        self._depth += 1
        if self._depth > MANY_BRACKETS and self._deep is None:
            self._deep = opened.start
        if self._depth > DEEPEST_BRACKETS:
            self._measure.excess = Excess("brackets", opened.start)

    def _pop(self) -> None:
        self._measure.chains.closed()
        self._open.pop()
        self._depth -= 1

    def _close(self, written: str, index: int) -> None:
        if self._open and (
            self._open[-1].kind == _CLOSES[written]
            or (written == "}" and self._open[-1].kind == "field")
        ):
            self._pop()
        elif self._unclosed is None:
            self._unclosed = Unclosed(index, f"'{written}' closes nothing that is open")

    def _leave_string(self) -> None:
        while self._open.pop().kind != "string":
            self._depth = sum(opened.kind not in {"string", "spec"} for opened in self._open)

    def _never_ends(self, opened: _Open) -> None:
        if self._unclosed is not None:
            return
        if opened.kind in _CLOSES.values():
            self._unclosed = Unclosed(opened.start, f"'{opened.kind}' is never closed")
            return
        begun = [one.start for one in self._open if one.kind == "string"]
        self._unclosed = Unclosed(begun[-1] if begun else opened.start, "the string never ends")
