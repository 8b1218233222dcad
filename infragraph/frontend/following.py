"""Following: what a call of one of the application's functions gives."""

from infragraph.frontend import annotations
from infragraph.frontend.binding import bind
from infragraph.frontend.entering import CONTEXT_LIMIT, enter
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument
from infragraph.frontend.machine import Machine
from infragraph.frontend.relevance import is_relevant, matters
from infragraph.frontend.steps import Call, Doubt
from infragraph.frontend.suspects import has_verb, is_suspect
from infragraph.frontend.values import (
    UNKNOWN,
    BoundMethod,
    ConstantValue,
    FunctionValue,
    GeneratorValue,
    Opaque,
    Place,
    Value,
    Values,
    literal,
)


def follow(
    frame: Frame,
    function: FunctionValue,
    arguments: tuple[Argument, ...],
    place: Place,
) -> Values:
    """Follow a call into a function of the application, if that can lead to a resource."""
    machine = frame.machine
    if not _is_followed(machine, function, arguments):
        result = Opaque("it is the result of a call", place)
        code = function.code
        if not machine.read(("given", result)):
            typed = frozenset((result,))
            return annotations.completed(machine, code.module, code.function.returns, typed)
        # What is made here is given a resource later: it has to be known after all.
        machine.write(("followed", result), UNKNOWN)
    bound = bind(machine, function, arguments)
    activation = enter(machine, function, bound)
    if activation is None:
        doubtful = [
            argument
            for argument in arguments
            if any(matters(machine, value, is_strict=True) for value in argument.values)
        ]
        if doubtful:
            frame.record(
                Doubt(
                    function.code.function.name,
                    f"'{function.code.symbol}' is called in more than {CONTEXT_LIMIT} ways",
                    place,
                )
            )
        return UNKNOWN
    frame.record(Call(activation, place, frame.state.writes))
    frame.state.writes |= machine.writes_of(activation)
    if function.code.function.is_generator:
        return frozenset((GeneratorValue(activation, function.role == "context"),))
    returned = machine.read(("return", activation))
    return annotations.completed(
        machine,
        function.code.module,
        function.code.function.returns,
        _without_constants(returned, place),
    )


def _is_followed(
    machine: Machine, function: FunctionValue, arguments: tuple[Argument, ...]
) -> bool:
    """Whether a call can lead to a resource, or gives a function that may be given one."""
    code = function.code
    # What an object is given to hold may be relevant later, and so may what a function gives back.
    if code.is_initializer or code.makes_functions or is_relevant(machine, function):
        return True
    given = [value for argument in arguments for value in argument.values]
    if any(matters(machine, value, is_strict=False) for value in given):
        return True
    if not has_verb(machine, function):
        return False
    loose = {literal(name) for name in function.code.mentions.attributes}
    return bool(loose & machine.read(("loose",))) or any(
        is_suspect(machine, value) for value in given
    )


def returned_type(frame: Frame, function: Value | None) -> Values:
    """What the annotation of a function says it returns, without following it."""
    if isinstance(function, BoundMethod):
        function = function.function
    if not isinstance(function, FunctionValue):
        return UNKNOWN
    code = function.code
    return (
        annotations.completed(frame.machine, code.module, code.function.returns, UNKNOWN) or UNKNOWN
    )


def _without_constants(values: Values, place: Place) -> Values:
    """Results of calls are never constant, so that what must be constant is so by its own text."""
    if any(isinstance(value, ConstantValue) for value in values):
        kept = frozenset(value for value in values if not isinstance(value, ConstantValue))
        return kept | {Opaque("it is the result of a call", place)}
    return values
