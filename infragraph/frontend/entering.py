"""Entering: the activation that a call leads to, which runs if it is new."""

from collections.abc import Mapping

from infragraph.frontend.activation import Activation, Context
from infragraph.frontend.binding import bind
from infragraph.frontend.contexts import distinctive, general
from infragraph.frontend.library import Argument
from infragraph.frontend.machine import Machine
from infragraph.frontend.values import (
    BoundMethod,
    Code,
    ConstantValue,
    EnumMember,
    FunctionValue,
    Instance,
    Partial,
    Value,
    Values,
)

CONTEXT_LIMIT = 64
"""Contexts that one function is followed in; as many again tell constants apart."""


def enter(
    machine: Machine, function: FunctionValue, bound: Mapping[str, Values]
) -> Activation | None:
    """The activation for these arguments; None where the function is called in too many ways."""
    code = function.code
    told_apart = _constants(code, bound)
    if told_apart:
        context = (*told_apart, *_context(machine, code, bound, is_strict=False))
        activation = _activation(machine, function, context, machine.constant_contexts)
        if activation is not None:
            return _given(machine, activation, bound)
    for is_strict in (False, True):
        context = _context(machine, code, bound, is_strict=is_strict)
        activation = _activation(machine, function, context, machine.contexts)
        if activation is not None:
            return _given(machine, activation, bound)
    return None


def _activation(
    machine: Machine, function: FunctionValue, context: Context, counts: dict[Code, int]
) -> Activation | None:
    """The one for a context, a new one while there are few."""
    code = function.code
    key = (code, function, context)
    activation = machine.activations.get(key)
    if activation is None and counts.get(code, 0) < CONTEXT_LIMIT:
        counts[code] = counts.get(code, 0) + 1
        activation = Activation(code.module, code, function, context)
        machine.activations[key] = activation
    return activation


def _given(machine: Machine, activation: Activation, bound: Mapping[str, Values]) -> Activation:
    for name, values in bound.items():
        machine.write(("parameter", activation, name), values)
    if activation.runs == 0:
        machine.start(activation)
    return activation


def _constants(code: Code, bound: Mapping[str, Values]) -> Context:
    """The constants by which two calls differ, where the function chooses something by them."""
    constant = [
        (name, values)
        for name, values in bound.items()
        if values and CONSTANT.issuperset(map(type, values))
    ]
    # Most calls give none, so that what the function mentions need not be known.
    return tuple(sorted(given for given in constant if given[0] in code.mentions.selecting))


CONSTANT: frozenset[type[object]] = frozenset({ConstantValue, EnumMember})


def _context(
    machine: Machine, code: Code, bound: Mapping[str, Values], *, is_strict: bool
) -> Context:
    found: list[tuple[str, Values]] = []
    for name, values in sorted(bound.items()):
        if code.is_initializer and name == code.function.parameters[0].name:
            # An object that is being made holds nothing yet: its class alone tells it apart.
            kept = frozenset(general(value) for value in values if isinstance(value, Instance))
        else:
            kept = distinctive(machine, values, is_strict=is_strict)
        if kept:
            found.append((name, kept))
    return tuple(found)


def opened(machine: Machine, value: Value) -> Activation | None:
    """The activation of a function whose callers are not known, such as a handler or a callback."""
    match value:
        case FunctionValue():
            return enter(machine, value, bind(machine, value, (), is_lenient=True))
        case BoundMethod():
            first = Argument(frozenset((value.receiver,)), value.function.code.place)
            bound = bind(machine, value.function, (first,), is_lenient=True)
            return enter(machine, value.function, bound)
        case Partial():
            return _opened_partial(machine, value)
        case _:
            return None


def _opened_partial(machine: Machine, value: Partial) -> Activation | None:
    """The same for a partial, whose first arguments are known."""
    function = value.callee
    first: tuple[Values, ...] = ()
    if isinstance(function, BoundMethod):
        first = (frozenset((function.receiver,)),)
        function = function.function
    if not isinstance(function, FunctionValue):
        return None
    place = function.code.place
    positional = tuple(Argument(values, place) for values in (*first, *value.positional))
    named = tuple(Argument(values, place, name=name) for name, values in value.keywords)
    return enter(machine, function, bind(machine, function, (*positional, *named), is_lenient=True))
