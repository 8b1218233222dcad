"""Contexts: which arguments keep two calls of one function apart."""

from infragraph.frontend.classes import resolution_order
from infragraph.frontend.machine import Machine
from infragraph.frontend.values import (
    BoundMethod,
    ClassValue,
    Container,
    Declared,
    FunctionValue,
    GeneratorValue,
    Handle,
    Instance,
    Member,
    ModuleValue,
    Opaque,
    Partial,
    RecordValue,
    Super,
    TupleValue,
    Value,
    Values,
)
from infragraph.model import facts

REACH = 4
"""How many objects deep a resource is looked for in an argument."""


def distinctive(machine: Machine, values: Values, *, is_strict: bool) -> Values:
    """The values by which a call is told from another: resources, functions, and objects that lead to them.

    With `is_strict`, objects that only have methods are left out; that is the second try for a function
    that is called in too many ways.
    """
    return frozenset(
        value for value in values if matters(machine, value, is_strict=is_strict, reach=REACH)
    )


def matters(machine: Machine, value: Value, *, is_strict: bool, reach: int) -> bool:
    """Whether a resource or a function can be reached through a value."""
    if reach == 0:
        return False
    match value:
        case (
            Declared() | Handle() | Member() | FunctionValue() | BoundMethod() | Partial() | Super()
        ):
            return True
        case ModuleValue() | GeneratorValue():
            return True
        case Opaque():
            return value.is_tracked
        case ClassValue():
            return not is_strict or has_behaviour(machine, value)
        case Instance():
            if not is_strict and has_behaviour(machine, value.of):
                return True
            held = machine.read(("fields", value))
        case TupleValue():
            held = value.rest.union(*value.elements)
        case RecordValue():
            held = value.rest.union(*(values for _, values in value.entries))
        case Container():
            held = machine.read(("item", value, None))
        case _:
            return False
    return any(
        matters(machine, inner, is_strict=is_strict, reach=reach - 1)
        for inner in held
        if inner != value
    )


def has_behaviour(machine: Machine, of: ClassValue) -> bool:
    """Whether a class of the application defines a method of its own."""
    return any(
        isinstance(statement, facts.Function)
        for current in resolution_order(machine, of)
        for statement in current.definition.body
    )
