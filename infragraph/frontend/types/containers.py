"""Containers: arrays and objects of what they hold."""

from typing import TYPE_CHECKING

from infragraph.frontend.types.reading import ANYTHING, Reading, merged
from infragraph.frontend.types.schema import TEXT, Schema, alternatives
from infragraph.frontend.types.scope import Scope
from infragraph.frontend.types.standard import CONTAINERS, COUNTERS, SETS
from infragraph.model import facts
from infragraph.model.graph import Property
from infragraph.model.types import (
    ContainerKind,
    ContainerType,
    LiteralType,
    ScalarType,
    Type,
    UnionType,
)

if TYPE_CHECKING:
    from infragraph.frontend.types.reader import Reader


def container(
    reader: "Reader",
    scope: Scope,
    path: str,
    expression: facts.Expression,
    arguments: tuple[facts.Expression, ...],
) -> Reading:
    """`list[X]`, `dict[K, V]` and their kin; without arguments they hold anything."""
    kind = CONTAINERS[path]
    held = [reader.read(scope, argument) for argument in arguments]
    if kind in {"dict", "mapping"}:
        if path in COUNTERS:
            held[1:] = [Reading(type=ScalarType(name="int"), schema={"type": "integer"})]
        key, value = (*held, ANYTHING, ANYTHING)[:2]
        if not _fits_key(scope, key):
            reader.fault(scope, expression, "its keys have no form as texts, which JSON demands")
        return _mapping(kind, key, value)
    item = held[0] if held else ANYTHING
    schema: dict[str, Property] = {"type": "array"}
    if item.schema:
        schema["items"] = item.schema
    if path in SETS and _is_told_apart(item):
        schema["uniqueItems"] = True
    return Reading(
        type=ContainerType(kind=kind, items=(item.type,)),
        schema=schema,
        is_scalar_list=item.is_scalar,
        marker=item.marker,
        references=item.references,
    )


def fixed_tuple(
    reader: "Reader",
    scope: Scope,
    expression: facts.Expression,
    arguments: tuple[facts.Expression, ...],
) -> Reading:
    """`tuple[A, B]`, and `tuple[X, ...]` of any length."""
    if isinstance(expression, facts.Subscript) and not arguments:
        return Reading(
            type=ContainerType(kind="fixed-tuple", items=()),
            schema={"type": "array", "maxItems": 0},
        )
    match arguments:
        case ():
            return Reading(
                type=ContainerType(kind="tuple", items=(ANYTHING.type,)), schema={"type": "array"}
            )
        case (first, facts.Constant(is_ellipsis=True)):
            item = reader.read(scope, first)
            return Reading(
                type=ContainerType(kind="tuple", items=(item.type,)),
                schema={"type": "array", "items": item.schema}
                if item.schema
                else {"type": "array"},
                is_scalar_list=item.is_scalar,
                references=item.references,
            )
        case _:
            items = [reader.read(scope, argument) for argument in arguments]
            return Reading(
                type=ContainerType(kind="fixed-tuple", items=tuple(item.type for item in items)),
                schema=row([item.schema for item in items], len(items)),
                references=merged(item.references for item in items),
            )


def row(items: list[Schema], required: int) -> dict[str, Property]:
    """An array whose items have a type each; JSON Schema does not admit an empty list of them."""
    first: dict[str, Property] = {"prefixItems": items} if items else {}
    return {
        "type": "array",
        **first,
        "items": False,
        "minItems": required,
        "maxItems": len(items),
    }


def _mapping(kind: ContainerKind, key: Reading, value: Reading) -> Reading:
    schema: dict[str, Property] = {"type": "object"}
    names = _names(key.schema)
    if names:
        schema["propertyNames"] = names
    if value.schema:
        schema["additionalProperties"] = value.schema
    return Reading(
        type=ContainerType(kind=kind, items=(key.type, value.type)),
        schema=schema,
        references=merged((key.references, value.references)),
    )


def _fits_key(scope: Scope, key: Reading) -> bool:
    if key.is_scalar or not key.schema:
        return scope.codec == "pydantic" or not (_parts(key.type) & {"None", "bool"})
    return False


def _parts(of: Type) -> frozenset[str]:
    match of:
        case UnionType():
            return frozenset[str]().union(*(_parts(member) for member in of.members))
        case ScalarType():
            return frozenset({of.name})
        case LiteralType():
            return frozenset({of.of})
        case _:
            return frozenset()


def _names(schema: Schema) -> Schema:
    """What the keys of the object look like; nothing where that is not known."""
    if schema == {"type": "integer"}:
        return {"pattern": "^-?[0-9]+$"}
    is_text = all(part.get("type") == "string" for part in alternatives(schema))
    return schema if is_text and schema != TEXT else {}


def _is_told_apart(item: Reading) -> bool:
    """Whether two different items of a set are never encoded alike."""
    is_simple = isinstance(item.type, ScalarType | LiteralType)
    return is_simple and item.schema.get("format") != "password"
