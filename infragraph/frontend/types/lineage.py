"""The classes that a definition is put together from, each with its type parameters filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from infragraph.frontend.types.ancestry import bases, order
from infragraph.frontend.types.parameters import type_parameters
from infragraph.frontend.types.reading import Reading
from infragraph.frontend.types.scope import Codec, Scope, Unit
from infragraph.frontend.values import ClassValue
from infragraph.model import facts

if TYPE_CHECKING:
    from infragraph.frontend.types.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Ancestor:
    """A class of the lineage and the scope of its body."""

    of: ClassValue
    scope: Scope

    def option(self, name: str) -> facts.Expression | None:
        """A keyword argument of the class statement."""
        return next((word.value for word in self.of.definition.keywords if word.name == name), None)


def lineage(
    reader: "Reader",
    of: ClassValue,
    arguments: tuple[Reading, ...],
    unit: Unit,
    codec: Codec,
) -> tuple[Ancestor, ...]:
    """The class and those above it, the furthest first, as fields are collected."""
    known: dict[ClassValue, Mapping[str, Reading]] = {}
    ancestors: list[Ancestor] = []
    keys = [parameter.key for parameter in type_parameters(reader.machine, of)]
    known[of] = dict(zip(keys, arguments, strict=False))
    for current in order(reader.machine, of):
        scope = Scope(
            module=current.module,
            unit=unit,
            owner=current,
            closure=current.closure,
            parameters=known.get(current, {}),
            codec=codec,
        )
        ancestors.append(Ancestor(of=current, scope=scope))
        for base in bases(reader.machine, current, unit):
            if base.of is not None and base.of not in known and base.arguments:
                inner = replace(base.scope, parameters=scope.parameters, codec=codec)
                inner = replace(inner, owner=inner.owner or _with_parameters(current))
                known[base.of] = _filled(reader, inner, base.of, base.arguments)
    return tuple(reversed(ancestors))


def _with_parameters(current: ClassValue) -> ClassValue | None:
    """A class's own parameters are seen by its bases too."""
    return current if current.definition.type_parameters else None


def _filled(
    reader: "Reader",
    scope: Scope,
    of: ClassValue,
    arguments: tuple[facts.Expression, ...],
) -> Mapping[str, Reading]:
    given = reader.arguments(scope, of, arguments[0], arguments)
    keys = [parameter.key for parameter in type_parameters(reader.machine, of)]
    return dict(zip(keys, given, strict=False))
