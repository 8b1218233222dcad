"""Calls: what a value gives when it is called."""

from collections.abc import Iterable

from infragraph.frontend import classes
from infragraph.frontend.escaping import hand_over
from infragraph.frontend.following import follow
from infragraph.frontend.frame import Frame
from infragraph.frontend.given import outcome
from infragraph.frontend.instances import instantiate
from infragraph.frontend.library import Argument, LibraryCall
from infragraph.frontend.methods import bind_members
from infragraph.frontend.ordering import ordered
from infragraph.frontend.relevance import matters
from infragraph.frontend.values import (
    CALLABLE,
    NOTHING,
    UNKNOWN,
    BoundMethod,
    ClassValue,
    Container,
    Declared,
    EnumMember,
    FunctionValue,
    Handle,
    Instance,
    LibraryValue,
    Member,
    Opaque,
    Partial,
    Place,
    Value,
    Values,
)
from infragraph.model import facts


def call(
    frame: Frame,
    callees: Values,
    arguments: tuple[Argument, ...],
    place: Place,
    expression: facts.Expression | None = None,
) -> Values:
    """What calling any of `callees` gives."""
    result: set[Value] = set()
    for callee in ordered(callees):
        result |= _result(frame, LibraryCall(callee, arguments, place, expression))
    return frozenset(result)


def decorate(frame: Frame, decorators: Values, decorated: Argument, place: Place) -> Values:
    """What applying any of `decorators` gives."""
    result: set[Value] = set()
    for callee in ordered(decorators):
        result |= _result(frame, LibraryCall(callee, (decorated,), place, is_decorator=True))
    return frozenset(result)


def escape(frame: Frame, arguments: Iterable[Argument]) -> None:
    """Take note of the functions that are handed to code that was not read."""
    hand_over(frame, tuple(arguments), call)


def _result(  # noqa: PLR0911 - one return for each kind of value
    frame: Frame, request: LibraryCall
) -> Values:
    callee, arguments, place = request.callee, request.arguments, request.place
    match callee:
        case FunctionValue():
            return follow(frame, callee, arguments, place)
        case BoundMethod():
            receiver = Argument(frozenset((callee.receiver,)), place)
            return follow(frame, callee.function, (receiver, *arguments), place)
        case Partial():
            return _of_partial(frame, callee, request)
        case ClassValue():
            return instantiate(frame, callee, arguments, place, call)
        case Instance():
            return _of_object(frame, callee, request)
        case LibraryValue() | Member() | Declared() | Handle() | EnumMember() | Container():
            return _of_library(frame, request)
        case _:
            return _of_unknown(frame, request)


def _of_partial(frame: Frame, partial: Partial, request: LibraryCall) -> Values:
    place, arguments = request.place, request.arguments
    first = tuple(Argument(values, place) for values in partial.positional)
    named = tuple(
        Argument(values, place, name=name)
        for name, values in partial.keywords
        if all(argument.name != name for argument in arguments)
    )
    inner = frozenset((partial.callee,))
    return call(frame, inner, (*first, *arguments, *named), place, request.expression)


def _of_object(frame: Frame, called: Instance, request: LibraryCall) -> Values:
    found = classes.member(frame.machine, called.of, "__call__")
    if found is None:
        return UNKNOWN
    methods = bind_members(found[1], called)
    return call(frame, methods, request.arguments, request.place, request.expression)


def _of_library(frame: Frame, request: LibraryCall) -> Values:
    for library in frame.machine.libraries:
        result = library.call(frame, request)
        if result is not None:
            return result
    callee = request.callee
    given = (value for argument in request.arguments for value in argument.values)
    if isinstance(callee, LibraryValue) and any(matters(frame.machine, value) for value in given):
        frame.machine.demand(callee.path)
    escape(frame, request.arguments)
    return _of_unread(frame, request)


def _of_unknown(frame: Frame, request: LibraryCall) -> Values:
    escape(frame, request.arguments)
    if not isinstance(request.callee, Opaque):
        return UNKNOWN
    if request.callee.is_tracked:
        return frozenset((request.callee,))
    return _of_unread(frame, request)


def _of_unread(frame: Frame, request: LibraryCall) -> Values:
    """What code that was not read returns: unknown, or the one function it was given, wrapped."""
    plain = [one for one in request.arguments if one.name is None and not one.star]
    wrapped = NOTHING
    if len(plain) == 1:
        wrapped = frozenset(
            value for value in plain[0].values if isinstance(value, (*CALLABLE, Declared))
        )
    result = outcome(frame, request.callee, request.arguments, request.place, request.expression)
    return wrapped or frozenset((result,)) if result.is_tracked else wrapped | {result}
