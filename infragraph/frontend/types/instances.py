"""The type of a value that the machine has followed."""

from infragraph.frontend.classes import member
from infragraph.frontend.machine import Machine
from infragraph.frontend.types.ancestry import class_type
from infragraph.frontend.values import (
    ClassValue,
    ConstantValue,
    Container,
    EnumMember,
    Instance,
    Value,
)
from infragraph.model.types import NONE, ContainerType, LiteralType, ScalarType, Type

SCALARS = frozenset({"str", "int", "bool", "float", "bytes"})


def instance_type(  # noqa: PLR0911 - a line per form
    machine: Machine, value: Value
) -> Type | None:
    """The type of an abstract value, None where it is not certain."""
    match value:
        case Instance(of=of):
            return None if _is_made_otherwise(machine, of) else class_type(machine, of)
        case EnumMember(of=of):
            return class_type(machine, of)
        case ConstantValue(value=None):
            return NONE
        case ConstantValue(value=str() | int() as known, type=name) if name in SCALARS:
            return LiteralType(value=known, of=name)
        case ConstantValue(type=name) if name in SCALARS:
            return ScalarType(name=name)
        case ConstantValue(type="timedelta"):
            return ScalarType(name="datetime.timedelta")
        case Container(kind="list" | "set" | "dict" as kind):
            return ContainerType(kind=kind, items=())
        case _:
            return None


def _is_made_otherwise(machine: Machine, of: ClassValue) -> bool:
    """Whether calling the class may give an object of another one."""
    return member(machine, of, "__new__") is not None or any(
        keyword.name == "metaclass" for keyword in of.definition.keywords
    )
