"""The decoded text of a file, and where in it a byte offset of the parser stands."""

import re

from infragraph.model.source import Position

_NAME = re.compile(r"(?:async(?:\s|\\)+)?(?:def|class)(?:\s|\\)+(\w+)")


class Text:
    """Text with line feeds only, and its lines."""

    __slots__ = ("_starts", "is_ascii", "lines", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.is_ascii = text.isascii()
        self._starts: list[int] = []

    def column(self, line: int, offset: int) -> int:
        """The 1-based column, in code points, of a 0-based offset in UTF-8 bytes."""
        if self.is_ascii or line > len(self.lines):
            return offset + 1
        written = self.lines[line - 1]
        if written.isascii():
            return offset + 1
        return len(written.encode()[:offset].decode(errors="replace")) + 1

    def name_after(self, line: int, column: int) -> Position:
        """Where the name stands that `def` or `class`, written at this place, gives."""
        start = self._start(line)
        found = _NAME.match(self.text, start + column - 1)
        if found is None:
            return Position(line, column, line, column)
        first = found.start(1)
        name_line = line + self.text.count("\n", start, first)
        name_column = first - self._start(name_line) + 1
        return Position(name_line, name_column, name_line, name_column + len(found.group(1)))

    def place(self, index: int) -> tuple[int, int]:
        """Line and column of an index into the text."""
        before = self.text.rfind("\n", 0, index)
        return self.text.count("\n", 0, index) + 1, index - before

    def _start(self, line: int) -> int:
        if not self._starts:
            start = 0
            for written in self.lines:
                self._starts.append(start)
                start += len(written) + 1
        return self._starts[line - 1]
