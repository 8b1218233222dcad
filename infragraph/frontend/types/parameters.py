"""Type parameters: which a class has, and what they are where nobody says."""

from dataclasses import dataclass

from infragraph.frontend.machine import Machine
from infragraph.frontend.types.ancestry import bases, listed
from infragraph.frontend.types.names import AssignedTarget, LibraryTarget, target
from infragraph.frontend.types.scope import Scope
from infragraph.frontend.values import ClassValue
from infragraph.model import facts

VARIABLES = frozenset({"typing.TypeVar", "typing.ParamSpec", "typing.TypeVarTuple"})

DECLARING = frozenset({"typing.Generic", "typing.Protocol"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeParameter:
    """One parameter by the key that scopes know it by; `call` is the `TypeVar(…)` that makes it."""

    key: str
    call: facts.Call | None = None
    scope: Scope | None = None

    @property
    def is_open(self) -> bool:
        """Whether it may be any type: it has no bound, no default, and no choice of types."""
        call = self.call
        return call is None or (
            len(call.arguments) <= 1
            and all(word.name not in {"bound", "default"} for word in call.keywords)
        )


def variable(machine: Machine, scope: Scope, expression: facts.Expression) -> TypeParameter | None:
    """The `TypeVar` that a name stands for."""
    found = target(machine, scope, expression)
    if not isinstance(found, AssignedTarget) or not isinstance(found.expression, facts.Call):
        return None
    inner = scope.elsewhere(found.module, expression.at, owner=found.owner, closure=found.closure)
    maker = target(machine, inner, found.expression.callee)
    if not isinstance(maker, LibraryTarget) or maker.path not in VARIABLES:
        return None
    return TypeParameter(key=found.symbol, call=found.expression, scope=inner)


def type_parameters(machine: Machine, of: ClassValue) -> tuple[TypeParameter, ...]:
    """The parameters in the order in which `Class[…]` gives them."""
    if of.definition.type_parameters:
        return tuple(TypeParameter(key=name) for name in of.definition.type_parameters)
    mentioned: dict[str, TypeParameter] = {}
    for base in bases(machine, of):
        found = {
            parameter.key: parameter
            for argument in base.arguments
            for parameter in variables(machine, base.scope, argument)
        }
        if base.path in DECLARING and found:
            return tuple(found.values())
        mentioned |= {key: value for key, value in found.items() if key not in mentioned}
    return tuple(mentioned.values())


def variables(
    machine: Machine, scope: Scope, expression: facts.Expression, depth: int = 8
) -> list[TypeParameter]:
    """The `TypeVar`s in an annotation, in order."""
    match expression:
        case facts.Name() | facts.Attribute():
            found = variable(machine, scope, expression)
            return [] if found is None else [found]
        case facts.Subscript() if depth:
            return [
                parameter
                for argument in listed(expression.index)
                for parameter in variables(machine, scope, argument, depth - 1)
            ]
        case facts.Binary() if depth:
            left = variables(machine, scope, expression.left, depth - 1)
            return left + variables(machine, scope, expression.right, depth - 1)
        case _:
            return []
