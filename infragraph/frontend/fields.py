"""Fields: what objects of the application hold."""

from infragraph.frontend import classes
from infragraph.frontend.machine import Machine
from infragraph.frontend.values import ClassValue, Instance, LibraryValue, Values
from infragraph.model import facts


def field_names(machine: Machine, of: ClassValue) -> list[str]:
    """The annotated names of a class and its bases, in the order a dataclass takes them."""
    names: dict[str, None] = {}
    for current in reversed(classes.resolution_order(machine, of)):
        for statement in current.definition.body:
            if isinstance(statement, facts.AnnotatedAssign) and isinstance(
                statement.target, facts.Name
            ):
                names[statement.target.id] = None
    return list(names)


def set_field(machine: Machine, holder: Instance, name: str, values: Values) -> None:
    """Keep what a field holds, for this object and for any object of its class."""
    general = holder.of.object(None, None)
    for target in dict.fromkeys((holder, general)):
        machine.write(("field", target, name), values)
        machine.write(("fields", target), values)


FIELD = LibraryValue("dataclasses.field()")
"""What `field(default_factory=…)` gives, as a partial that holds the options."""
