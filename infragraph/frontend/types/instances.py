"""The type of a value that the machine has followed."""

from infragraph.frontend.classes import member
from infragraph.frontend.elements import elements
from infragraph.frontend.machine import Machine
from infragraph.frontend.types.ancestry import class_type
from infragraph.frontend.types.forms import decorated
from infragraph.frontend.values import (
    ClassValue,
    ConstantValue,
    Container,
    EnumMember,
    Instance,
    TupleValue,
    Value,
    Values,
)
from infragraph.model.types import (
    NONE,
    ClassType,
    ContainerType,
    LiteralType,
    ScalarType,
    Type,
    UnknownType,
)

SCALARS = frozenset({"str", "int", "bool", "float", "bytes"})

NESTING_LIMIT = 4
"""Containers inside each other whose elements are looked at; one may hold itself."""


def instance_type(  # noqa: PLR0911 - a line per form
    machine: Machine, value: Value, depth: int = NESTING_LIMIT
) -> Type | None:
    """The type of an abstract value, None where it is not certain.

    The types of elements count only where all of them have the same one.
    """
    match value:
        case ClassValue():
            return _itself(machine, value)
        case Instance(of=of):
            return None if _is_made_otherwise(machine, of) else class_type(machine, of)
        case EnumMember(of=of):
            return class_type(machine, of)
        case ConstantValue():
            return _of_constant(value)
        case TupleValue(rest=rest):
            items = tuple(_held(machine, part, depth) for part in value.elements)
            return None if rest else ContainerType(kind="fixed-tuple", items=items)
        case Container(kind="list" | "set" as kind):
            held = elements(machine, frozenset((value,)))
            return ContainerType(kind=kind, items=(_held(machine, held, depth),))
        case Container(kind="dict"):
            parts = machine.read(("keys", value)), machine.read(("item", value, None))
            items = tuple(_held(machine, part, depth) for part in parts)
            return ContainerType(kind="dict", items=items)
        case _:
            return None


def _itself(machine: Machine, of: ClassValue) -> Type | None:
    """The type of a class that is handed on as it is, unless a decorator replaces it."""
    is_known = len(of.definition.decorators) == (decorated(machine, of) is not None)
    if not is_known or _is_made_otherwise(machine, of):
        return None
    return ClassType(symbol="type", arguments=(class_type(machine, of),))


def _of_constant(constant: ConstantValue) -> Type | None:
    match constant:
        case ConstantValue(value=None):
            return NONE
        case ConstantValue(value=str() | int() as known, type=name) if name in SCALARS:
            return LiteralType(value=known, of=name)
        case ConstantValue(type=name) if name in SCALARS:
            return ScalarType(name=name)
        case ConstantValue(type="timedelta"):
            return ScalarType(name="datetime.timedelta")
        case _:
            return None


def _held(machine: Machine, values: Values, depth: int) -> Type:
    """The type that all elements have: a container may have held others before."""
    found = {instance_type(machine, value, depth - 1) if depth else None for value in values}
    types = {ScalarType(name=one.of) if isinstance(one, LiteralType) else one for one in found}
    only = types.pop() if len(types) == 1 else None
    return UnknownType(reason="it is not certain") if only is None else only


def _is_made_otherwise(machine: Machine, of: ClassValue) -> bool:
    """Whether calling the class may give an object of another one."""
    return member(machine, of, "__new__") is not None or any(
        keyword.name == "metaclass" for keyword in of.definition.keywords
    )
