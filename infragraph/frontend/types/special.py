"""The forms of `typing`: unions, literals, qualifiers, and our own markers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from infragraph.frontend.types.constants import constant, member_value
from infragraph.frontend.types.constraints import constraints, described, metadata_call, narrowed
from infragraph.frontend.types.names import ClassTarget, target
from infragraph.frontend.types.reading import (
    ANYTHING,
    NOTHING,
    Marker,
    Qualifier,
    Reading,
    qualified,
    union,
)
from infragraph.frontend.types.schema import enumeration
from infragraph.frontend.types.scope import Scope
from infragraph.model import facts
from infragraph.model.graph import Property
from infragraph.model.types import ClassType, LiteralType, Type, UnionType, UnknownType

if TYPE_CHECKING:
    from infragraph.frontend.types.reader import Reader

Arguments: TypeAlias = tuple[facts.Expression, ...]
Form: TypeAlias = Callable[["Reader", Scope, facts.Expression, Arguments], Reading]


def _optional(
    reader: "Reader", scope: Scope, _expression: facts.Expression, arguments: Arguments
) -> Reading:
    return union((*(reader.read(scope, argument) for argument in arguments), NOTHING))


def _union(
    reader: "Reader", scope: Scope, expression: facts.Expression, arguments: Arguments
) -> Reading:
    if not arguments:
        return reader.fault(scope, expression, "it is a union of nothing")
    return union(reader.read(scope, argument) for argument in arguments)


def _first(
    reader: "Reader", scope: Scope, _expression: facts.Expression, arguments: Arguments
) -> Reading:
    """A form that adds nothing to what it wraps."""
    return reader.read(scope, arguments[0]) if arguments else ANYTHING


def _qualifier(qualifier: Qualifier) -> Form:
    def read(
        reader: "Reader", scope: Scope, expression: facts.Expression, arguments: Arguments
    ) -> Reading:
        if qualifier in {"class-variable", "init-only"}:
            return qualified(ANYTHING, qualifier)  # Never encoded, so its type may be anything.
        return qualified(_first(reader, scope, expression, arguments), qualifier)

    return read


def _marker(marker: Marker) -> Form:
    def read(
        reader: "Reader", scope: Scope, expression: facts.Expression, arguments: Arguments
    ) -> Reading:
        return replace(_first(reader, scope, expression, arguments), marker=marker)

    return read


def _message(
    reader: "Reader", scope: Scope, expression: facts.Expression, arguments: Arguments
) -> Reading:
    """`Message[T]`, whose body is encoded as T."""
    body = _first(reader, scope, expression, arguments)
    return replace(body, type=ClassType(symbol=MESSAGE, arguments=(body.type,)))


MESSAGE = "infragraph.Message"


def _root_model(
    reader: "Reader", scope: Scope, expression: facts.Expression, arguments: Arguments
) -> Reading:
    """`RootModel[T]` without a class of its own, which is encoded as what it holds."""
    if not arguments:
        return reader.fault(scope, expression, "it does not say what it holds")
    held = reader.read(replace(scope, codec="pydantic"), arguments[0])
    kind = ClassType(symbol="pydantic.RootModel", arguments=(held.type,))
    return Reading(type=kind, schema=held.schema, references=held.references)


def _secret(
    reader: "Reader", scope: Scope, _expression: facts.Expression, arguments: Arguments
) -> Reading:
    """A `Secret[T]` of pydantic's, which is encoded as asterisks."""
    for argument in arguments:
        reader.read(scope, argument)
    kind = UnknownType(reason="it is secret")
    return Reading(type=kind, schema={"type": "string", "format": "password"}, is_scalar=True)


def _self(
    reader: "Reader", scope: Scope, expression: facts.Expression, _arguments: Arguments
) -> Reading:
    if scope.owner is None:
        return reader.fault(scope, expression, "'Self' means nothing outside of a class")
    return reader.mention(scope, scope.owner, expression)


# --- annotated -----------------------------------------------------------------------------------


def _annotated(
    reader: "Reader", scope: Scope, expression: facts.Expression, arguments: Arguments
) -> Reading:
    read = _first(reader, scope, expression, arguments)
    for metadata in arguments[1:]:
        found = metadata_call(reader.machine, scope, metadata)
        if found is None:
            continue
        if found.path in SERIALIZERS:
            written = found.argument("return_type")
            encoded = ANYTHING if written is None else reader.read(found.scope, written)
            read = replace(read, schema=encoded.schema, references=encoded.references)
            continue
        read = narrowed(read, constraints(reader.machine, found))
        description = described(reader.machine, found)
        if description is not None:
            read = replace(read, schema={**read.schema, "description": description})
        read = replace(read, metadata=(*read.metadata, found))
    return read


SERIALIZERS = frozenset({"pydantic.PlainSerializer", "pydantic.WrapSerializer"})
"""What decides itself how a value is encoded."""


# --- literals ------------------------------------------------------------------------------------


def _literal(
    reader: "Reader", scope: Scope, expression: facts.Expression, arguments: Arguments
) -> Reading:
    """`Literal["a", 1, Color.RED, None]`, also with other literals inside."""
    values: list[Property] = []
    types: dict[Type, None] = {}
    parts: list[Reading] = []
    for argument in arguments:
        found = _literal_value(reader, scope, argument)
        if found is None:
            parts.append(reader.read(scope, argument))
        else:
            values.append(found[0])
            types[found[1]] = None
    if values:
        members = tuple(types)
        kind = members[0] if len(members) == 1 else UnionType(members=members)
        parts.insert(0, Reading(type=kind, schema=enumeration(values), is_scalar=True))
    if not parts:
        return reader.fault(scope, expression, "it is a literal of nothing")
    return union(parts)


def _literal_value(
    reader: "Reader", scope: Scope, argument: facts.Expression
) -> tuple[Property, LiteralType] | None:
    match argument:
        case facts.Attribute():
            of = target(reader.machine, scope, argument.value)
            if not isinstance(of, ClassTarget):
                return None
            value = member_value(reader.machine, scope, of.of, argument.name)
            member = LiteralType(value=argument.name, of=of.of.symbol)
            return None if value is None else (value.value, member)
        case facts.Constant() | facts.Unary():
            value = constant(reader.machine, scope, argument)
            if value is None or not isinstance(value.value, str | int | bool | None):
                return None
            known = value.value
            name = "None" if known is None else type(known).__name__
            return known, LiteralType(value=known, of=name)
        case _:
            return None


FORMS: Mapping[str, Form] = {
    "typing.Optional": _optional,
    "typing.Union": _union,
    "types.UnionType": _union,
    "typing.Annotated": _annotated,
    "typing.Literal": _literal,
    "typing.Final": _qualifier("final"),
    "typing.ClassVar": _qualifier("class-variable"),
    "dataclasses.InitVar": _qualifier("init-only"),
    "typing.Required": _qualifier("required"),
    "typing.NotRequired": _qualifier("not-required"),
    "typing.ReadOnly": _first,
    "typing.Self": _self,
    "infragraph.Attribute": _marker("attribute"),
    "infragraph.Header": _marker("header"),
    "infragraph.Cookie": _marker("cookie"),
    MESSAGE: _message,
    "pydantic.Json": _first,
    "pydantic.RootModel": _root_model,
    "pydantic.Secret": _secret,
    "pydantic.SkipValidation": _first,
    "pydantic.SerializeAsAny": _first,
    "pydantic.FailFast": _first,
    "pydantic.OnErrorOmit": _first,
}
