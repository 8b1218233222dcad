"""What code that was not read is given: a resource may come out of it again."""

from collections.abc import Iterable, Iterator

from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument
from infragraph.frontend.machine import Machine
from infragraph.frontend.relevance import matters
from infragraph.frontend.values import (
    NOTHING,
    Container,
    Declared,
    Handle,
    Instance,
    LibraryValue,
    Member,
    Opaque,
    Place,
    RecordValue,
    Super,
    TupleValue,
    Value,
    Values,
    literal,
)
from infragraph.frontend.writing import written
from infragraph.model import facts

REACH = 3
"""How deep what holds a resource is looked into for the resource's kind."""

INERT = frozenset({"made", "service"})
"""What is declared and has no verbs of its own."""


def outcome(
    frame: Frame,
    callee: Value,
    arguments: Iterable[Argument],
    place: Place,
    expression: facts.Expression | None,
) -> Opaque:
    """What a call gives that was not read; tracked where it was given a resource."""
    machine = frame.machine
    made_by = callee.path if isinstance(callee, LibraryValue) else ""
    given = [value for argument in arguments for value in argument.values]
    suspects = [value for value in given if is_resource(machine, value)]
    if not suspects:
        origin = place if expression is not None else None
        return Opaque("it is the result of a call", origin, made_by=made_by)
    name = called(callee, expression)
    reason = f"it comes out of '{name}', to which {named(machine, suspects)} was given"
    holder = held_by(callee)
    if holder is not None:
        machine.write(("given", holder), frozenset((literal(reason),)))
        machine.write(("fields", holder), frozenset(suspects))
    is_typed = all(isinstance(value, Opaque) and value.is_typed for value in suspects)
    return Opaque(reason, place, is_tracked=True, is_broad=True, is_typed=is_typed, made_by=made_by)


def suspected(machine: Machine, value: Value) -> Opaque | None:
    """What comes out of an object that was given a resource."""
    if machine.read(("followed", value)):
        return None
    reasons = sorted(str(reason) for reason in _texts(machine.read(("given", value))))
    origin = value.origin if isinstance(value, Opaque) else None
    return Opaque(reasons[0], origin, is_tracked=True, is_broad=True) if reasons else None


def note_loose(machine: Machine, name: str, values: Values) -> None:
    """Take note that an attribute of an object that was not read is given a resource."""
    suspects = [value for value in values if is_resource(machine, value)]
    if suspects:
        given = named(machine, suspects)
        reason = f"{given} was assigned to an attribute '{name}' of an object that was not read"
        machine.write(("loose", name), frozenset((literal(reason),)))
        machine.write(("loose",), frozenset((literal(name),)))


def loose(machine: Machine, name: str, place: Place) -> Values:
    """What an attribute of an object that was not read may be, since such a one was assigned."""
    reasons = sorted(str(reason) for reason in _texts(machine.read(("loose", name))))
    if not reasons:
        return NOTHING
    return frozenset((Opaque(reasons[0], place, is_tracked=True, is_broad=True),))


def _texts(values: Values) -> Iterator[object]:
    for value in values:
        yield getattr(value, "value", value)


def held_by(callee: Value) -> Value | None:
    """The object whose method is called, which keeps what it is given."""
    if not isinstance(callee, Member):
        return None
    receiver = callee.receiver
    if isinstance(receiver, Super):
        return receiver.receiver
    is_known = isinstance(receiver, Opaque) and receiver.origin is not None
    return receiver if is_known else None


def called(callee: Value, expression: facts.Expression | None) -> str:
    """The name of what is called: that of the library, else as source writes it."""
    if isinstance(callee, LibraryValue):
        return callee.path.removeprefix("builtins.")
    if isinstance(expression, facts.Call):
        return written(expression.callee)
    return callee.name if isinstance(callee, Member) else "a call"


def is_resource(machine: Machine, value: Value) -> bool:
    """Whether a resource is what is given, or is held in it."""
    match value:
        case Declared():
            return value.handler is None and value.kind not in INERT
        case Opaque():
            return value.is_tracked
        case Container() | Instance() | TupleValue() | RecordValue() | Handle():
            return matters(machine, value, is_strict=True)
        case _:
            return False


def named(machine: Machine, values: Iterable[Value]) -> str:
    """The kind of resource among `values`, with its article."""
    kinds = sorted({kind for value in values for kind in _kinds(machine, value, REACH)})
    return f"a {kinds[0]}" if kinds else "what may be a resource"


def _kinds(machine: Machine, value: Value, reach: int) -> Iterator[str]:
    match value:
        case Declared() if is_resource(machine, value):
            yield value.kind
        case Handle():
            yield value.of.kind
        case Container() | Instance() | TupleValue() | RecordValue() if reach:
            for inner in _inner(machine, value):
                yield from _kinds(machine, inner, reach - 1)
        case _:
            return


def _inner(machine: Machine, value: Value) -> Values:
    match value:
        case Container():
            return machine.read(("item", value, None))
        case Instance():
            return machine.read(("fields", value))
        case TupleValue():
            return value.rest.union(*value.elements)
        case RecordValue():
            return value.rest.union(*(held for _, held in value.entries))
        case _:
            return NOTHING
