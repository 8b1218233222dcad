"""Attributes: what `value.name` may be."""

from infragraph.frontend import calls, classes
from infragraph.frontend.annotations import typed_values
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument
from infragraph.frontend.machine import Machine
from infragraph.frontend.module_names import module_attribute
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
from infragraph.model import facts

PATH_LIMIT = 16
"""Dots in the name of a library's object: `node = node.next` in a loop would add them for ever."""


def attribute(frame: Frame, values: Values, name: str, place: Place) -> Values:
    """What the attribute of any of `values` may be."""
    result: set[Value] = set()
    for value in calls.ordered(values):
        result |= _attribute(frame, value, name, place)
    return frozenset(result)


def _attribute(frame: Frame, value: Value, name: str, place: Place) -> Values:
    match value:
        case ModuleValue():
            return _of_module(frame, value, name, place)
        case LibraryValue():
            return _of_library(frame, value, name, place)
        case Instance():
            return _of_instance(frame, value, name, place)
        case ClassValue():
            return _of_class(frame, value, name, place)
        case Super():
            return _of_super(frame, value, name, place)
        case EnumMember():
            if name in {"value", "_value_"}:
                return NOTHING if value.value is None else frozenset((value.value,))
            found = classes.member(frame.machine, value.of, name)
            return UNKNOWN if found is None else calls.bind_members(found[1], value)
        case Declared() | Handle() | Member():
            for library in frame.machine.libraries:
                found_values = library.attribute(frame, value, name, place)
                if found_values is not None:
                    return found_values
            receiver = value.receiver if isinstance(value, Member) else value
            if isinstance(receiver, Opaque) and receiver.is_tracked:
                return frozenset((Member(receiver, name),))
            return UNKNOWN
        case Container() | TupleValue() | RecordValue() | GeneratorValue() | ConstantValue():
            return frozenset((Member(value, name),))
        case Partial():
            return frozenset((value.callee,)) if name == "func" else UNKNOWN
        case Opaque():
            return frozenset((Member(value, name),))
        case FunctionValue() | BoundMethod():
            return frozenset((value,)) if name in {"__wrapped__", "__func__"} else UNKNOWN


def _of_module(frame: Frame, value: ModuleValue, name: str, place: Place) -> Values:
    machine = frame.machine
    found = module_attribute(machine, value, name)
    if found:
        return found
    if value.name in machine.program.modules:
        stars = machine.read(("star", value.name))
        if stars:
            return stars
        fallback = machine.read(("global", value.name, "__getattr__"))
        if fallback:
            reason = f"the module '{value.name}' makes its names in __getattr__"
            return frozenset((Opaque(reason, place, is_tracked=True, is_broad=True),))
    return NOTHING


def _of_library(frame: Frame, value: LibraryValue, name: str, place: Place) -> Values:
    for library in frame.machine.libraries:
        found = library.attribute(frame, value, name, place)
        if found is not None:
            return found
    if value.path.count(".") >= PATH_LIMIT:
        return UNKNOWN
    return frozenset((LibraryValue(f"{value.path}.{name}"),))


def _of_instance(frame: Frame, value: Instance, name: str, place: Place) -> Values:
    machine = frame.machine
    held = machine.read(("field", value, name))
    found = classes.member(machine, value.of, name)
    if found is not None:
        properties = frozenset(
            function
            for function in found[1]
            if isinstance(function, FunctionValue) and function.role == "property"
        )
        if properties:
            receiver = Argument(frozenset((value,)), place)
            return held | calls.call(frame, properties, (receiver,), place)
        plain = calls.bind_members(found[1] - properties, value)
        return held or plain if _is_data(found[1]) else held | plain
    if held:
        return held
    declared = _declared_field(frame, value.of, name)
    if declared:
        return declared
    dynamic = classes.member(machine, value.of, "__getattr__")
    if dynamic is not None:
        return calls.call(
            frame,
            calls.bind_members(dynamic[1], value),
            (Argument(UNKNOWN, place),),
            place,
        )
    return UNKNOWN


def _is_data(values: Values) -> bool:
    """Whether a class-level binding is a default that an object's own field hides."""
    return not any(isinstance(value, FunctionValue) for value in values)


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


def _of_class(frame: Frame, value: ClassValue, name: str, place: Place) -> Values:
    machine = frame.machine
    found = classes.member(machine, value, name)
    if found is not None:
        bound: set[Value] = set()
        for function in found[1]:
            if isinstance(function, FunctionValue) and function.role == "class":
                bound.add(BoundMethod(value, function))
            else:
                bound.add(function)
        return frozenset(bound)
    held = machine.read(("field", value, name))
    if held:
        return held
    if name == "__members__" and classes.enum_base(machine, value) is not None:
        return UNKNOWN
    return frozenset((Member(Opaque("it is an attribute of a class", place), name),))


def _of_super(frame: Frame, value: Super, name: str, place: Place) -> Values:
    machine = frame.machine
    receiver = value.receiver
    start = receiver.of if isinstance(receiver, Instance) else receiver
    if not isinstance(start, ClassValue):
        return UNKNOWN
    found = classes.after(machine, start, value.after, name)
    if found is None:
        return UNKNOWN
    properties = frozenset(
        function
        for function in found[1]
        if isinstance(function, FunctionValue) and function.role == "property"
    )
    if properties:
        argument = Argument(frozenset((receiver,)), place)
        return calls.call(frame, properties, (argument,), place)
    return calls.bind_members(found[1], receiver)


