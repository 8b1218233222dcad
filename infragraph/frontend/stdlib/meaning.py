"""What a function of the standard library means, and the parts that such meanings share."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from infragraph.frontend import items, iteration
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument, LibraryCall
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    ConstantValue,
    ContainerKind,
    Opaque,
    TupleValue,
    Values,
)

Meaning: TypeAlias = Callable[[Frame, LibraryCall], Values]
Meanings: TypeAlias = Mapping[str, Meaning]


def row(values: Values) -> Values:
    """An iterable of values whose number is not known."""
    return frozenset((TupleValue((), values),))


def positional(call: LibraryCall) -> tuple[Argument, ...]:
    return tuple(argument for argument in call.arguments if argument.name is None)


def argument(call: LibraryCall, index: int, *names: str) -> Values:
    """An argument by its position, else by one of its names."""
    found = call.positional(index) if index >= 0 else NOTHING
    return found or NOTHING.union(*(call.keyword(name) for name in names))


def items_of(frame: Frame, argument: Argument) -> Values:
    """What iterating over an argument gives; with `*` before it, over each of its elements."""
    values = iteration.iterated(frame, argument.values, argument.place)
    return iteration.iterated(frame, values, argument.place) if argument.star == "*" else values


def container(frame: Frame, call: LibraryCall, kind: ContainerKind, values: Values) -> Values:
    """A new container that holds `values`, where each stands not being known."""
    made = frame.machine.container(kind, call.place, frame.activation)
    items.put(frame, made, None, values)
    return frozenset((made,))


def boxed(frame: Frame, call: LibraryCall, values: Values) -> Values:
    """A box around what may matter; without that, no more than what is known."""
    if all(isinstance(value, Opaque | ConstantValue) for value in values):
        return values or UNKNOWN
    return container(frame, call, "box", values)
