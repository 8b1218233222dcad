"""Attributes of the application's own objects, classes and enums."""

from collections.abc import Mapping

from infragraph.frontend import calls, classes
from infragraph.frontend.annotations import typed_values
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
    EnumMember,
    FunctionValue,
    Instance,
    LibraryValue,
    Member,
    Opaque,
    Partial,
    Place,
    RecordValue,
    Super,
    Value,
    Values,
    literal,
)
from infragraph.model import facts

GIVEN_METHODS = {
    "typing.NamedTuple": {"_replace": "dataclasses.replace", "_asdict": "dataclasses.asdict"},
    "pydantic.BaseModel": {"model_copy": "pydantic.model_copy()", "copy": "pydantic.model_copy()"},
    "threading.Thread": {"start": "threading.Thread.start()"},
    "multiprocessing.Process": {"start": "threading.Thread.start()"},
}
"""Methods that a base class of a library gives, as the functions that they are."""


def of_instance(frame: Frame, value: Instance, name: str, place: Place) -> Values:
    """What an object holds under a name, else what its class offers."""
    machine = frame.machine
    held = machine.read(("field", value, name))
    found = classes.member(machine, value.of, name)
    if found is not None:
        members = described(frame, found[1], value, value.of, place)
        properties = _properties(members)
        if properties:
            receiver = Argument(frozenset((value,)), place)
            return held | calls.call(frame, properties, (receiver,), place)
        plain = bind_members(members, value)
        return held or plain if _is_data(members) else held | plain
    if held:
        return held
    return (
        _of_enum(frame, value.of, name, place)
        or _declared_field(frame, value.of, name)
        or _made_by_getattr(frame, value, name, place)
        or _inherited(frame, value, name)
    )


def _properties(members: Values) -> Values:
    return frozenset(
        function
        for function in members
        if isinstance(function, FunctionValue) and function.role == "property"
    )


def _is_data(values: Values) -> bool:
    """Whether a class-level binding is a default that an object's own field hides."""
    return not any(isinstance(value, FunctionValue) for value in values)


def described(
    frame: Frame, members: Values, receiver: Value, owner: ClassValue, place: Place
) -> Values:
    """What is found in a class, with descriptors of the application asked what they give."""
    result: set[Value] = set()
    for value in ordered(members):
        getters = _method(frame.machine, value, "__get__")
        if getters:
            holder = receiver if isinstance(receiver, Instance) else literal(None)
            given = (Argument(frozenset((holder,)), place), Argument(frozenset((owner,)), place))
            result |= calls.call(frame, getters, given, place)
        else:
            result.add(value)
    return frozenset(result)


def note_names(frame: Frame, of: ClassValue, names: Mapping[str, Values]) -> None:
    """Tell the descriptors of a new class their names."""
    place = Place(of.module.path, of.definition.name_at)
    for name, values in sorted(names.items()):
        methods = NOTHING.union(
            *(_method(frame.machine, value, "__set_name__") for value in values)
        )
        if methods:
            owner = Argument(frozenset((of,)), place)
            text = Argument(frozenset((literal(name),)), place)
            calls.call(frame, methods, (owner, text), place)


def descriptor_methods(machine: Machine, of: ClassValue, name: str, method: str) -> Values:
    """A method of the descriptors that a class holds under a name, bound to them."""
    found = classes.member(machine, of, name)
    members = NOTHING if found is None else found[1]
    return NOTHING.union(*(_method(machine, value, method) for value in members))


def _method(machine: Machine, value: Value, name: str) -> Values:
    if not isinstance(value, Instance):
        return NOTHING
    found = classes.member(machine, value.of, name)
    return NOTHING if found is None else bind_members(found[1], value)


def _declared_field(frame: Frame, of: ClassValue, name: str) -> Values:
    """What the annotation of a field says where nothing was ever assigned to it."""
    for current in classes.resolution_order(frame.machine, of):
        for statement in current.definition.body:
            if (
                isinstance(statement, facts.AnnotatedAssign)
                and isinstance(statement.target, facts.Name)
                and statement.target.id == name
            ):
                place = Place(current.module.path, statement.annotation.at)
                return typed_values(frame.machine, current.module, statement.annotation, place)
    return NOTHING


