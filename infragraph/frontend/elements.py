"""Elements: what a value gives that is iterated over."""

from infragraph.frontend import classes
from infragraph.frontend.fields import field_names
from infragraph.frontend.machine import Machine
from infragraph.frontend.ordering import ordered
from infragraph.frontend.values import (
    UNKNOWN,
    ClassValue,
    Container,
    GeneratorValue,
    Instance,
    Opaque,
    RecordValue,
    TupleValue,
    Value,
    Values,
)


def elements(machine: Machine, values: Values) -> Values:
    """What iterating gives."""
    result: set[Value] = set()
    for value in ordered(values):
        match value:
            case TupleValue():
                result |= value.rest.union(*value.elements)
            case Container():
                if value.kind == "dict":
                    result |= machine.read(("keys", value)) or UNKNOWN
                else:
                    result |= machine.read(("item", value, None))
            case GeneratorValue():
                result |= machine.read(("yield", value.activation))
            case RecordValue():
                result |= UNKNOWN
            case ClassValue():
                result |= classes.enum_members(machine, value) or UNKNOWN
            case Opaque() if value.is_tracked:
                result.add(value)
            case _:
                result |= UNKNOWN
    return frozenset(result)


def as_tuples(machine: Machine, values: Values) -> Values:
    """The same values, those of a named tuple of the application as the tuples that they are."""
    if not any(isinstance(value, Instance) for value in values):
        return values
    return frozenset(
        TupleValue(
            tuple(machine.read(("field", value, name)) for name in field_names(machine, value.of))
        )
        if isinstance(value, Instance)
        and "typing.NamedTuple" in classes.library_bases(machine, value.of)
        else value
        for value in values
    )
