"""The scope that a declaration's types, and the defaults of its handler, are read in."""

from infragraph.frontend.machine import Machine
from infragraph.frontend.types.constants import Constant, constant
from infragraph.frontend.types.names import ClassTarget, name_target
from infragraph.frontend.types.scope import Scope, Unit
from infragraph.frontend.values import ClassValue, TypeArgument


def scope_of(machine: Machine, argument: TypeArgument) -> Scope:
    """The module and the classes around what is written, with a unit of its own."""
    unit = Unit()
    module = machine.program.modules[argument.module]
    return Scope(module=module, unit=unit, owner=_owner(machine, argument, unit))


def constant_at(machine: Machine, argument: TypeArgument) -> Constant | None:
    """A constant that is written there."""
    return constant(machine, scope_of(machine, argument), argument.expression)


def _owner(machine: Machine, argument: TypeArgument, unit: Unit) -> ClassValue | None:
    """The innermost of the classes around an annotation."""
    owner: ClassValue | None = None
    scope = Scope(module=machine.program.modules[argument.module], unit=unit)
    for name in argument.classes:
        found = name_target(machine, scope, name)
        if not isinstance(found, ClassTarget):
            return owner
        owner = found.of
        scope = Scope(module=owner.module, unit=unit, owner=owner, closure=owner.closure)
    return owner
