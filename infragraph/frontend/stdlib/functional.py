"""`functools` and `operator`: functions made of functions."""

from infragraph.frontend import attributes, calls, folding, items
from infragraph.frontend.escaping import mention
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument, LibraryCall
from infragraph.frontend.ordering import ordered
from infragraph.frontend.stdlib.meaning import Meaning, Meanings, container, items_of, positional
from infragraph.frontend.values import (
    UNKNOWN,
    LibraryValue,
    Opaque,
    Partial,
    Value,
    Values,
)

NESTING = 4
"""How deep partials nest: a loop that wraps one in another would never end."""

WRAPS = "functools.wraps()"


def _partial(frame: Frame, call: LibraryCall) -> Values:
    return _made_partial(frame, call, is_method=False)


def _partial_method(frame: Frame, call: LibraryCall) -> Values:
    return _made_partial(frame, call, is_method=True)


def _made_partial(frame: Frame, call: LibraryCall, *, is_method: bool) -> Values:
    made: set[Value] = set()
    plain = positional(call)
    if not plain or any(argument.star for argument in call.arguments):
        calls.escape(frame, call.arguments)
        return UNKNOWN
    first = tuple(argument.values for argument in plain[1:])
    keywords = tuple((a.name, a.values) for a in call.arguments if a.name is not None)
    for callee in ordered(plain[0].values):
        if _depth(callee) >= NESTING:
            made |= UNKNOWN
            continue
        value = Partial(callee, first, keywords, is_method)
        made.add(value)
        mention(frame, value, call.place)
    return frozenset(made)


def _depth(value: Value) -> int:
    depth = 0
    while isinstance(value, Partial):
        depth, value = depth + 1, value.callee
    return depth


def _wraps(_frame: Frame, call: LibraryCall) -> Values:
    """`wraps(function)` is a decorator that knows what it wraps."""
    return frozenset((Partial(LibraryValue(WRAPS), (call.positional(0),), ()),))


def _wrap(frame: Frame, call: LibraryCall) -> Values:
    """The wrapper stays what it is, and is known to stand for what it wraps."""
    wrappers, wrapped = call.positional(0), call.positional(1)
    if isinstance(call.callee, LibraryValue) and call.callee.path == WRAPS:
        wrappers, wrapped = wrapped, wrappers
    for wrapper in wrappers:
        frame.machine.write(("wrapped", wrapper), wrapped)
    return wrappers


def _cache(_frame: Frame, call: LibraryCall) -> Values:
    """`cache`, and `lru_cache` with its options or without."""
    return call.positional(0) or UNKNOWN


def _reduce(frame: Frame, call: LibraryCall) -> Values:
    function, rows, *rest = positional(call)
    elements = items_of(frame, rows)
    before = elements.union(*(argument.values for argument in rest))
    given = (Argument(before, call.place), Argument(elements, call.place))
    return before | calls.call(frame, function.values, given, call.place)


# --- generic functions ---------------------------------------------------------------------------


def _single_dispatch(frame: Frame, call: LibraryCall) -> Values:
    """A function that calls one of those registered with it, whichever it is."""
    return container(frame, call, "dispatch", call.positional(0))


# --- operator ------------------------------------------------------------------------------------


def _getter(path: str) -> Meaning:
    """`attrgetter(name)` and its like are called with the object later."""

    def keep(_frame: Frame, call: LibraryCall) -> Values:
        given = tuple(argument.values for argument in positional(call))
        named = tuple((a.name, a.values) for a in call.arguments if a.name is not None)
        return frozenset((Partial(LibraryValue(path), given, named),))

    return keep


def _get_attributes(frame: Frame, call: LibraryCall) -> Values:
    *names, holder = positional(call)
    result: set[Value] = set()
    for name in names:
        for value in ordered(name.values):
            known = folding.plain(value)
            if known is None or not isinstance(known.value, str):
                reason = "the name is not a constant"
                result.add(Opaque(reason, call.place, is_tracked=True, is_broad=True))
                continue
            found = holder.values
            for part in known.value.split("."):
                found = attributes.attribute(frame, found, part, call.place)
            result |= found
    return frozenset(result)


def _get_items(frame: Frame, call: LibraryCall) -> Values:
    *keys, holder = positional(call)
    result: set[Value] = set()
    for key in keys:
        result |= items.item(frame, holder.values, key.values, call.place)
    return frozenset(result)


def _get_item(frame: Frame, call: LibraryCall) -> Values:
    return items.item(frame, call.positional(0), call.positional(1), call.place)


def _call_method(frame: Frame, call: LibraryCall) -> Values:
    name, *given, holder = positional(call)
    named = tuple(argument for argument in call.arguments if argument.name is not None)
    result: set[Value] = set()
    for value in ordered(name.values):
        known = folding.plain(value)
        if known is not None and isinstance(known.value, str):
            methods = attributes.attribute(frame, holder.values, known.value, call.place)
            result |= calls.call(frame, methods, (*given, *named), call.place, call.expression)
        else:
            result.add(Opaque("the name is not a constant", call.place, is_tracked=True))
    return frozenset(result)


def _called(frame: Frame, call: LibraryCall) -> Values:
    """`operator.call(function, …)`."""
    return calls.call(frame, call.positional(0), call.arguments[1:], call.place, call.expression)


FUNCTIONS: Meanings = {
    "functools.wraps": _wraps,
    WRAPS: _wrap,
    "functools.update_wrapper": _wrap,
    "functools.partial": _partial,
    "functools.partialmethod": _partial_method,
    "functools.cache": _cache,
    "functools.lru_cache": _cache,
    "functools.reduce": _reduce,
    "functools.singledispatch": _single_dispatch,
    "functools.singledispatchmethod": _single_dispatch,
    "operator.attrgetter": _getter("operator.attrgetter()"),
    "operator.attrgetter()": _get_attributes,
    "operator.itemgetter": _getter("operator.itemgetter()"),
    "operator.itemgetter()": _get_items,
    "operator.methodcaller": _getter("operator.methodcaller()"),
    "operator.methodcaller()": _call_method,
    "operator.getitem": _get_item,
    "operator.call": _called,
}
