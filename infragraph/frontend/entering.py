"""Entering: the activation that a call leads to, which runs if it is new."""

from collections.abc import Mapping

from infragraph.frontend.activation import Activation
from infragraph.frontend.binding import bind
from infragraph.frontend.contexts import distinctive
from infragraph.frontend.library import Argument
from infragraph.frontend.machine import Machine
from infragraph.frontend.values import BoundMethod, FunctionValue, Partial, Value, Values

CONTEXT_LIMIT = 64
"""Contexts that one function is followed in."""


def enter(
    machine: Machine, function: FunctionValue, bound: Mapping[str, Values]
) -> Activation | None:
    """The activation for these arguments; None where the function is called in too many ways."""
    code = function.code
    for is_strict in (False, True):
        context = tuple(
            (name, kept)
            for name, values in sorted(bound.items())
            if (kept := distinctive(machine, values, is_strict=is_strict))
        )
        key = (code, function, context)
        activation = machine.activations.get(key)
        if activation is None and machine.contexts.get(code, 0) < CONTEXT_LIMIT:
            machine.contexts[code] = machine.contexts.get(code, 0) + 1
            activation = Activation(code.module, code, function, context)
            machine.activations[key] = activation
        if activation is not None:
            for name, values in bound.items():
                machine.write(("parameter", activation, name), values)
            if activation.runs == 0:
                machine.start(activation)
            return activation
    return None


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
