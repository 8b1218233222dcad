"""What a module offers under a name."""

from infragraph.frontend.machine import Machine
from infragraph.frontend.program import Module
from infragraph.frontend.values import ConstantValue, ModuleValue, Opaque, Values


def global_name(machine: Machine, module: Module, name: str) -> Values:
    """A name of a module as its types see it, those imported for type checkers included."""
    values = machine.read(("global", module.name, name))
    known = frozenset(v for v in values if not isinstance(v, Opaque | ConstantValue))
    return known or machine.read(("typing", module.name, name))


def module_attribute(machine: Machine, value: ModuleValue, name: str) -> Values:
    """A name of a module: what its body binds, else the module below it."""
    machine.module(value.name)
    found = machine.read(("global", value.name, name))
    if found:
        return found
    inner = f"{value.name}.{name}"
    if machine.program.holds(inner):
        machine.module(inner)
        return frozenset((ModuleValue(inner),))
    return machine.read(("typing", value.name, name))
