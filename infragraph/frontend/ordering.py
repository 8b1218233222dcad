"""An order of values that does not depend on hashes."""

from collections.abc import Callable, Mapping
from typing import Any

from infragraph.frontend.values import (
    BoundMethod,
    ClassValue,
    ConstantValue,
    Container,
    Declared,
    EnumMember,
    FunctionValue,
    GeneratorValue,
    Handle,
    Instance,
    LibraryValue,
    Member,
    ModuleValue,
    Opaque,
    Partial,
    Place,
    RecordValue,
    Super,
    TupleValue,
    Value,
    Values,
)
from infragraph.model.source import Position


def ordered(values: Values) -> list[Value]:
    """A set in an order that does not depend on hashes."""
    return list(values) if len(values) <= 1 else sorted(values, key=sort_key)


def sort_key(value: Value) -> tuple[str, str]:
    """The sort of a value, and what tells it from others of its sort."""
    sort, key = KEYS[type(value)]
    return (value.type if isinstance(value, ConstantValue) else sort), key(value)


def place_key(place: Place | None) -> str:
    """Text that is in the order of places, however many digits their numbers have."""
    return "" if place is None else f"{place.path}{_position(place.at)}"


def _position(at: Position) -> str:
    return "".join(f":{number:08}" for number in at)


def _tuple(value: TupleValue) -> str:
    return str([[sort_key(one) for one in ordered(element)] for element in value.elements])


def _opaque(value: Opaque) -> str:
    marks = (value.is_tracked, value.is_broad, value.is_typed, value.made_by)
    return f"{value.reason}{place_key(value.origin)}{marks}"


def _function(value: FunctionValue) -> str:
    return f"{value.code.symbol}{_position(value.code.function.at)}"


def _library(value: LibraryValue) -> str:
    argument = value.type_argument
    at = "" if argument is None else f"{argument.module}{_position(argument.at)}"
    return f"{value.path}{at}"


KEYS: Mapping[type[object], tuple[str, Callable[[Any], str]]] = {
    FunctionValue: ("function", _function),
    BoundMethod: ("method", lambda v: f"{v.function.code.symbol}{sort_key(v.receiver)}"),
    ClassValue: ("class", lambda value: value.symbol),
    Instance: ("instance", lambda value: f"{value.of.symbol}{place_key(value.place)}"),
    Declared: ("declared", lambda value: value.key),
    Handle: ("handle", lambda value: f"{value.of.key}{value.role}"),
    Member: ("member", lambda value: f"{sort_key(value.receiver)}{value.name}"),
    Partial: ("partial", lambda value: str(sort_key(value.callee))),
    Container: ("container", lambda value: place_key(value.place)),
    GeneratorValue: ("generator", lambda value: value.activation.symbol),
    TupleValue: ("tuple", _tuple),
    RecordValue: ("record", lambda value: str([name for name, _ in value.entries])),
    ConstantValue: ("constant", lambda value: repr(value.value)),
    EnumMember: ("member of an enum", lambda value: f"{value.of.symbol}.{value.name}"),
    Super: ("super", lambda value: f"{value.after.symbol}{sort_key(value.receiver)}"),
    Opaque: ("opaque", _opaque),
    ModuleValue: ("module", lambda value: value.name),
    LibraryValue: ("library", _library),
}
