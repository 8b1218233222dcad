"""What a form makes of a class: the schema of its objects and their fields."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from infragraph.frontend.types.constants import Constant, constant, empty
from infragraph.frontend.types.fields import Field, Written, written_fields
from infragraph.frontend.types.lineage import Ancestor
from infragraph.frontend.types.names import LibraryTarget, target
from infragraph.frontend.types.schema import Schema
from infragraph.frontend.types.scope import Scope
from infragraph.frontend.values import ClassValue
from infragraph.model import facts

if TYPE_CHECKING:
    from infragraph.frontend.types.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """`is_extensible` holds where objects may have members that the class does not name."""

    schema: Schema
    fields: tuple[Field, ...] = ()
    is_extensible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A class to be read, with those above it, the furthest first."""

    reader: "Reader"
    of: ClassValue
    ancestors: tuple[Ancestor, ...]

    @property
    def doc(self) -> str | None:
        return self.of.definition.doc

    def constant(self, scope: Scope, expression: facts.Expression | None) -> Constant | None:
        return None if expression is None else constant(self.reader.machine, scope, expression)

    def flag(self, scope: Scope, expression: facts.Expression | None) -> bool:
        """Whether an option is the constant True."""
        found = self.constant(scope, expression)
        return found is not None and found.value is True

    def made(self, scope: Scope, factory: facts.Expression | None) -> Constant | None:
        """What a default factory makes, where that is constant."""
        match factory:
            case None:
                return None
            case facts.Lambda(function=function):
                match function.body:
                    case (facts.Return(value=value),) if value is not None:
                        return constant(self.reader.machine, scope, value)
                    case _:
                        return None
            case _:
                found = target(self.reader.machine, scope, factory)
                return empty(found.path) if isinstance(found, LibraryTarget) else None


def collected(
    source: Source,
    belongs: Callable[[Ancestor], bool],
    read: Callable[[Written, Ancestor], Field | None],
) -> tuple[Field, ...]:
    """The fields of all classes of a lineage; one that is written again keeps its place."""
    found: dict[str, Field] = {}
    for ancestor in source.ancestors:
        if not belongs(ancestor):
            continue
        for written in written_fields(ancestor.scope, ancestor.of.definition.body):
            made = read(written, ancestor)
            if made is not None:
                found[made.name] = made
    return tuple(found.values())


def keywords(source: Source) -> Iterator[tuple[Ancestor, facts.Keyword]]:
    """The keyword arguments of the class statements, the furthest class's first."""
    for ancestor in source.ancestors:
        for keyword in ancestor.of.definition.keywords:
            yield ancestor, keyword
