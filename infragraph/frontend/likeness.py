"""Whether an edit of a file leaves all that a run has seen of it as it was, but for its places.

facts before, facts now, what was asked of bodies ──compare──▶ where everything stands now

A run is decided by what it asks of facts. Of the body of a function that it has not looked into it
knows the imports, and whether some words stand in it; so the rest of such a body may change.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Any, cast

from infragraph.frontend.analysis import USES
from infragraph.frontend.bodies import Asked, deferred_bodies
from infragraph.frontend.extract.deferring import DeferredBody
from infragraph.frontend.moves import Moves, Point
from infragraph.frontend.program import bindings
from infragraph.frontend.renaming import renamed
from infragraph.frontend.tiers.taint import file_imports
from infragraph.model import facts
from infragraph.model.facts import ModuleFacts
from infragraph.model.source import Position

_BESIDE_ITS_NAME = ("parameters", "returns", "is_async", "type_parameters", "at")
"""What an undecorated function has outside of its body."""

_WORD = re.compile(r"\w+")

_ATTRIBUTE = re.compile(r"\.(?=(?:[\s\\]|#.*\n)*(\w+))")
"""A word behind a dot; the end of a line may stand between them, and a comment."""


def moves(
    before: ModuleFacts, now: ModuleFacts, asked: Asked, words: Collection[str]
) -> Moves | None:
    """How places have moved where nothing else has changed; None where something has, or may have.

    `words` are those that are looked for in every body, beside the names of its module.
    """
    bodies = list(deferred_bodies(before.body))
    names = renamed(before, now, asked)
    if names is None:
        return None
    comparison = _Comparison(
        telling={*words, *asked.heeded, *_names(before), *names.values()},
        lowered=frozenset(id(bodies[number]) for number in asked.lowered),
        renamed=names,
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
    """What is compared: `telling` words, and the bodies that were `lowered`, by identity.

    A name that is `renamed` may stand nowhere but where its function is defined, once.
    """

    telling: set[str]
    lowered: frozenset[int]
    renamed: Mapping[str, str]
    lines: dict[int, int] = field(default_factory=dict[int, int])
    ends: dict[Point, Point] = field(default_factory=dict[Point, Point])
    behind: dict[int, Point] = field(default_factory=dict[int, Point])
    places: list[tuple[Position, Position]] = field(default_factory=list[tuple[Position, Position]])
    waiting: list[tuple[object, object]] = field(default_factory=list[tuple[object, object]])
    is_consistent: bool = True

    @property
    def names(self) -> frozenset[str]:
        return frozenset((*self.renamed, *self.renamed.values()))

    def are_alike(self, before: object, now: object) -> bool:
        self.waiting.append((before, now))
        while self.waiting:
            old, new = self.waiting.pop()
            if type(old) is not type(new) or not self._is_alike(old, new):
                return False
        return len(self.behind) == len(self.renamed)

    def moves(self) -> Moves | None:
        """Where everything that was met stands now; None where that is no order any more."""
        for old, new in self.places:
            self._note_line(old.line, new.line)
            self._note_line(old.end_line, new.end_line)
        ordered = [now for _, now in sorted(self.lines.items())]
        is_in_order = all(one < other for one, other in pairwise(ordered))
        found = Moves(lines=self.lines, ends=self.ends, behind=self.behind, renamed=self.names)
        are_there = all(found.moved(old) == new for old, new in self.places)
        return found if self.is_consistent and is_in_order and are_there else None

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
                if old.name != new.name:
                    return self._is_alike_renamed(old, new)
            self.waiting.extend(zip(_FIELDS[form](old), _FIELDS[form](new), strict=True))
        else:
            # Zero and minus zero are equal, and so are sets in another order.
            is_same = bool(old == new) and (form is frozenset or repr(old) == repr(new))
            return is_same and not self._mentions_renamed(old)
        return True

    def _is_alike_renamed(self, old: facts.Function, new: facts.Function) -> bool:
        one, other = old.within, new.within
        if (
            self.renamed.get(old.name) != new.name
            or not isinstance(one, DeferredBody)
            or not isinstance(other, DeferredBody)
            or id(one) in self.lowered
            or self._told(one) != self._told(other)
        ):
            return False
        end = old.name_at.end_column
        self.behind[old.name_at.line] = end, new.name_at.end_column - end
        self.places.append((old.name_at, new.name_at))
        self.waiting.extend((getattr(old, name), getattr(new, name)) for name in _BESIDE_ITS_NAME)
        self.waiting.append((one.imports, other.imports))
        return True

    def _mentions_renamed(self, value: object) -> bool:
        """Whether a text or a set of names holds a name that is renamed."""
        if not self.renamed:
            return False
        if isinstance(value, str):
            return not self.names.isdisjoint(_WORD.findall(value))
        return isinstance(value, frozenset) and not self.names.isdisjoint(
            cast("frozenset[object]", value)
        )

    def _is_alike_inside(self, old: DeferredBody, new: DeferredBody) -> bool:
        if self._mentions_renamed(old.text) or self._mentions_renamed(new.text):
            return False
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
            self._telling(body.words),
            self._telling(_ATTRIBUTE.findall(body.text)),
        )

    def _telling(self, words: Iterable[str]) -> list[str]:
        return [self.renamed.get(word, word) for word in words if word in self.telling]

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
