"""The decoded text of a file, and where in it a byte offset of the parser stands."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from infragraph.model.source import Position

_NAME = re.compile(r"(?:async(?:\s|\\)+)?(?:def|class)(?:\s|\\)+(\w+)")


class Text:
    """Text with line feeds only, and its lines.

    Every question about a place is answered in logarithmic time: a file may be one long line, and
    all of its nodes ask. Of a part of a file, `first` is where its first line stands.
    """

    __slots__ = ("_continuations", "_first", "_starts", "is_ascii", "lines", "text")

    def __init__(self, text: str, *, first: int = 1) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.is_ascii = text.isascii()
        self._first = first
        self._starts: list[int] = []
        self._continuations: dict[int, Sequence[int]] = {}

    def column(self, line: int, offset: int) -> int:
        """The 1-based column, in code points, of a 0-based offset in UTF-8 bytes."""
        if self.is_ascii or line - self._first >= len(self.lines):
            return offset + 1
        if line not in self._continuations:
            self._continuations[line] = _continuations(self.lines[line - self._first])
        return offset - bisect_left(self._continuations[line], offset) + 1

    def name_after(self, line: int, column: int) -> Position:
        """Where the name stands that `def` or `class`, written at this place, gives."""
        named = _NAME.match(self.lines[line - self._first], column - 1)
        if named is not None:
            return Position(line, named.start(1) + 1, line, named.end(1) + 1)
        start = self._line_starts()[line - self._first]
        found = _NAME.match(self.text, start + column - 1)
        if found is None:
            return Position(line, column, line, column)
        name_line, name_column = self.place(found.start(1))
        return Position(name_line, name_column, name_line, name_column + len(found.group(1)))

    def place(self, index: int) -> tuple[int, int]:
        """Line and column of an index into the text."""
        starts = self._line_starts()
        line = bisect_right(starts, index)
        return line + self._first - 1, index - starts[line - 1] + 1

    def _line_starts(self) -> Sequence[int]:
        if not self._starts:
            start = 0
            for written in self.lines:
                self._starts.append(start)
                start += len(written) + 1
        return self._starts


def _continuations(line: str) -> Sequence[int]:
    """The offsets of the bytes that do not begin a character."""
    if line.isascii():
        return ()
    # 0b10xxxxxx: every byte of a character but its first.
    return [offset for offset, byte in enumerate(line.encode()) if 0x80 <= byte < 0xC0]  # noqa: PLR2004
