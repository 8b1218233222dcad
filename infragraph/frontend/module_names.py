"""What a module offers under a name."""

from infragraph.frontend.machine import Machine
from infragraph.frontend.program import Module
from infragraph.frontend.values import (
    NOTHING,
    ConstantValue,
    LibraryValue,
    ModuleValue,
    Opaque,
    Values,
)
from infragraph.model import facts


def global_name(machine: Machine, module: Module, name: str) -> Values:
    """A name of a module as its types see it, those imported for type checkers included."""
    values = machine.read(("global", module.name, name))
    known = [value for value in values if type(value) not in _PLAIN]
    if not known:
        return machine.read(("typing", module.name, name))
    return values if len(known) == len(values) else frozenset(known)


def any_name(machine: Machine, module: Module, name: str) -> Values:
    """A name of a module as it is when the program runs, with what its types see in it."""
    values = machine.read(("global", module.name, name))
    if all(type(value) in _PLAIN for value in values):
        return values | machine.read(("typing", module.name, name))
    return values


_PLAIN: frozenset[type[object]] = frozenset({Opaque, ConstantValue})
"""What leads to nothing: the types of other names may."""


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
    if machine.program.is_passed_over(inner):
        return frozenset((LibraryValue(inner),))
    if machine.program.is_unread(value.name):
        reason = f"'{name}' is in '{value.name}', which could not be analyzed"
        return frozenset((Opaque(reason, is_tracked=True, is_broad=True, is_reported=True),))
    return machine.read(("typing", value.name, name))


def demand(machine: Machine, values: Values) -> None:
    """Ask for the modules that unread names of the application stand for."""
    if machine.program.passed_over:
        for value in values:
            if isinstance(value, LibraryValue):
                machine.demand(value.path)


def named_module(machine: Machine, name: str) -> Values:
    """The module with this name: one of the application's, else a library's."""
    if machine.program.holds(name):
        return frozenset((ModuleValue(name),))
    return frozenset((LibraryValue(name),))


def imported(machine: Machine, module: Module, node: facts.Import | facts.ImportFrom) -> Values:
    """What the names of an import may be, without binding them."""
    if isinstance(node, facts.Import):
        return NOTHING.union(*(named_module(machine, name.name) for name in node.names))
    source = machine.program.absolute(module, node.module, node.level)
    if source is None:
        return NOTHING
    if not machine.program.holds(source):
        return frozenset(LibraryValue(f"{source}.{name.name}") for name in node.names)
    holder = ModuleValue(source)
    return NOTHING.union(
        *(
            named_module(machine, source)
            if name.name == "*"
            else module_attribute(machine, holder, name.name)
            for name in node.names
        )
    )
