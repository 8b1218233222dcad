"""Services: their decorators, and the endpoints that these make."""

from dataclasses import replace

from infragraph.dialects.sdk.declaring import declare
from infragraph.dialects.sdk.names import DIRECT, METHODS
from infragraph.dialects.sdk.owners import DECORATOR, called
from infragraph.frontend import calls, classes
from infragraph.frontend.following import returned_type
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import LibraryCall
from infragraph.frontend.steps import Use
from infragraph.frontend.values import (
    UNKNOWN,
    Declared,
    FunctionValue,
    Handle,
    Value,
    Values,
)


def call_service(frame: Frame, call: LibraryCall, owner: Declared, name: str) -> Values:
    if name in METHODS:
        made = declare(frame, call, METHODS[name], owner, method=name)
        return frozenset((Handle(made, f"{DECORATOR}{made.key}"),))
    if name in DIRECT:
        made = declare(frame, replace(call, arguments=()), DIRECT[name], owner)
        return apply(frame, call, made.key)
    if name == "mount":
        declare(frame, call, "mount", owner)
        calls.escape(frame, call.arguments[1:])
    return UNKNOWN


def apply(frame: Frame, call: LibraryCall, key: str) -> Values:
    """A decorator of a service meets what it decorates."""
    given = call.positional(0)
    declaration = frame.machine.declared.get(key)
    if declaration is None:
        return given
    functions = frozenset(_function_of(frame, value) for value in given)
    if not frame.is_typing:
        frame.machine.declared[key] = replace(declaration, handler=functions)
    if declaration.kind in {"endpoint", "auth_handler"}:
        return frozenset(Declared(key, declaration.kind, value) for value in functions) or given
    return given


def _function_of(frame: Frame, value: Value) -> Value:
    """What is called in the end: the function behind an endpoint that is decorated once more.

    A function of a class's body is no method to the service, which knows no object.
    """
    if isinstance(value, Declared) and value.handler is not None:
        return value.handler
    if isinstance(value, FunctionValue) and value.role == "plain" and value.owner is not None:
        return classes.in_role(frame.machine, value, "static")
    return value


def call_declared(frame: Frame, call: LibraryCall, callee: Declared) -> Values | None:
    if callee.kind == "auth_handler" and callee.handler is not None:
        return calls.call(frame, frozenset((callee.handler,)), call.arguments, call.place)
    if callee.kind != "endpoint":
        return None
    frame.record(Use(callee, "call", called(call, "call"), call.place, frame.state.writes))
    calls.escape(frame, call.arguments)
    return returned_type(frame, callee.handler)
