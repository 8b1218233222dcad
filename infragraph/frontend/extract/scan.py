"""Comments, brackets and nesting, read from text alone: the same on every Python.

Strings are told apart as Python 3.12 and later do it, where an f-string may hold its own quotes.
"""

import re
from typing import NamedTuple

DEEPEST_BRACKETS = 200
LONGEST_PREFIX = 200
MOST_BRANCHES = 200


class Excess(NamedTuple):
    """More nesting than is read; `is_bracket` tells brackets from `- - -` and `not not`."""

    index: int
    is_bracket: bool


class Unclosed(NamedTuple):
    """A bracket or string that begins at `index` and never ends, or a bracket that ends nothing."""

    index: int
    detail: str


class Scan(NamedTuple):
    """What a text shows without being parsed; after an `excess` nothing more is read.

    `longest` is where the line of code with the most tokens begins, `branches` where the first
    `elif` stands if there are more than `MOST_BRANCHES`.
    """

    comments: tuple[tuple[int, int], ...]
    excess: Excess | None
    unclosed: Unclosed | None
    longest: int
    branches: int | None


def scan(text: str) -> Scan:
    reader = _Reader(text)
    index = 0
    while index < len(text) and reader.excess is None:
        index = reader.literal(index) if reader.in_literal() else reader.code(index)
    return reader.result()


class _Open(NamedTuple):
    """`kind` is a bracket, `field` for `{` in an f-string, `string` or `spec` for literal text."""

    kind: str
    index: int
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
    |(?P<colon>:)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_CLOSES = {")": "(", "]": "[", "}": "{"}
_PREFIXES = frozenset({"not", "lambda", "await"})

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
        self.excess: Excess | None = None
        self._unclosed: Unclosed | None = None
        self._comments: list[tuple[int, int]] = []
        self._open: list[_Open] = []
        self._depth = 0
        self._prefixes = 0
        self._branches: list[int] = []
        self._line = (0, 0)
        self._longest = (0, 0)

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
        self._count(kind, found.group(), index)
        if kind == "quote":
            return self._string(found.group("prefix"), found.group("quote"), index, end)
        if kind == "open":
            self._push(_Open(found.group(), index))
        elif kind == "close":
            self._close(found.group(), index)
        elif kind == "colon" and self._open and self._open[-1].kind == "field":
            self._open.append(_Open("spec", index, self._open[-1].quote))
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
        longest = max(self._longest, self._line, key=lambda line: line[0])
        branches = self._branches[0] if len(self._branches) > MOST_BRANCHES else None
        return Scan(tuple(self._comments), self.excess, self._unclosed, longest[1], branches)

    def _count(self, kind: str | None, written: str, index: int) -> None:
        if kind == "newline":
            if not self._open:
                self._longest = max(self._longest, self._line, key=lambda line: line[0])
                self._line = (0, index + 1)
            return
        self._line = (self._line[0] + 1, self._line[1] if self._line[0] else index)
        if kind == "word" and written == "elif":
            self._branches.append(index)
        if kind == "sign" or written in _PREFIXES:
            self._prefixes += 1
            if self._prefixes > LONGEST_PREFIX:
                self.excess = Excess(self._line[1], is_bracket=False)
        elif kind != "colon":
            self._prefixes = 0

    def _string(self, prefix: str, quote: str, index: int, end: int) -> int:
        if {"f", "t"} & set(prefix.lower()):
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
        self._open.append(opened)
        self._depth += 1
        if self._depth > DEEPEST_BRACKETS:
            self.excess = Excess(opened.index, is_bracket=True)

    def _pop(self) -> None:
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
            self._unclosed = Unclosed(opened.index, f"'{opened.kind}' is never closed")
            return
        begun = [one.index for one in self._open if one.kind == "string"]
        self._unclosed = Unclosed(begun[-1] if begun else opened.index, "the string never ends")
