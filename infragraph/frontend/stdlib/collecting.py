"""Containers that are made by a call."""

from infragraph.frontend import items, iteration
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import LibraryCall
from infragraph.frontend.stdlib.meaning import Meaning, Meanings, container, positional
from infragraph.frontend.values import NOTHING, UNKNOWN, Container, Values, literal


def _listed(frame: Frame, call: LibraryCall) -> Values:
    values = iteration.iterated(frame, call.positional(0), call.place)
    return container(frame, call, "list", values)


def _set(frame: Frame, call: LibraryCall) -> Values:
    values = iteration.iterated(frame, call.positional(0), call.place)
    return container(frame, call, "set", values)


def _dict(frame: Frame, call: LibraryCall) -> Values:
    made = frame.machine.container("dict", call.place, frame.activation)
    _fill(frame, made, call, 0)
    return frozenset((made,))


def _fill(frame: Frame, made: Container, call: LibraryCall, skip: int) -> None:
    for argument in positional(call)[skip:]:
        items.update(frame, made, argument.values)
    for argument in call.arguments:
        if argument.star == "**":
            items.update(frame, made, argument.values)
        elif argument.name is not None:
            items.put(frame, made, frozenset((literal(argument.name),)), argument.values)


def _default_dict(frame: Frame, call: LibraryCall) -> Values:
    made = frame.machine.container("dict", call.place, frame.activation)
    frame.machine.write(("factory", made), call.positional(0))
    _fill(frame, made, call, 1)
    return frozenset((made,))


def _from_keys(frame: Frame, call: LibraryCall) -> Values:
    made = frame.machine.container("dict", call.place, frame.activation)
    keys = iteration.iterated(frame, call.positional(0), call.place)
    items.put(frame, made, keys, call.positional(1))
    return frozenset((made,))


def _namespace(frame: Frame, call: LibraryCall) -> Values:
    made = frame.machine.container("namespace", call.place, frame.activation)
    _fill(frame, made, call, 0)
    return frozenset((made,))


def _chain_map(frame: Frame, call: LibraryCall) -> Values:
    """Looks into each of its dicts, also after one has changed."""
    given = NOTHING.union(*(argument.values for argument in positional(call)))
    return given or _dict(frame, call)


def _given(index: int) -> Meaning:
    """What gives back one of its arguments, as far as a resource in it is concerned."""

    def give(_frame: Frame, call: LibraryCall) -> Values:
        return call.positional(index) or UNKNOWN

    return give


FUNCTIONS: Meanings = {
    "argparse.Namespace": _namespace,
    "builtins.dict": _dict,
    "builtins.dict.fromkeys": _from_keys,
    "builtins.frozenset": _set,
    "builtins.list": _listed,
    "builtins.set": _set,
    "builtins.sorted": _listed,
    "collections.ChainMap": _chain_map,
    "collections.OrderedDict": _dict,
    "collections.OrderedDict.fromkeys": _from_keys,
    "collections.UserDict": _dict,
    "collections.UserList": _listed,
    "collections.defaultdict": _default_dict,
    "collections.deque": _listed,
    "contextlib.aclosing": _given(0),
    "contextlib.closing": _given(0),
    "contextlib.nullcontext": _given(0),
    "contextlib.suppress": _given(0),
    "copy.copy": _given(0),
    "copy.deepcopy": _given(0),
    "types.MappingProxyType": _given(0),
    "types.SimpleNamespace": _namespace,
    "typing.assert_type": _given(0),
    "typing.cast": _given(1),
    "weakref.WeakKeyDictionary": _dict,
    "weakref.WeakSet": _set,
    "weakref.WeakValueDictionary": _dict,
    "weakref.proxy": _given(0),
}
