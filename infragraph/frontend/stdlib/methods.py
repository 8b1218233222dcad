"""Methods of containers, constants and of objects whose class was not read."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from infragraph.frontend import attributes, calls, folding, items, iteration
from infragraph.frontend.elements import elements
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import LibraryCall
from infragraph.frontend.ordering import ordered
from infragraph.frontend.stdlib import iterating, work
from infragraph.frontend.stdlib.meaning import Meaning, container, items_of, positional, row
from infragraph.frontend.values import (
    CALLABLE,
    NOTHING,
    UNKNOWN,
    BoundMethod,
    ConstantValue,
    Container,
    EnumMember,
    FunctionValue,
    GeneratorValue,
    LibraryValue,
    Member,
    Opaque,
    Partial,
    RecordValue,
    TupleValue,
    Value,
    Values,
    literal,
)


def call_method(frame: Frame, call: LibraryCall, callee: Member) -> Values | None:
    """What a method gives that no class of the application has."""
    receiver = callee.receiver
    method = RECEIVERS.get(type(receiver))
    return None if method is None else method(frame, call, receiver, callee.name)


# --- containers ----------------------------------------------------------------------------------


def call_container(frame: Frame, call: LibraryCall, receiver: Container) -> Values:
    """A generic function calls what was registered; a weak reference gives what it is to."""
    held = frame.machine.read(("item", receiver, None))
    if receiver.kind == "dispatch":
        return calls.call(frame, held, call.arguments, call.place, call.expression)
    return held


def _method_of(frame: Frame, call: LibraryCall, receiver: Container, name: str) -> Values:
    if receiver.kind == "box":
        return _method_of_box(frame, call, receiver)
    if receiver.kind == "dispatch":
        return _method_of_dispatch(frame, call, receiver, name)
    method = METHODS.get(name)
    if method is not None:
        return method(frame, call, receiver)
    calls.escape(frame, call.arguments)
    return UNKNOWN


def _method_of_box(frame: Frame, call: LibraryCall, receiver: Container) -> Values:
    """Every method keeps what it is given and gives what is held."""
    for argument in call.arguments:
        items.put(frame, receiver, None, argument.values)
    return frame.machine.read(("item", receiver, None)) or UNKNOWN


def _method_of_dispatch(frame: Frame, call: LibraryCall, receiver: Container, name: str) -> Values:
    """`register(function)`, `register(cls, function)`, or `register(cls)` as a decorator."""
    if name != "register":
        return frozenset((receiver,))
    given = positional(call)
    last = given[-1].values if given else NOTHING
    functions = frozenset(
        value for value in last if isinstance(value, FunctionValue | BoundMethod | Partial)
    )
    if functions:
        items.put(frame, receiver, None, functions)
        return last
    return frozenset((Partial(Member(receiver, name), (last,), ()),))


def _put_first(frame: Frame, call: LibraryCall, receiver: Container) -> Values:
    items.put(frame, receiver, None, call.positional(0))
    return UNKNOWN


def _insert(frame: Frame, call: LibraryCall, receiver: Container) -> Values:
    items.put(frame, receiver, None, call.positional(1))
    return UNKNOWN


def _put_all(frame: Frame, call: LibraryCall, receiver: Container) -> Values:
    if receiver.kind != "dict":
        for argument in positional(call):
            items.put(frame, receiver, None, items_of(frame, argument))
        return UNKNOWN
    for argument in call.arguments:
        if argument.name is None:
            items.update(frame, receiver, argument.values)
        else:
            key = frozenset((literal(argument.name),))
            items.put(frame, receiver, key, argument.values)
    return UNKNOWN


def _set_default(frame: Frame, call: LibraryCall, receiver: Container) -> Values:
    items.put(frame, receiver, call.positional(0), call.positional(1))
    return _give(frame, call, receiver)


def _set_item(frame: Frame, call: LibraryCall, receiver: Container) -> Values:
    items.put(frame, receiver, call.positional(0), call.positional(1))
    return UNKNOWN


def _give(frame: Frame, call: LibraryCall, receiver: Container) -> Values:
    """`get`, and `pop` with its default: by the key in a dict, any element of a list."""
    if receiver.kind != "dict":
        items.shift(frame, frozenset((receiver,)))
        return frame.machine.read(("item", receiver, None))
    given = frozenset((receiver,))
    return items.item(frame, given, call.positional(0), call.place) | call.positional(1)


def _pair(frame: Frame, call: LibraryCall, receiver: Container) -> Values:
    """`popitem()`."""
    return iteration.iterated(frame, _pairs(frame, call, receiver), call.place)


def _values(frame: Frame, _call: LibraryCall, receiver: Container) -> Values:
    return row(frame.machine.read(("item", receiver, None)))


def _keys(frame: Frame, _call: LibraryCall, receiver: Container) -> Values:
    return row(frame.machine.read(("keys", receiver)))


def _pairs(frame: Frame, _call: LibraryCall, receiver: Container) -> Values:
    machine = frame.machine
    pairs: set[Value] = set()
    for key in ordered(machine.read(("keys", receiver))):
        is_exact = isinstance(key, ConstantValue | EnumMember)
        stored = machine.read(("item", receiver, key if is_exact else None))
        pairs.add(TupleValue((frozenset((key,)), stored)))
    return row(frozenset(pairs))


def _shift(frame: Frame, _call: LibraryCall, receiver: Container) -> Values:
    items.shift(frame, frozenset((receiver,)))
    return UNKNOWN


def _copy(_frame: Frame, _call: LibraryCall, receiver: Container) -> Values:
    return frozenset((receiver,))


def _joined(frame: Frame, call: LibraryCall, receiver: Container) -> Values:
    """`union` and its like: of both, the result cannot hold more."""
    held = frame.machine.read(("item", receiver, None))
    for argument in positional(call):
        held |= items_of(frame, argument)
    return container(frame, call, receiver.kind, held)


ContainerMethod: TypeAlias = Callable[[Frame, LibraryCall, Container], Values]

METHODS: Mapping[str, ContainerMethod] = {
    "__getitem__": _give,
    "__init__": _put_all,
    "__setitem__": _set_item,
    "add": _put_first,
    "append": _put_first,
    "appendleft": _put_first,
    "copy": _copy,
    "difference": _joined,
    "extend": _put_all,
    "extendleft": _put_all,
    "get": _give,
    "insert": _insert,
    "intersection": _joined,
    "items": _pairs,
    "keys": _keys,
    "new_child": _copy,
    "pop": _give,
    "popitem": _pair,
    "popleft": _give,
    "remove": _shift,
    "reverse": _shift,
    "rotate": _shift,
    "setdefault": _set_default,
    "sort": _shift,
    "symmetric_difference": _joined,
    "union": _joined,
    "update": _put_all,
    "values": _values,
}


def _copy_method(
    frame: Frame,
    call: LibraryCall,
    receiver: TupleValue | RecordValue | GeneratorValue,
    name: str,
) -> Values:
    """A method of a tuple, of `**options` or of a generator, as of the container it stands for."""
    machine = frame.machine
    if name in {"send", "asend"} and isinstance(receiver, GeneratorValue):
        machine.write(("sent", receiver.activation), call.positional(0))
    if name in {"send", "asend", "__next__", "__anext__"}:
        return iteration.iterated(frame, frozenset((receiver,)), call.place)
    if isinstance(receiver, RecordValue):
        copied = frame.machine.container("dict", call.place, frame.activation)
        items.update(frame, copied, frozenset((receiver,)))
    else:
        copied = frame.machine.container("list", call.place, frame.activation)
        items.put(frame, copied, None, elements(machine, frozenset((receiver,))))
    return _method_of(frame, call, copied, name)


# --- constants and unknown objects ---------------------------------------------------------------


def _method_of_constant(
    frame: Frame, call: LibraryCall, receiver: ConstantValue, name: str
) -> Values:
    if name == "format" and isinstance(receiver.value, str):
        if any(argument.star for argument in call.arguments):
            return UNKNOWN
        positional_values = [a.values for a in positional(call)]
        named = {a.name: a.values for a in call.arguments if a.name is not None}
        return folding.format_method(receiver.value, positional_values, named)
    calls.escape(frame, call.arguments)
    return frozenset((Opaque("it is the result of a call", call.place),))


def _method_of_object(
    frame: Frame, call: LibraryCall, receiver: Opaque, name: str
) -> Values | None:
    """Methods of executors, task groups, loops and exit stacks, told by their names."""
    if receiver.is_tracked:
        return None
    if name in ENTERING:
        return iteration.entered(frame, call.positional(0), call.place)
    if name in WAITING:
        return WAITING[name](frame, call)
    meaning = RUNNING.get(name)
    if meaning is None:
        return None
    is_given_function = any(
        isinstance(value, (*CALLABLE, LibraryValue, Member))
        for argument in positional(call)
        for value in argument.values
    )
    return meaning(frame, call) if is_given_function else None


ENTERING = frozenset({"enter_context", "enter_async_context"})

WAITING: Mapping[str, Meaning] = {"create_task": work.task, "run_until_complete": work.task}

RUNNING: Mapping[str, Meaning] = {
    "apply": work.apply,
    "apply_async": work.apply,
    "imap": iterating.mapped,
    "imap_unordered": iterating.mapped,
    "map": iterating.mapped,
    "map_async": iterating.mapped,
    "run_in_executor": work.submit(1),
    "starmap": iterating.star_mapped,
    "starmap_async": iterating.star_mapped,
    "submit": work.submit(0),
}
"""What runs a function that it is given."""


def _method_of_names(frame: Frame, call: LibraryCall, receiver: Member, name: str) -> Values | None:
    """`globals().get(name)`, `vars(value).values()`."""
    if receiver.name != "__dict__":
        return None
    holder = receiver.receiver
    if name in {"get", "pop", "__getitem__", "setdefault"}:
        found = items.item(frame, frozenset((receiver,)), call.positional(0), call.place)
        return found | call.positional(1)
    held = frozenset((RecordValue(_names_of(frame, call, holder)),))
    methods = attributes.attribute(frame, held, name, call.place)
    return calls.call(frame, methods, call.arguments, call.place, call.expression)


def _names_of(frame: Frame, call: LibraryCall, holder: Value) -> tuple[tuple[str, Values], ...]:
    machine = frame.machine
    names = machine.read(("names", getattr(holder, "name", "")))
    texts = sorted(str(name.value) for name in names if isinstance(name, ConstantValue))
    if texts:
        return tuple(
            (text, attributes.attribute(frame, frozenset((holder,)), text, call.place))
            for text in texts
        )
    return (("*", machine.read(("fields", holder))),)


RECEIVERS: Mapping[type[object], Callable[[Frame, LibraryCall, Any, str], Values | None]] = {
    ConstantValue: _method_of_constant,
    Container: _method_of,
    GeneratorValue: _copy_method,
    Member: _method_of_names,
    Opaque: _method_of_object,
    RecordValue: _copy_method,
    TupleValue: _copy_method,
}
