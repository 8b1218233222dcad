"""Decorators that make something else of a function than a method."""

from infragraph.frontend import classes
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import LibraryCall
from infragraph.frontend.stdlib.meaning import Meaning, Meanings
from infragraph.frontend.values import FunctionValue, Role, Values


def _made(role: Role) -> Meaning:
    def apply(frame: Frame, call: LibraryCall) -> Values:
        return frozenset(
            classes.in_role(frame.machine, value, role)
            if isinstance(value, FunctionValue)
            else value
            for value in call.positional(0)
        )

    return apply


def _setter(frame: Frame, call: LibraryCall) -> Values:
    """`@name.setter`: the property stays, and assigning runs the function."""
    for function in call.positional(1):
        if isinstance(function, FunctionValue) and function.owner is not None:
            key = ("setter", function.owner, function.code.function.name)
            frame.machine.write(key, frozenset((function,)))
    return call.positional(0)


def _property(_frame: Frame, call: LibraryCall) -> Values:
    """`@name.deleter` leaves the property as it is."""
    return call.positional(0)


FUNCTIONS: Meanings = {
    "abc.abstractproperty": _made("property"),
    "builtins.classmethod": _made("class"),
    "builtins.property": _made("property"),
    "builtins.staticmethod": _made("static"),
    "contextlib.asynccontextmanager": _made("context"),
    "contextlib.contextmanager": _made("context"),
    "functools.cached_property": _made("property"),
    "property.deleter()": _property,
    "property.getter()": _property,
    "property.setter()": _setter,
}
