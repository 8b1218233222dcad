"""Escapes: functions handed to code that was not read, which may call them."""

from collections.abc import Iterator, Sequence

from infragraph.frontend.entering import opened
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument, Caller
from infragraph.frontend.machine import Machine
from infragraph.frontend.ordering import ordered
from infragraph.frontend.relevance import matters
from infragraph.frontend.steps import Call
from infragraph.frontend.values import (
    CALLABLE,
    UNKNOWN,
    BoundMethod,
    ClassValue,
    ConstantValue,
    Container,
    Declared,
    FunctionValue,
    Handle,
    Instance,
    LibraryValue,
    Member,
    ModuleValue,
    Opaque,
    Partial,
    Place,
    RecordValue,
    TupleValue,
    Value,
    Values,
)

_INERT: frozenset[type[object]] = frozenset(
    {ClassValue, ConstantValue, Instance, LibraryValue, ModuleValue, Opaque}
)
"""Values, the most frequent ones, that hold no function which unread code may call."""

REACH = 3
"""How deep what is handed over is looked into for functions."""


def hand_over(frame: Frame, arguments: tuple[Argument, ...], call: Caller) -> None:
    """Take note of what code that was not read may do with its arguments.

    A function is also tried with the arguments that stand behind it.
    """
    for index, argument in enumerate(arguments):
        following = tuple(one for one in arguments[index + 1 :] if not one.star)
        for value in ordered(argument.values):
            if type(value) in _INERT:
                continue
            for inner in _inside(frame.machine, value, REACH):
                _escape(frame, inner, argument.place, following if inner is value else (), call)


def _inside(machine: Machine, value: Value, reach: int) -> Iterator[Value]:
    """A value, or what is held in it."""
    held = _held(machine, value)
    if held is None:
        yield value
    elif reach > 1:
        for inner in ordered(held):
            yield from _inside(machine, inner, reach - 1)


def _held(machine: Machine, value: Value) -> Values | None:
    match value:
        case TupleValue():
            return value.rest.union(*value.elements)
        case RecordValue():
            return value.rest.union(*(held for _, held in value.entries))
        case Container():
            # It may be sorted, or emptied.
            machine.write(("moved", value), UNKNOWN)
            return machine.read(("item", value, None))
        case _:
            return None


def _escape(
    frame: Frame, value: Value, place: Place, following: Sequence[Argument], call: Caller
) -> None:
    match value:
        case FunctionValue() | BoundMethod() | Partial():
            _escape_function(frame, value, place, following, call)
        case Declared() | Handle() | Member():
            for library in frame.machine.libraries:
                if library.passed(frame, value, place):
                    return
        case _:
            return


def _escape_function(
    frame: Frame, value: Value, place: Place, following: Sequence[Argument], call: Caller
) -> None:
    is_telling = any(
        matters(frame.machine, inner, is_strict=True)
        for argument in following
        for inner in argument.values
        if not isinstance(inner, CALLABLE)
    )
    if is_telling and _fits(value, following):
        call(frame, frozenset((value,)), tuple(following), place)
    elif is_mention(frame, value):
        is_opened = _open(frame, value, place, is_escape=True)
        if not is_opened and isinstance(value, Partial):
            call(frame, frozenset((value,)), (), place)


def _fits(value: Value, arguments: Sequence[Argument]) -> bool:
    """Whether a function takes as many arguments as stand behind it."""
    match value:
        case FunctionValue():
            taken = 0
            function = value.code.function
        case BoundMethod():
            taken = 1
            function = value.function.code.function
        case _:
            return True
    if any(parameter.kind == "variadic" for parameter in function.parameters):
        return True
    places = [p for p in function.parameters if p.kind in {"positional", "positional-only"}]
    return sum(argument.name is None for argument in arguments) <= len(places) - taken


def mention(frame: Frame, value: Value, place: Place) -> None:
    """A function that is named counts as called, with arguments that nobody knows."""
    if is_mention(frame, value):
        _open(frame, value, place, is_escape=False)


def is_mention(frame: Frame, value: Value) -> bool:
    """Whether naming a value here counts.

    Not in the body of a module or class: a name in a table there is called where the table is used.
    """
    if frame.is_module_level or frame.body_class is not None or frame.is_handing_back:
        return False
    return matters(frame.machine, value, is_strict=False)


def _open(frame: Frame, value: Value, place: Place, *, is_escape: bool) -> bool:
    activation = opened(frame.machine, value)
    if activation is None:
        return False
    frame.record(Call(activation, place, frame.state.writes, is_mention=True, is_escape=is_escape))
    return True
