"""Calls: what a value gives when it is called."""

from collections.abc import Callable, Iterable, Mapping
from typing import cast

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
    if len(callees) == 1:
        (callee,) = callees
        return _result(frame, LibraryCall(callee, arguments, place, expression))
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


def _result(frame: Frame, request: LibraryCall) -> Values:
    return CALLED.get(type(request.callee), _of_unknown)(frame, request)


def _of_function(frame: Frame, request: LibraryCall) -> Values:
    function = cast("FunctionValue", request.callee)
    return follow(frame, function, request.arguments, request.place)


def _of_method(frame: Frame, request: LibraryCall) -> Values:
    method = cast("BoundMethod", request.callee)
    receiver = Argument(frozenset((method.receiver,)), request.place)
    return follow(frame, method.function, (receiver, *request.arguments), request.place)


def _of_class(frame: Frame, request: LibraryCall) -> Values:
    of = cast("ClassValue", request.callee)
    return instantiate(frame, of, request.arguments, request.place, call)


def _of_partial(frame: Frame, request: LibraryCall) -> Values:
    partial = cast("Partial", request.callee)
    place, arguments = request.place, request.arguments
    first = tuple(Argument(values, place) for values in partial.positional)
    named = tuple(
        Argument(values, place, name=name)
        for name, values in partial.keywords
        if all(argument.name != name for argument in arguments)
    )
    inner = frozenset((partial.callee,))
    return call(frame, inner, (*first, *arguments, *named), place, request.expression)


def _of_object(frame: Frame, request: LibraryCall) -> Values:
    called = cast("Instance", request.callee)
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


CALLED: Mapping[type[object], Callable[[Frame, LibraryCall], Values]] = {
    FunctionValue: _of_function,
    BoundMethod: _of_method,
    Partial: _of_partial,
    ClassValue: _of_class,
    Instance: _of_object,
    LibraryValue: _of_library,
    Member: _of_library,
    Declared: _of_library,
    Handle: _of_library,
    EnumMember: _of_library,
    Container: _of_library,
}
"""What calling gives, by what is called; of all else nothing is known."""
