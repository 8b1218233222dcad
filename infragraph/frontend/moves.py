"""Where what stands in a file stands after an edit."""

from dataclasses import dataclass, field
from typing import TypeAlias

from infragraph.model.source import Position

Point: TypeAlias = tuple[int, int]
"""A line and a column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Where the lines of a file stand now, as far as something stands there that a run has seen.

    What stands in a line keeps its columns, but for the `ends` of bodies that have changed, and for
    what stands behind a function's name that is `renamed`: by the line, the column that its name
    ends in, and how much longer that is now.
    """

    lines: dict[int, int]
    ends: dict[Point, Point]
    behind: dict[int, Point] = field(default_factory=dict[int, Point])
    renamed: frozenset[str] = frozenset()

    @property
    def are_none(self) -> bool:
        """Whether everything stands where it stood."""
        pairs = (*self.lines.items(), *self.ends.items())
        return not any(more for _, more in self.behind.values()) and all(
            before == now for before, now in pairs
        )

    def moved(self, at: Position) -> Position | None:
        """Where something stands now; None where that is not known."""
        start = self._moved(at.line, at.column)
        end = self.ends.get((at.end_line, at.end_column))
        end = end or self._moved(at.end_line, at.end_column)
        return None if start is None or end is None else Position(*start, *end)

    def _moved(self, line: int, column: int) -> Point | None:
        if line not in self.lines:
            return None
        first, more = self.behind.get(line, (column + 1, 0))
        return self.lines[line], column if column < first else column + more
