"""Types that are made by a call: `NewType(…)`, `conint(…)`, `TypedDict("Name", {…})`."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from infragraph.frontend.types import library
from infragraph.frontend.types.constraints import arguments, metadata_call, narrowed
from infragraph.frontend.types.functional import synthetic
from infragraph.frontend.types.labels import label
from infragraph.frontend.types.parameters import VARIABLES, TypeParameter
from infragraph.frontend.types.pydantic_types import CALLED
from infragraph.frontend.types.reading import ANYTHING, Call, Reading
from infragraph.frontend.types.scope import Scope
from infragraph.model import facts

if TYPE_CHECKING:
    from infragraph.frontend.types.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Where the name stands that the call is assigned to, with the type arguments given there."""

    symbol: str
    given: tuple[Reading, ...]
    scope: Scope
    expression: facts.Expression


def called(reader: "Reader", scope: Scope, call: facts.Call, used: Use | None = None) -> Reading:
    """The type that a call makes; it is read in the scope of the call."""
    use = used or Use(symbol="", given=(), scope=scope, expression=call)
    found = metadata_call(reader.machine, scope, call)
    path = "" if found is None else found.path
    if path in VARIABLES:
        parameter = TypeParameter(key=use.symbol, call=call, scope=scope)
        return reader.given(use.scope, parameter, use.expression)
    if found is not None and path in CALLED:
        return _narrowed(reader, found)
    match path, call.arguments:
        case "typing.NewType", (_, base):
            return reader.read(scope, base)
        case "typing.TypeAliasType", (_, value):
            return _alias(reader, scope, call, value, use)
        case _:
            made = synthetic(reader.machine, scope, call, use.symbol)
            if made is not None:
                return reader.mention(scope, made, call)
            detail = "it is the result of a call, not a type"
            return reader.fault(use.scope, use.expression, detail)


def _narrowed(reader: "Reader", found: Call) -> Reading:
    """`conint(gt=0)`, `conlist(str, min_length=1)`."""
    base = CALLED[found.path]
    items = found.call.arguments[:1] or tuple(
        word.value for word in found.call.keywords if word.name == "item_type"
    )
    inner = items if base in {"list", "set", "frozenset"} else ()
    read = library.reading(reader, found.scope, base, found.call, inner)
    return narrowed(read, arguments(reader.machine, found, ()))


def _alias(
    reader: "Reader", scope: Scope, call: facts.Call, value: facts.Expression, use: Use
) -> Reading:
    """`TypeAliasType("Name", value, type_params=(T,))`."""
    names = [
        f"{scope.module.name}.{element.id}"
        for word in call.keywords
        if word.name == "type_params" and isinstance(word.value, facts.Sequence)
        for element in word.value.elements
        if isinstance(element, facts.Name)
    ]
    known = dict.fromkeys(names, ANYTHING)
    known.update(zip(names, use.given, strict=False))
    inner = replace(scope, parameters=known)
    return reader.alias(inner, label(use.symbol, use.given), value, scope.span(call.at))