def _made_by_getattr(frame: Frame, value: Instance, name: str, place: Place) -> Values:
    machine = frame.machine
    dynamic = classes.member(machine, value.of, "__getattr__")
    dynamic = dynamic or classes.member(machine, value.of, "__getattribute__")
    if dynamic is None:
        return NOTHING
    given = Argument(frozenset((literal(name),)), place)
    return calls.call(frame, bind_members(dynamic[1], value), (given,), place)


def _inherited(frame: Frame, value: Instance, name: str) -> Values:
    """What a base class of a library gives."""
    machine = frame.machine
    for path in sorted(classes.library_bases(machine, value.of)):
        function = GIVEN_METHODS.get(path, {}).get(name)
        if function is not None:
            return frozenset((Partial(LibraryValue(function), (frozenset((value,)),), ()),))
    if name == "__class__":
        return frozenset((value.of,))
    if name == "__dict__":
        return frozenset((Member(value, name),))
    container = classes.container_of(machine, value)
    if container is not None:
        return frozenset((Member(container, name),))
    suspect = suspected(machine, value)
    return UNKNOWN if suspect is None else frozenset((Member(suspect, name),))


def of_class(frame: Frame, value: ClassValue, name: str, place: Place) -> Values:
    """What a class holds under a name; its class methods are bound to it."""
    machine = frame.machine
    found = classes.member(machine, value, name)
    if found is not None:
        members = described(frame, found[1], value, value, place)
        return frozenset(
            BoundMethod(value, one)
            if isinstance(one, FunctionValue) and one.role == "class"
            else one
            for one in members
        )
    held = machine.read(("field", value, name))
    if held:
        return held
    if name == "__subclasses__":
        return frozenset(
            (Partial(LibraryValue("type.__subclasses__()"), (frozenset((value,)),), ()),)
        )
    if name == "__members__" and classes.enum_base(machine, value) is not None:
        entries = tuple(
            (member.name, frozenset[Value]((member,)))
            for member in ordered(classes.enum_members(machine, value))
            if isinstance(member, EnumMember)
        )
        return frozenset((RecordValue(entries),))
    return frozenset((Member(Opaque("it is an attribute of a class", place), name),))


def of_super(frame: Frame, value: Super, name: str, place: Place) -> Values:
    """What `super().name` is for the object whose method says so."""
    machine = frame.machine
    receiver = value.receiver
    start = receiver.of if isinstance(receiver, Instance) else receiver
    if not isinstance(start, ClassValue):
        return UNKNOWN
    found = classes.after(machine, start, value.after, name)
    if found is None:
        container = (
            classes.container_of(machine, receiver) if isinstance(receiver, Instance) else None
        )
        return frozenset((Member(value if container is None else container, name),))
    properties = _properties(found[1])
    if properties:
        argument = Argument(frozenset((receiver,)), place)
        return calls.call(frame, properties, (argument,), place)
    return bind_members(found[1], receiver)


# --- enums ---------------------------------------------------------------------------------------


def _of_enum(frame: Frame, of: ClassValue, name: str, place: Place) -> Values:
    """An attribute of any member of an enum, where only the type of the member is known."""
    if classes.enum_base(frame.machine, of) is None:
        return NOTHING
    result: Values = NOTHING
    for member in ordered(classes.enum_members(frame.machine, of)):
        if isinstance(member, EnumMember):
            result |= of_enum_member(frame, member, name, place)
    return result


def of_enum_member(frame: Frame, value: EnumMember, name: str, place: Place) -> Values:
    """What a member is given in its class, what its `__init__` makes of that, and its methods."""
    machine = frame.machine
    if name in {"value", "_value_"}:
        held = machine.read(("value", value))
        return held if value.value is None else frozenset((value.value,))
    found = classes.member(machine, value.of, name)
    if found is not None:
        properties = _properties(found[1])
        receiver = (Argument(frozenset((value,)), place),)
        made = calls.call(frame, properties, receiver, place) if properties else NOTHING
        return made | bind_members(found[1] - properties, value)
    init = classes.member(machine, value.of, "__init__")
    if init is not None:
        given = Argument(machine.read(("value", value)), place, star="*")
        calls.call(frame, bind_members(init[1], value), (given,), place)
    return machine.read(("field", value, name)) or UNKNOWN
