"""Constants in types: defaults, bounds and literals, as values that JSON can hold."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from infragraph.frontend import folding
from infragraph.frontend.machine import Machine
from infragraph.frontend.types.names import AssignedTarget, ClassTarget, LibraryTarget, target
from infragraph.frontend.types.scalars import scalar
from infragraph.frontend.types.scope import Scope
from infragraph.frontend.values import ClassValue, ConstantValue, literal
from infragraph.model import facts
from infragraph.model.graph import Property

DEPTH = 16
"""Names and displays followed from one expression."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant that JSON can hold; a tuple has become a list."""

    value: Property


def constant(  # noqa: PLR0911 - a line per form
    machine: Machine, scope: Scope, expression: facts.Expression, depth: int = DEPTH
) -> Constant | None:
    """The value of an expression, None where only running it would show."""
    if depth == 0 or not scope.unit.spend():
        return None
    match expression:
        case facts.Constant():
            return _plain(expression)
        case facts.Name() | facts.Attribute():
            return _named(machine, scope, expression, depth)
        case facts.Unary() | facts.Binary():
            return _computed(machine, scope, expression, depth)
        case facts.Sequence() if expression.kind != "set":
            return _sequence(machine, scope, expression, depth)
        case facts.Mapping():
            return _mapping(machine, scope, expression, depth)
        case facts.Call():
            return _made(machine, scope, expression, depth)
        case _:
            return None


def empty(path: str) -> Constant | None:
    """What a type of the standard library makes when it is called without arguments."""
    make = EMPTY.get(path)
    return None if make is None else Constant(make())


EMPTY: Mapping[str, Callable[[], Property]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    **dict.fromkeys(("list", "tuple", "set", "frozenset", "collections.deque"), list),
    **dict.fromkeys(("dict", "collections.OrderedDict", "collections.Counter"), dict),
}


def member_value(
    machine: Machine, scope: Scope, of: ClassValue, name: str, depth: int = DEPTH
) -> Constant | None:
    """The value of an enum's member where it is written as a constant."""
    for statement in of.definition.body:
        if isinstance(statement, facts.Assign) and any(
            isinstance(written, facts.Name) and written.id == name for written in statement.targets
        ):
            inner = scope.elsewhere(of.module, statement.at, owner=of, closure=of.closure)
            return constant(machine, inner, statement.value, depth - 1)
    return None


def text(found: Constant | None) -> str | None:
    return found.value if found is not None and isinstance(found.value, str) else None


def _plain(expression: facts.Constant) -> Constant | None:
    value = expression.value
    if expression.is_ellipsis or isinstance(value, bytes | complex):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return Constant(value)


def _named(
    machine: Machine, scope: Scope, expression: facts.Name | facts.Attribute, depth: int
) -> Constant | None:
    if isinstance(expression, facts.Attribute):
        holder = target(machine, scope, expression.value)
        if isinstance(holder, ClassTarget):
            found = member_value(machine, scope, holder.of, expression.name, depth - 1)
            if found is not None:
                return found
        if expression.name == "value" and isinstance(expression.value, facts.Attribute):
            return _named(machine, scope, expression.value, depth - 1)
    found_target = target(machine, scope, expression)
    if not isinstance(found_target, AssignedTarget):
        return None
    inner = scope.elsewhere(
        found_target.module,
        expression.at,
        owner=found_target.owner,
        closure=found_target.closure,
    )
    return constant(machine, inner, found_target.expression, depth - 1)


def _computed(
    machine: Machine, scope: Scope, expression: facts.Unary | facts.Binary, depth: int
) -> Constant | None:
    match expression:
        case facts.Unary():
            operand = constant(machine, scope, expression.operand, depth - 1)
            if operand is None or not isinstance(operand.value, int | float):
                return None
            if expression.operator == "-":
                return Constant(-operand.value)
            return operand if expression.operator == "+" else None
        case facts.Binary():
            left = constant(machine, scope, expression.left, depth - 1)
            right = constant(machine, scope, expression.right, depth - 1)
            if left is None or right is None or not _folds(left) or not _folds(right):
                return None
            folded = folding.binary(
                expression.operator,
                frozenset((literal(left.value),)),
                frozenset((literal(right.value),)),
            )
            values = [value.value for value in folded if isinstance(value, ConstantValue)]
            value = values[0] if len(values) == 1 == len(folded) else None
            return Constant(value) if isinstance(value, str | int | float) else None


def _folds(operand: Constant) -> bool:
    return isinstance(operand.value, str | int | float)


def _made(machine: Machine, scope: Scope, call: facts.Call, depth: int) -> Constant | None:
    made = target(machine, scope, call.callee)
    if not isinstance(made, LibraryTarget):
        return None
    if not call.arguments and not call.keywords:
        return empty(made.path)
    arguments = [constant(machine, scope, one, depth - 1) for one in call.arguments]
    named = {word.name: constant(machine, scope, word.value, depth - 1) for word in call.keywords}
    found = scalar(
        made.path,
        [one.value for one in arguments if one is not None],
        {name: one.value for name, one in named.items() if name and one is not None},
    )
    is_known = None not in arguments and None not in named.values() and None not in named
    return Constant(found) if is_known and found is not None else None


def _sequence(
    machine: Machine, scope: Scope, expression: facts.Sequence, depth: int
) -> Constant | None:
    values: list[Property] = []
    for element in expression.elements:
        value = constant(machine, scope, element, depth - 1)
        if value is None:
            return None
        values.append(value.value)
    return Constant(values)


def _mapping(
    machine: Machine, scope: Scope, expression: facts.Mapping, depth: int
) -> Constant | None:
    entries: dict[str, Property] = {}
    for key, value in zip(expression.keys, expression.values, strict=True):
        name = None if key is None else constant(machine, scope, key, depth - 1)
        held = constant(machine, scope, value, depth - 1)
        if held is None or name is None or not isinstance(name.value, str):
            return None
        entries[name.value] = held.value
    return Constant(entries)
