"""Attributes: what `value.name` may be, and what assigning it keeps."""

from collections.abc import Callable, Mapping
from typing import Any

from infragraph.frontend import calls, classes, objects
from infragraph.frontend.fields import set_field
from infragraph.frontend.frame import Frame
from infragraph.frontend.given import loose, note_loose, suspected
from infragraph.frontend.library import Argument
from infragraph.frontend.module_names import module_attribute
from infragraph.frontend.ordering import ordered
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    BoundMethod,
    ClassValue,
    ConstantValue,
    Container,
    Declared,
    EnumMember,
    FunctionValue,
    GeneratorValue,
    Handle,
    Instance,
    LibraryValue,
    Member,
    ModuleValue,
    Opaque,
    Partial,
    Place,
    RecordValue,
    Super,
    TupleValue,
    Value,
    Values,
    literal,
)

PATH_LIMIT = 16
"""Dots in the name of a library's object: `node = node.next` in a loop would add them for ever."""

BOX_METHODS = frozenset(
    {
        "get",
        "get_nowait",
        "peek",
        "put",
        "put_nowait",
        "receive",
        "receive_nowait",
        "result",
        "send",
        "send_nowait",
        "set",
        "set_result",
    }
)
"""What a box is asked itself; all else is asked of what it holds, as one may of an awaited task."""


def attribute(frame: Frame, values: Values, name: str, place: Place) -> Values:
    """What the attribute of any of `values` may be."""
    if len(values) == 1:
        (value,) = values
        return READERS[type(value)](frame, value, name, place)
    result: set[Value] = set()
    for value in ordered(values):
        result |= READERS[type(value)](frame, value, name, place)
    return frozenset(result)


def _of_module(frame: Frame, value: ModuleValue, name: str, place: Place) -> Values:
    machine = frame.machine
    found = module_attribute(machine, value, name)
    if found:
        return found
    if name == "__dict__":
        return frozenset((Member(value, name),))
    if value.name in machine.program.modules:
        stars = machine.read(("star", value.name))
        if stars:
            return stars
        fallback = machine.read(("global", value.name, "__getattr__"))
        if fallback:
            reason = f"the module '{value.name}' makes its names in __getattr__"
            return frozenset((Opaque(reason, place, is_tracked=True),))
    return NOTHING


def _of_library(frame: Frame, value: LibraryValue, name: str, place: Place) -> Values:
    for library in frame.machine.libraries:
        found = library.attribute(frame, value, name, place)
        if found is not None:
            return found
    if value.path.count(".") >= PATH_LIMIT:
        return UNKNOWN
    held = frame.machine.read(("field", value, name))
    return held | {LibraryValue(f"{value.path}.{name}")} | _unless(frame, held, name, place)


def _of_declared(frame: Frame, value: Declared | Handle, name: str, place: Place) -> Values:
    for library in frame.machine.libraries:
        found = library.attribute(frame, value, name, place)
        if found is not None:
            return found
    return UNKNOWN


def _of_member(frame: Frame, value: Member, name: str, place: Place) -> Values:
    """An attribute of an attribute: what was assigned to it, or what its object may hide."""
    held = frame.machine.read(("field", value, name))
    for library in frame.machine.libraries:
        found = library.attribute(frame, value, name, place)
        if found is not None:
            return held | found
    receiver = value.receiver
    if name == "__dict__" or value.name == "__dict__":
        return frozenset((Member(value, name),))
    if isinstance(receiver, Opaque):
        suspect = receiver if receiver.is_tracked else suspected(frame.machine, receiver)
        if suspect is not None:
            return held | {Member(suspect, name)}
    return held or loose(frame.machine, name, place) or UNKNOWN


def _of_container(frame: Frame, value: Container, name: str, place: Place) -> Values:
    machine = frame.machine
    if value.kind == "namespace" and name != "__dict__":
        return machine.read(("item", value, literal(name))) | machine.read(("item", value, "?"))
    if value.kind == "box" and name not in BOX_METHODS:
        return attribute(frame, machine.read(("item", value, None)), name, place)
    return frozenset((Member(value, name),))


def _of_other(_frame: Frame, value: Value, name: str, _place: Place) -> Values:
    return frozenset((Member(value, name),))


def _of_opaque(frame: Frame, value: Opaque, name: str, place: Place) -> Values:
    held = frame.machine.read(("field", value, name))
    suspect = None if value.is_tracked else suspected(frame.machine, value)
    return held | {Member(suspect or value, name)} | _unless(frame, held, name, place)


def _unless(frame: Frame, held: Values, name: str, place: Place) -> Values:
    """What another object's attribute of the same name was given, where this one's is not known."""
    return NOTHING if held else loose(frame.machine, name, place)


def _of_partial(_frame: Frame, value: Partial, name: str, _place: Place) -> Values:
    return frozenset((value.callee,)) if name == "func" else UNKNOWN


def _of_function(
    frame: Frame, value: FunctionValue | BoundMethod, name: str, _place: Place
) -> Values:
    if name in {"__wrapped__", "__func__"}:
        return frozenset((value,))
    if name in {"setter", "getter", "deleter"} and getattr(value, "role", "") == "property":
        return frozenset((Partial(LibraryValue(f"property.{name}()"), (frozenset((value,)),), ()),))
    return frame.machine.read(("field", value, name)) or UNKNOWN


READERS: Mapping[type[object], Callable[[Frame, Any, str, Place], Values]] = {
    ModuleValue: _of_module,
    LibraryValue: _of_library,
    Instance: objects.of_instance,
    ClassValue: objects.of_class,
    Super: objects.of_super,
    EnumMember: objects.of_enum_member,
    Declared: _of_declared,
    Handle: _of_declared,
    Member: _of_member,
    Container: _of_container,
    TupleValue: _of_other,
    RecordValue: _of_other,
    GeneratorValue: _of_other,
    ConstantValue: _of_other,
    Partial: _of_partial,
    Opaque: _of_opaque,
    FunctionValue: _of_function,
    BoundMethod: _of_function,
}


def assign(frame: Frame, holders: Values, name: str, values: Values) -> None:
    """Bind an attribute of any of `holders`."""
    machine = frame.machine
    for holder in ordered(holders):
        match holder:
            case Instance():
                set_field(machine, holder, name, values)
                _run_setter(frame, holder, name, values)
            case ClassValue():
                machine.write(("class", holder, name), values)
                machine.write(("members", holder), values)
            case ModuleValue():
                machine.write(("global", holder.name, name), values)
            case Container() if holder.kind == "namespace":
                machine.write(("item", holder, literal(name)), values)
                machine.write(("item", holder, None), values)
            case Opaque() | LibraryValue() | Member():
                machine.write(("field", holder, name), values)
                machine.write(("fields", holder), values)
                note_loose(machine, name, values)
            case EnumMember() | FunctionValue():
                machine.write(("field", holder, name), values)
                machine.write(("fields", holder), values)
            case _:
                continue


def _run_setter(frame: Frame, holder: Instance, name: str, values: Values) -> None:
    place = Place(frame.module.path, frame.statement.at) if frame.statement else None
    if place is None:
        return
    order = classes.resolution_order(frame.machine, holder.of)
    setters = NOTHING.union(*(frame.machine.read(("setter", of, name)) for of in order))
    given = (Argument(frozenset((holder,)), place), Argument(values, place))
    if setters:
        calls.call(frame, setters, given, place)
    descriptors = objects.descriptor_methods(frame.machine, holder.of, name, "__set__")
    if descriptors:
        calls.call(frame, descriptors, given, place)
