"""Whether an edit of a file leaves all that a run has seen of it as it was, but for its places.

facts before, facts now, what was asked of bodies ──compare──▶ where everything stands now

A run is decided by what it asks of facts. Of the body of a function that it has not looked into it
knows the imports, and whether some words stand in it; so the rest of such a body may change.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Any, cast

from infragraph.frontend.analysis import USES
from infragraph.frontend.bodies import Asked, deferred_bodies
from infragraph.frontend.extract.deferring import DeferredBody
from infragraph.frontend.program import bindings
from infragraph.frontend.tiers.taint import file_imports
from infragraph.model import facts
from infragraph.model.facts import ModuleFacts
from infragraph.model.source import Position

Point = tuple[int, int]
"""A line and a column."""

_ATTRIBUTE = re.compile(r"\.(?=(?:[\s\\]|#.*\n)*(\w+))")
"""A word behind a dot; the end of a line may stand between them, and a comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Where the lines of a file stand now, as far as something stands there that a run has seen.

    What stands in a line keeps its columns, but for the `ends` of bodies that have changed.
    """

    lines: dict[int, int]
    ends: dict[Point, Point]

    @property
    def are_none(self) -> bool:
        """Whether everything stands where it stood."""
        pairs = (*self.lines.items(), *self.ends.items())
        return all(before == now for before, now in pairs)

    def moved(self, at: Position) -> Position | None:
        """Where something stands now; None where that is not known."""
        line = self.lines.get(at.line)
        end = self.ends.get((at.end_line, at.end_column))
        if end is None and at.end_line in self.lines:
            end = self.lines[at.end_line], at.end_column
        return None if line is None or end is None else Position(line, at.column, *end)


def moves(
    before: ModuleFacts, now: ModuleFacts, asked: Asked, words: Collection[str]
) -> Moves | None:
    """How places have moved where nothing else has changed; None where something has, or may have.

    `words` are those that are looked for in every body, beside the names of its module.
    """
    bodies = list(deferred_bodies(before.body))
    comparison = _Comparison(
        telling={*words, *asked.heeded, *_names(before)},
        lowered=frozenset(id(bodies[number]) for number in asked.lowered),
    )
    found = comparison.moves() if comparison.are_alike(before, now) else None
    if found is None or found.are_none:
        return found
    # A comment that states a use speaks of a line, which may be one where nothing stands.
    is_stated = any(directive.kind == USES for directive in before.directives)
    return None if is_stated else found


def _names(module: ModuleFacts) -> set[str]:
    """The names that a file binds at its top, or by an import wherever it stands."""
    imported = (name.local for name in file_imports(module.body))
    return {*bindings(module.body), *imported}


@dataclass(slots=True, kw_only=True)
class _Comparison:
    """What is compared: `telling` words, and the bodies that were `lowered`, by identity."""

    telling: set[str]
    lowered: frozenset[int]
    lines: dict[int, int] = field(default_factory=dict[int, int])
    ends: dict[Point, Point] = field(default_factory=dict[Point, Point])
    places: list[tuple[Position, Position]] = field(default_factory=list[tuple[Position, Position]])
    waiting: list[tuple[object, object]] = field(default_factory=list[tuple[object, object]])
    is_consistent: bool = True

    def are_alike(self, before: object, now: object) -> bool:
        self.waiting.append((before, now))
        while self.waiting:
            old, new = self.waiting.pop()
            if type(old) is not type(new) or not self._is_alike(old, new):
                return False
        return True

    def moves(self) -> Moves | None:
        """The places that were met, as lines and ends; None where they are no order any more."""
        for old, new in self.places:
            end = self.ends.get((old.end_line, old.end_column))
            if end is None:
                end = new.end_line, old.end_column
            if (old.column, *end) != (new.column, new.end_line, new.end_column):
                return None
            self._note_line(old.line, new.line)
            self._note_line(old.end_line, new.end_line)
        ordered = [now for _, now in sorted(self.lines.items())]
        is_in_order = all(one < other for one, other in pairwise(ordered))
        return (
            Moves(lines=self.lines, ends=self.ends) if self.is_consistent and is_in_order else None
        )

    def _is_alike(self, old: Any, new: Any) -> bool:
        form = cast("type[object]", type(old))
        if form is Position:
            self.places.append((old, new))
        elif form is tuple:
            self.waiting.extend(zip(old, new, strict=False))
            return len(old) == len(new)
        elif form is DeferredBody:
            return self._is_alike_inside(old, new)
        elif form in _FIELDS:
            if form is facts.Constant and not self._is_of_same_lines(old.at, new.at):
                return False
            if form is facts.Function:
                self._note_end(old, new)
            self.waiting.extend(zip(_FIELDS[form](old), _FIELDS[form](new), strict=True))
        else:
            # Zero and minus zero are equal, and so are sets of names.
            return bool(old == new) and (form is frozenset or repr(old) == repr(new))
        return True

    def _is_alike_inside(self, old: DeferredBody, new: DeferredBody) -> bool:
        if old.text == new.text:
            for number in range(old.text.count("\n") + 1):
                self._note_line(old.line + number, new.line + number)
            return True
        if self._told(old) != self._told(new):
            return False
        if id(old) in self.lowered:
            self.waiting.append((old.lowered(), new.lowered()))
        else:
            self.waiting.append((old.imports, new.imports))
        return True

    def _told(self, body: DeferredBody) -> tuple[object, ...]:
        """What a run may have asked of a body that it has not looked into."""
        return (
            body.may_make_functions,
            body.text.count("@"),
            [word for word in body.words if word in self.telling],
            [word for word in _ATTRIBUTE.findall(body.text) if word in self.telling],
        )

    def _note_end(self, old: facts.Function, new: facts.Function) -> None:
        """Of a body that nobody has looked into the end may be anywhere."""
        one, other = old.within, new.within
        if (
            isinstance(one, DeferredBody)
            and isinstance(other, DeferredBody)
            and id(one) not in self.lowered
            and one.text != other.text
        ):
            self.ends[old.at.end_line, old.at.end_column] = new.at.end_line, new.at.end_column

    def _is_of_same_lines(self, old: Position, new: Position) -> bool:
        """Takes note of the lines of a text, in which something may stand, too."""
        for number in range(1, old.end_line - old.line):
            self._note_line(old.line + number, new.line + number)
        return old.end_line - old.line == new.end_line - new.line

    def _note_line(self, old: int, new: int) -> None:
        if self.lines.setdefault(old, new) != new:
            self.is_consistent = False


def _fields(form: type[object]) -> Callable[[object], tuple[object, ...]]:
    names = [one.name for one in fields(cast("Any", form))]
    if len(names) > 1:
        return attrgetter(*names)
    only = attrgetter(names[0])
    return lambda fact: (only(fact),)


_FIELDS: Mapping[type[object], Callable[[object], tuple[object, ...]]] = {
    form: _fields(form)
    for form in vars(facts).values()
    if isinstance(form, type) and is_dataclass(form) and form.__module__ == facts.__name__
}