def assign(frame: Frame, holders: Values, name: str, values: Values) -> None:
    """Bind an attribute of any of `holders`."""
    machine = frame.machine
    for holder in calls.ordered(holders):
        match holder:
            case Instance():
                calls.set_field(machine, holder, name, values)
                _run_setter(frame, holder, name, values)
            case ClassValue():
                machine.write(("class", holder, name), values)
                machine.write(("members", holder), values)
            case ModuleValue():
                machine.write(("global", holder.name, name), values)
            case _:
                continue


def _run_setter(frame: Frame, holder: Instance, name: str, values: Values) -> None:
    setters = frame.machine.read(("setter", holder.of, name))
    place = Place(frame.module.path, frame.statement.at) if frame.statement else None
    if setters and place is not None:
        arguments = (Argument(frozenset((holder,)), place), Argument(values, place))
        calls.call(frame, setters, arguments, place)


def item(frame: Frame, values: Values, index: Values, place: Place) -> Values:
    """What `value[index]` may be."""
    machine = frame.machine
    result: set[Value] = set()
    constants = [key for key in calls.ordered(index) if isinstance(key, ConstantValue | EnumMember)]
    is_exact = len(constants) == len(index) and bool(constants)
    for value in calls.ordered(calls.as_tuples(machine, values)):
        match value:
            case TupleValue():
                for key in constants if is_exact else ():
                    position = key.value if isinstance(key, ConstantValue) else None
                    if isinstance(position, int) and -len(value.elements) <= position < len(
                        value.elements
                    ):
                        result |= value.elements[position]
                if not is_exact or value.rest:
                    result |= value.rest.union(*value.elements)
            case Container():
                if is_exact and (value.kind == "dict" or _has_positions(machine, value)):
                    for key in constants:
                        result |= machine.read(("item", value, _from_start(machine, value, key)))
                    result |= machine.read(("item", value, "?"))
                else:
                    result |= machine.read(("item", value, None))
            case RecordValue():
                entries = dict(value.entries)
                for key in constants:
                    if isinstance(key, ConstantValue) and isinstance(key.value, str):
                        result |= entries.get(key.value, value.rest)
                if not is_exact:
                    result |= value.rest.union(*entries.values())
            case ClassValue():
                result.add(value)
            case Instance():
                found = classes.member(machine, value.of, "__getitem__")
                if found is not None:
                    methods = calls.bind_members(found[1], value)
                    result |= calls.call(frame, methods, (Argument(index, place),), place)
                else:
                    result |= UNKNOWN
            case Opaque() if value.is_tracked:
                result.add(value)
            case Opaque():
                result.add(value)
            case LibraryValue() if value.path in {"os.environ", "builtins.environ"}:
                result.add(Opaque("it is read from the environment", place))
            case _:
                result |= UNKNOWN
    return frozenset(result)


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


def set_item(frame: Frame, values: Values, index: Values, stored: Values, place: Place) -> None:
    """Bind `value[index]`."""
    machine = frame.machine
    for value in calls.ordered(values):
        match value:
            case Container():
                put(frame, value, index, stored)
            case Instance():
                found = classes.member(machine, value.of, "__setitem__")
                if found is not None:
                    arguments = (Argument(index, place), Argument(stored, place))
                    calls.call(frame, calls.bind_members(found[1], value), arguments, place)
            case _:
                continue


def put(frame: Frame, container: Container, index: Values | None, stored: Values) -> None:
    """Keep a value in a container, under its key where that is constant."""
    machine = frame.machine
    machine.write(("item", container, None), stored)
    if index is None:
        machine.write(("moved", container), UNKNOWN)
        return
    machine.write(("keys", container), index)
    exact = [key for key in index if isinstance(key, ConstantValue | EnumMember)]
    for key in exact:
        machine.write(("item", container, key), stored)
    if len(exact) < len(index):
        machine.write(("item", container, "?"), stored)


def entered(frame: Frame, values: Values, place: Place) -> Values:
    """What `with value as target` binds."""
    machine = frame.machine
    result: set[Value] = set()
    for value in calls.ordered(values):
        match value:
            case Instance():
                for name in ("__aenter__", "__enter__"):
                    found = classes.member(machine, value.of, name)
                    if found is not None:
                        result |= calls.call(frame, calls.bind_members(found[1], value), (), place)
                for name in ("__aexit__", "__exit__"):
                    found = classes.member(machine, value.of, name)
                    if found is not None:
                        given = (Argument(UNKNOWN, place),) * 3
                        calls.call(frame, calls.bind_members(found[1], value), given, place)
            case GeneratorValue():
                result |= machine.read(("yield", value.activation))
            case Handle() | Container() | TupleValue():
                result.add(value)
            case Opaque() if value.is_tracked:
                result.add(value)
            case FunctionValue() | BoundMethod() | Partial() | Declared():
                result.add(value)
            case _:
                result |= UNKNOWN
    return frozenset(result)


def iterated(frame: Frame, values: Values, place: Place) -> Values:
    """What a `for` loop binds, methods of the application's own iterators included."""
    machine = frame.machine
    values = calls.as_tuples(machine, values)
    result: set[Value] = set(calls.elements(machine, values))
    for value in calls.ordered(values):
        if not isinstance(value, Instance):
            continue
        for name in ("__aiter__", "__iter__"):
            found = classes.member(machine, value.of, name)
            if found is None:
                continue
            given = calls.call(frame, calls.bind_members(found[1], value), (), place)
            result |= calls.elements(machine, given - {value})
            if value in given:
                for step in ("__anext__", "__next__"):
                    following = classes.member(machine, value.of, step)
                    if following is not None:
                        bound = calls.bind_members(following[1], value)
                        result |= calls.call(frame, bound, (), place)
    return frozenset(result)
