"""Binding: what each parameter of a function gets from the arguments of a call."""

from collections import deque
from dataclasses import dataclass

from infragraph.frontend import annotations
from infragraph.frontend.elements import elements
from infragraph.frontend.library import Argument
from infragraph.frontend.machine import Machine
from infragraph.frontend.ordering import ordered
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    ConstantValue,
    Container,
    FunctionValue,
    RecordValue,
    TupleValue,
    Values,
)
from infragraph.model import facts


def bind(
    machine: Machine,
    function: FunctionValue,
    arguments: tuple[Argument, ...],
    *,
    is_lenient: bool = False,
) -> dict[str, Values]:
    """Values by parameter, as Python binds them; what cannot be bound is left out.

    `is_lenient` where it is not known who calls, so that every parameter may be given something.
    """
    given = flattened(machine, arguments)
    bound: dict[str, Values] = {}
    for parameter in function.code.function.parameters:
        values = _taken(given, parameter)
        if parameter.kind not in {"variadic", "variadic-keyword"}:
            values = _completed(machine, function, parameter, values, is_lenient=is_lenient)
        if values is not None:
            bound[parameter.name] = values
    return bound


@dataclass(slots=True)
class Given:
    """Arguments that no parameter has taken yet; `spread` and `options` are of unknown number."""

    positional: deque[Values]
    spread: Values
    named: dict[str, Values]
    options: Values


def _taken(given: Given, parameter: facts.Parameter) -> Values | None:
    """What is left for a parameter; None where nothing is given."""
    match parameter.kind:
        case "variadic":
            return frozenset((TupleValue(tuple(given.positional), given.spread),))
        case "variadic-keyword":
            return frozenset((RecordValue(tuple(sorted(given.named.items())), given.options),))
        case "positional" | "positional-only" if given.positional:
            return given.positional.popleft()
        case "positional" | "keyword-only" if parameter.name in given.named:
            return given.named.pop(parameter.name)
        case "keyword-only":
            return given.options or None
        case _:
            return given.spread or given.options or None


def _completed(
    machine: Machine,
    function: FunctionValue,
    parameter: facts.Parameter,
    given: Values | None,
    *,
    is_lenient: bool,
) -> Values:
    """Defaults where nothing was given, and what the annotation says where nothing is known."""
    values = given
    if values is None:
        values = machine.read(("default", function, parameter.name))
        if not values and not is_lenient and parameter.default is not None:
            values = UNKNOWN
    if given is not None and not given and not is_lenient:
        return given
    code = function.code
    values = values or UNKNOWN
    is_first = function.owner is not None and parameter is code.function.parameters[0]
    if not is_first or function.role == "static":
        return annotations.completed(machine, code.module, parameter.annotation, values)
    return values if given is not None else _receiver(function)


def _receiver(function: FunctionValue) -> Values:
    """Any `self` or `cls` of a method."""
    if function.owner is None:
        return UNKNOWN
    is_class = function.role == "class"
    return frozenset((function.owner if is_class else function.owner.object(None, None),))


def flattened(machine: Machine, arguments: tuple[Argument, ...]) -> Given:
    """Arguments as they arrive, `*` and `**` taken apart as far as is known what they hold."""
    given = Given(deque(), NOTHING, {}, NOTHING)
    for argument in arguments:
        match argument.star:
            case "*":
                _spread(machine, argument.values, given)
            case "**":
                _add_options(machine, argument.values, given)
            case _ if argument.name is not None:
                given.named[argument.name] = argument.values
            case _ if given.spread:
                given.spread |= argument.values
            case _:
                given.positional.append(argument.values)
    return given


def _spread(machine: Machine, values: Values, given: Given) -> None:
    exact = [value for value in values if isinstance(value, TupleValue)]
    is_exact = len(exact) == len(values) and not given.spread
    if is_exact and len({(len(value.elements), value.rest) for value in exact}) == 1:
        rows = zip(*(value.elements for value in exact), strict=True)
        given.positional.extend(NOTHING.union(*parts) for parts in rows)
        given.spread |= exact[0].rest
    else:
        given.spread |= elements(machine, values)


def _add_options(machine: Machine, values: Values, given: Given) -> None:
    for value in ordered(values):
        match value:
            case RecordValue():
                given.named.update(value.entries)
                given.options |= value.rest
            case Container():
                for key in ordered(machine.read(("keys", value))):
                    if isinstance(key, ConstantValue) and isinstance(key.value, str):
                        given.named[key.value] = machine.read(("item", value, key))
                given.options |= machine.read(("item", value, "?"))
            case _:
                given.options |= UNKNOWN
