"""Items: what `value[index]` may be, and what a container keeps under an index."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from infragraph.frontend import attributes, calls, classes
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
    ClassValue,
    ConstantValue,
    Container,
    EnumMember,
    FunctionValue,
    Instance,
    LibraryValue,
    Member,
    ModuleValue,
    Opaque,
    Place,
    RecordValue,
    TupleValue,
    Value,
    Values,
    literal,
)
from infragraph.model import facts

ENVIRONMENTS = frozenset({"os.environ", "builtins.environ"})

ANY_KEY = "?"
"""What a container keeps under keys that are not constant."""


@dataclass(frozen=True, slots=True)
class _Index:
    """An index: all that it may be, and the constants among that."""

    values: Values
    keys: tuple[ConstantValue | EnumMember, ...]
    place: Place

    @property
    def is_exact(self) -> bool:
        return bool(self.keys) and len(self.keys) == len(self.values)

    def texts(self) -> list[str]:
        found = (key.value for key in self.keys if isinstance(key, ConstantValue))
        return [text for text in found if isinstance(text, str)]


def item(frame: Frame, values: Values, index: Values, place: Place) -> Values:
    """What `value[index]` may be."""
    keys = tuple(key for key in ordered(index) if isinstance(key, ConstantValue | EnumMember))
    wanted = _Index(index, keys, place)
    result: set[Value] = set()
    for value in ordered(as_tuples(frame.machine, values)):
        read = READERS.get(type(value))
        result |= UNKNOWN if read is None else read(frame, value, wanted)
    return frozenset(result)


def is_indexed(machine: Machine, value: ClassValue) -> bool:
    """Whether the index of a class is looked up when the program runs, and is no type."""
    if classes.enum_base(machine, value) is not None:
        return True
    return classes.member(machine, value, "__class_getitem__") is not None


def _of_tuple(_frame: Frame, value: TupleValue, index: _Index) -> Values:
    result: Values = NOTHING
    for key in index.keys if index.is_exact else ():
        position = key.value if isinstance(key, ConstantValue) else None
        size = len(value.elements)
        if isinstance(position, int) and -size <= position < size:
            result |= value.elements[position]
    if not index.is_exact or value.rest:
        result |= value.rest.union(*value.elements)
    return result


def _of_container(frame: Frame, value: Container, index: _Index) -> Values:
    machine = frame.machine
    if not index.is_exact or not (value.kind != "list" or _has_positions(machine, value)):
        return machine.read(("item", value, None)) | _missing(frame, value, ANY_KEY, index.place)
    result = machine.read(("item", value, ANY_KEY))
    for key in index.keys:
        found = machine.read(("item", value, _from_start(machine, value, key)))
        result |= found
        # What a factory gave may have to be known better after all.
        if all(isinstance(one, Opaque) for one in found):
            result |= _missing(frame, value, key, index.place)
    return result


def _missing(frame: Frame, value: Container, key: Value | str, place: Place) -> Values:
    """What a `defaultdict` makes where it holds nothing yet."""
    machine = frame.machine
    factory = machine.read(("factory", value))
    if not factory:
        return NOTHING
    if key == ANY_KEY and machine.read(("item", value, ANY_KEY)):
        return NOTHING
    made = calls.call(frame, factory, (), place)
    put(frame, value, UNKNOWN if isinstance(key, str) else frozenset((key,)), made)
    return made


def _of_record(_frame: Frame, value: RecordValue, index: _Index) -> Values:
    entries = dict(value.entries)
    if not index.is_exact:
        return value.rest.union(*entries.values())
    return NOTHING.union(*(entries.get(text, value.rest) for text in index.texts()))


def _of_class(frame: Frame, value: ClassValue, index: _Index) -> Values:
    """A member of an enum by its name; the index of any other class is that of its type."""
    machine = frame.machine
    found = classes.member(machine, value, "__class_getitem__")
    if found is not None:
        methods = frozenset(
            BoundMethod(value, one) if isinstance(one, FunctionValue) else one for one in found[1]
        )
        return calls.call(frame, methods, (Argument(index.values, index.place),), index.place)
    if classes.enum_base(machine, value) is None:
        return frozenset((value,))
    if not index.is_exact:
        return classes.enum_members(machine, value)
    return NOTHING.union(*(classes.own(machine, value, text) for text in index.texts()))


def _of_instance(frame: Frame, value: Instance, index: _Index) -> Values:
    machine = frame.machine
    found = classes.member(machine, value.of, "__getitem__")
    if found is not None:
        methods = bind_members(found[1], value)
        return calls.call(frame, methods, (Argument(index.values, index.place),), index.place)
    container = classes.container_of(machine, value)
    if container is not None:
        return _of_container(frame, container, index) | _by_missing(frame, value, index)
    suspect = suspected(machine, value)
    return UNKNOWN if suspect is None else frozenset((suspect,))


def _by_missing(frame: Frame, value: Instance, index: _Index) -> Values:
    """What a dict of the application makes in its `__missing__`."""
    found = classes.member(frame.machine, value.of, "__missing__")
    if found is None:
        return NOTHING
    methods = bind_members(found[1], value)
    return calls.call(frame, methods, (Argument(index.values, index.place),), index.place)


def _of_opaque(frame: Frame, value: Opaque, _index: _Index) -> Values:
    suspect = None if value.is_tracked else suspected(frame.machine, value)
    return frozenset((suspect or value,))


def _of_library(_frame: Frame, value: LibraryValue, index: _Index) -> Values:
    if value.path in ENVIRONMENTS:
        return frozenset((Opaque("it is read from the environment", index.place),))
    return UNKNOWN


def _of_names(frame: Frame, value: ModuleValue | Member, index: _Index) -> Values:
    """`globals()[name]`, and `vars(value)[name]` of anything."""
    if isinstance(value, Member) and value.name != "__dict__":
        receiver = value.receiver
        is_tracked = isinstance(receiver, Opaque) and receiver.is_tracked
        return frozenset((receiver,)) if is_tracked else UNKNOWN
    holder = value.receiver if isinstance(value, Member) else value
    result: Values = NOTHING
    for text in index.texts():
        result |= attributes.attribute(frame, frozenset((holder,)), text, index.place)
    if not index.is_exact:
        reason = "the name is not a constant"
        is_broad = isinstance(holder, Opaque)
        result |= {Opaque(reason, index.place, is_tracked=True, is_broad=is_broad)}
    return result


READERS: Mapping[type[object], Callable[[Frame, Any, _Index], Values]] = {
    TupleValue: _of_tuple,
    Container: _of_container,
    RecordValue: _of_record,
    ClassValue: _of_class,
    Instance: _of_instance,
    Opaque: _of_opaque,
    LibraryValue: _of_library,
    ModuleValue: _of_names,
    Member: _of_names,
}


def _has_positions(machine: Machine, container: Container) -> bool:
    """Whether a list still holds what its display says, where the display says it."""
    display = machine.displays.get(container)
    return (
        container.kind == "list"
        and isinstance(display, facts.Sequence)
        and not any(isinstance(element, facts.Starred) for element in display.elements)
        and not machine.read(("moved", container))
    )


def _from_start(machine: Machine, container: Container, key: Value) -> Value:
    """A negative index of a list, counted from its start."""
    display = machine.displays.get(container)
    if isinstance(display, facts.Sequence) and isinstance(key, ConstantValue):
        index = key.value
        if isinstance(index, int) and index < 0:
            return literal(len(display.elements) + index)
    return key


def sliced(frame: Frame, values: Values, bounds: tuple[Values, ...], place: Place) -> Values:
    """What `value[start:stop:step]` may be; `bounds` are the three, each perhaps not known."""
    machine = frame.machine
    cut = _slice(bounds)
    result: set[Value] = set()
    for value in ordered(as_tuples(machine, values)):
        match value:
            case TupleValue() | Container():
                row = _row(machine, value)
                if cut is None or row is None:
                    every = elements(machine, frozenset((value,)))
                    result.add(TupleValue((), every))
                else:
                    result.add(TupleValue(row[cut]))
            case Instance():
                result |= item(frame, frozenset((value,)), UNKNOWN, place)
            case Opaque():
                result |= _of_opaque(frame, value, _Index(UNKNOWN, (), place))
            case _:
                result |= UNKNOWN
    return frozenset(result)


def _slice(bounds: tuple[Values, ...]) -> slice | None:
    found: list[int | None] = []
    for values in bounds:
        value = next(iter(values), None) if len(values) == 1 else None
        if not isinstance(value, ConstantValue) or not isinstance(value.value, int | None):
            return None
        found.append(value.value)
    return None if found[2] == 0 else slice(*found)


def elements_in_order(machine: Machine, value: Value) -> tuple[Values, ...] | None:
    """The elements of a tuple or list, where their order is known."""
    return _row(machine, value) if isinstance(value, TupleValue | Container) else None


def _row(machine: Machine, value: TupleValue | Container) -> tuple[Values, ...] | None:
    """The elements of a sequence in their order, where that is known."""
    if isinstance(value, TupleValue):
        return None if value.rest else value.elements
    display = machine.displays.get(value)
    if not _has_positions(machine, value) or not isinstance(display, facts.Sequence):
        return None
    count = len(display.elements)
    return tuple(machine.read(("item", value, literal(index))) for index in range(count))


# --- keeping -------------------------------------------------------------------------------------


def set_item(frame: Frame, values: Values, index: Values, stored: Values, place: Place) -> None:
    """Bind `value[index]`."""
    for value in ordered(values):
        match value:
            case Container():
                put(frame, value, index, stored)
            case Instance():
                _set_item_of(frame, value, index, stored, place)
            case ModuleValue() | Member():
                _set_name(frame, value, index, stored)
            case _:
                continue


def _set_item_of(
    frame: Frame, value: Instance, index: Values, stored: Values, place: Place
) -> None:
    machine = frame.machine
    found = classes.member(machine, value.of, "__setitem__")
    if found is not None:
        arguments = (Argument(index, place), Argument(stored, place))
        calls.call(frame, bind_members(found[1], value), arguments, place)
        return
    for holder in dict.fromkeys((value, value.of.object(None, None))):
        container = classes.container_of(machine, holder)
        if container is not None:
            put(frame, container, index, stored)


def _set_name(frame: Frame, value: ModuleValue | Member, index: Values, stored: Values) -> None:
    """`globals()[name] = stored`."""
    holder = value.receiver if isinstance(value, Member) and value.name == "__dict__" else value
    for key in ordered(index):
        if isinstance(key, ConstantValue) and isinstance(key.value, str):
            attributes.assign(frame, frozenset((holder,)), key.value, stored)


def put(frame: Frame, container: Container, index: Values | None, stored: Values) -> None:
    """Keep a value in a container, under its key where that is constant."""
    if index is not None:
        fill(frame, container, [(index, stored)])
        return
    frame.machine.write(("item", container, None), stored)
    frame.machine.write(("moved", container), UNKNOWN)


def fill(
    frame: Frame, container: Container, entries: Sequence[tuple[AbstractSet[Value], Values]]
) -> None:
    """Keep values under what each of their keys may be."""
    machine = frame.machine
    machine.write(("item", container, None), NOTHING.union(*(stored for _, stored in entries)))
    machine.write(("keys", container), NOTHING.union(*(index for index, _ in entries)))
    for index, stored in entries:
        for key in index:
            is_exact = isinstance(key, ConstantValue | EnumMember)
            machine.write(("item", container, key if is_exact else ANY_KEY), stored)


def shift(frame: Frame, values: Values) -> None:
    """The elements of these lists no longer stand where they stood."""
    for value in ordered(values):
        if isinstance(value, Container):
            frame.machine.write(("moved", value), UNKNOWN)


def update(frame: Frame, container: Container, values: Values) -> None:
    """`container.update(values)`."""
    machine = frame.machine
    for value in ordered(values):
        match value:
            case Container() if value.kind == "dict":
                for key in ordered(machine.read(("keys", value))):
                    is_exact = isinstance(key, ConstantValue | EnumMember)
                    stored = machine.read(("item", value, key if is_exact else ANY_KEY))
                    put(frame, container, frozenset((key,)), stored)
                put(frame, container, None, machine.read(("item", value, None)))
            case RecordValue():
                for name, stored in value.entries:
                    put(frame, container, frozenset((literal(name),)), stored)
                if value.rest:
                    put(frame, container, UNKNOWN, value.rest)
            case Instance():
                inner = classes.container_of(machine, value)
                if inner is not None:
                    update(frame, container, frozenset((inner,)))
            case _:
                _put_pairs(frame, container, elements(machine, frozenset((value,))))


def _put_pairs(frame: Frame, container: Container, pairs: Values) -> None:
    for pair in ordered(pairs):
        if isinstance(pair, TupleValue) and len(pair.elements) == len(("key", "value")):
            put(frame, container, *pair.elements)
        elif isinstance(pair, Container) and pair.kind == "list":
            put(frame, container, UNKNOWN, frame.machine.read(("item", pair, None)))
