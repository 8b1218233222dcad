"""Iterating and entering: what `for`, `with`, `await` and `case` bind."""

from infragraph.frontend import calls, classes
from infragraph.frontend.elements import as_tuples, elements
from infragraph.frontend.frame import Frame
from infragraph.frontend.given import suspected
from infragraph.frontend.library import Argument
from infragraph.frontend.machine import Machine
from infragraph.frontend.methods import bind_members
from infragraph.frontend.ordering import ordered
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    BoundMethod,
    Container,
    Declared,
    FunctionValue,
    GeneratorValue,
    Handle,
    Instance,
    Opaque,
    Partial,
    Place,
    RecordValue,
    TupleValue,
    Value,
    Values,
)

PATTERN_DEPTH = 4
"""How deep a pattern of `match` is taken to look into its subject."""


def iterated(frame: Frame, values: Values, place: Place) -> Values:
    """What a `for` loop binds, methods of the application's own iterators included."""
    machine = frame.machine
    values = as_tuples(machine, values)
    result: set[Value] = set()
    for value in ordered(values):
        suspect = suspected(machine, value) if isinstance(value, Opaque | Instance) else None
        if suspect is not None:
            result.add(suspect)
        if isinstance(value, Instance):
            result |= _of_instance(frame, value, place)
        else:
            result |= elements(machine, frozenset((value,)))
    return frozenset(result)


def spread(frame: Frame, values: Values, place: Place) -> Values:
    """What `*values` gives: objects of the application are asked, the rest is what it is."""
    objects = frozenset(value for value in values if isinstance(value, Instance))
    if not objects:
        return values
    return (values - objects) | {TupleValue((), iterated(frame, objects, place))}


def _of_instance(frame: Frame, value: Instance, place: Place) -> Values:
    machine = frame.machine
    result: Values = NOTHING
    found = False
    for name in ("__aiter__", "__iter__"):
        given = _asked(frame, value, name, (), place)
        if given is None:
            continue
        found = True
        result |= elements(machine, given - {value})
        if value in given:
            for step in ("__anext__", "__next__"):
                result |= _asked(frame, value, step, (), place) or NOTHING
    if found:
        return result
    container = classes.container_of(machine, value)
    if container is not None:
        return elements(machine, frozenset((container,)))
    by_index = _asked(frame, value, "__getitem__", (Argument(UNKNOWN, place),), place)
    return UNKNOWN if by_index is None else by_index


def _asked(
    frame: Frame, value: Instance, name: str, given: tuple[Argument, ...], place: Place
) -> Values | None:
    """What a special method gives; None where the class has none."""
    found = classes.member(frame.machine, value.of, name)
    if found is None:
        return None
    return calls.call(frame, bind_members(found[1], value), given, place)


def entered(frame: Frame, values: Values, place: Place) -> Values:
    """What `with value as target` binds."""
    machine = frame.machine
    result: set[Value] = set()
    for value in ordered(values):
        match value:
            case Instance():
                result |= _entered_object(frame, value, place)
            case GeneratorValue():
                result |= machine.read(("yield", value.activation))
            case Handle() | Container() | TupleValue():
                result.add(value)
            case Opaque():
                suspect = None if value.is_tracked else suspected(machine, value)
                result.add(suspect or value)
            case FunctionValue() | BoundMethod() | Partial() | Declared():
                result.add(value)
            case _:
                result |= UNKNOWN
    return frozenset(result)


def _entered_object(frame: Frame, value: Instance, place: Place) -> Values:
    result: Values = NOTHING
    found = False
    for name in ("__aenter__", "__enter__"):
        given = _asked(frame, value, name, (), place)
        if given is not None:
            found = True
            result |= given
    for name in ("__aexit__", "__exit__"):
        _asked(frame, value, name, (Argument(UNKNOWN, place),) * 3, place)
    # A base class of a library, such as `AbstractContextManager`, gives back the object itself.
    is_derived = not found and bool(classes.library_bases(frame.machine, value.of))
    return frozenset((value,)) if is_derived else result


def awaited(machine: Machine, values: Values) -> Values:
    """What `await` gives: what a task or a future holds."""
    return NOTHING.union(
        *(
            machine.read(("item", value, None))
            if isinstance(value, Container) and value.kind == "box"
            else frozenset((value,))
            for value in values
        )
    )


def inside(machine: Machine, values: Values) -> Values:
    """What a pattern may bind within its subject, at any depth that patterns have."""
    found: Values = NOTHING
    waiting = values
    for _ in range(PATTERN_DEPTH):
        waiting = NOTHING.union(*(_parts(machine, value) for value in waiting)) - found
        found |= waiting
    return found or UNKNOWN


def _parts(machine: Machine, value: Value) -> Values:
    match value:
        case Container():
            # A dict itself stands for what `**rest` binds.
            rest = machine.read(("keys", value)) | {value} if value.kind == "dict" else NOTHING
            return machine.read(("item", value, None)) | rest
        case TupleValue():
            every = value.rest.union(*value.elements)
            return every | {TupleValue((), every)}
        case RecordValue():
            return value.rest.union(*(held for _, held in value.entries))
        case Instance():
            return machine.read(("fields", value))
        case Opaque() if value.is_tracked:
            return frozenset((value,))
        case _:
            return NOTHING
