"""What the standard library does with the functions and containers it is given.

Only what decides where a resource ends up: the rest of the standard library is unknown code.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from infragraph.frontend import attributes, calls, classes, folding
from infragraph.frontend.expressions import update
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument, LibraryCall
from infragraph.frontend.relevance import matters
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    ConstantValue,
    Container,
    FunctionValue,
    LibraryValue,
    Member,
    ModuleValue,
    Opaque,
    Partial,
    Place,
    Role,
    TupleValue,
    Value,
    Values,
    literal,
)

NESTING = 4
"""How deep partials nest: a loop that wraps one in another would never end."""

WITHOUT_MENTION = frozenset(
    {
        "builtins.isinstance",
        "builtins.issubclass",
        "builtins.hasattr",
        "builtins.callable",
        "builtins.id",
        "builtins.type",
        "builtins.len",
        "builtins.repr",
        "builtins.str",
        "builtins.hash",
        "inspect.signature",
        "inspect.iscoroutinefunction",
        "asyncio.iscoroutinefunction",
        "typing.get_type_hints",
        "typing.TypeVar",
        "typing.NewType",
    }
)
"""What looks at a function without calling it."""

FIRST_ARGUMENT = frozenset(
    {
        "asyncio.wait_for",
        "asyncio.shield",
        "asyncio.create_task",
        "asyncio.ensure_future",
        "asyncio.run",
        "builtins.iter",
        "builtins.aiter",
        "builtins.reversed",
        "builtins.sorted",
        "builtins.list",
        "builtins.tuple",
        "builtins.set",
        "builtins.frozenset",
        "collections.deque",
        "copy.copy",
        "copy.deepcopy",
        "typing.cast",
        "contextlib.closing",
        "contextlib.aclosing",
        "contextlib.nullcontext",
        "contextlib.suppress",
        "functools.lru_cache",
        "functools.cache",
        "types.MappingProxyType",
        "itertools.cycle",
        "asyncio.as_completed",
    }
)
"""What gives back its first argument, as far as a resource in it is concerned (`cast` its second)."""

ROLES: Mapping[str, Role] = {
    "builtins.staticmethod": "static",
    "builtins.classmethod": "class",
    "builtins.property": "property",
    "functools.cached_property": "property",
    "contextlib.contextmanager": "context",
    "contextlib.asynccontextmanager": "context",
}


class StandardLibrary:
    """The built-in functions and the modules that pass functions on."""

    distinctive: frozenset[str] = frozenset()

    def names(self, _module: str) -> frozenset[str] | None:
        return None

    def is_read(self, _path: str) -> bool:
        return False

    def annotated(self, _path: str) -> str | None:
        return None

    def passed(self, _frame: Frame, _value: Value, _place: Place) -> bool:
        return False

    def attribute(
        self, _frame: Frame, _receiver: Value, _name: str, _place: Place
    ) -> Values | None:
        return None

    def call(self, frame: Frame, call: LibraryCall) -> Values | None:
        match call.callee:
            case LibraryValue():
                return _call_named(frame, call, call.callee.path)
            case Member():
                return _call_member(frame, call, call.callee)
            case _:
                return None


def _call_named(frame: Frame, call: LibraryCall, path: str) -> Values | None:
    path = path.replace("typing_extensions.", "typing.")
    if path in WITHOUT_MENTION:
        return UNKNOWN
    if path in ROLES:
        return _with_role(frame, call, ROLES[path])
    if path in FIRST_ARGUMENT:
        return call.positional(1 if path == "typing.cast" else 0) or UNKNOWN
    handler = HANDLERS.get(path)
    return None if handler is None else handler(frame, call)


def _with_role(frame: Frame, call: LibraryCall, role: Role) -> Values:
    return frozenset(
        classes.in_role(frame.machine, value, role) if isinstance(value, FunctionValue) else value
        for value in call.positional(0)
    )


def _partial(frame: Frame, call: LibraryCall) -> Values:
    made: set[Value] = set()
    plain = [argument for argument in call.arguments if argument.name is None]
    if not plain or any(argument.star for argument in call.arguments):
        calls.escape(frame, call.arguments)
        return UNKNOWN
    positional = tuple(argument.values for argument in plain[1:])
    keywords = tuple((a.name, a.values) for a in call.arguments if a.name is not None)
    for callee in calls.ordered(plain[0].values):
        if _depth(callee) >= NESTING:
            made |= UNKNOWN
            continue
        value = Partial(callee, positional, keywords)
        made.add(value)
        calls.mention(frame, value, call.place)
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


def _getattr(frame: Frame, call: LibraryCall) -> Values:
    holders, names, default = call.positional(0), call.positional(1), call.positional(2)
    found: set[Value] = set(default)
    for name in calls.ordered(names):
        known = folding.plain(name)
        if known is not None and isinstance(known.value, str):
            found |= attributes.attribute(frame, holders, known.value, call.place)
            continue
        for holder in calls.ordered(holders):
            is_ours = matters(frame.machine, holder)
            reason = "the name is not a constant"
            found.add(Opaque(reason, call.place, is_tracked=True, is_broad=not is_ours))
    return frozenset(found)


def _setattr(frame: Frame, call: LibraryCall) -> Values:
    for name in call.positional(1):
        known = folding.plain(name)
        if known is not None and isinstance(known.value, str):
            attributes.assign(frame, call.positional(0), known.value, call.positional(2))
    return UNKNOWN


def _import_module(frame: Frame, call: LibraryCall) -> Values:
    found: set[Value] = set()
    names = call.positional(0)
    for name in calls.ordered(names):
        known = folding.plain(name)
        if known is not None and isinstance(known.value, str):
            text = known.value
            package = frame.module.package
            if text.startswith("."):
                level = len(text) - len(text.lstrip("."))
                absolute = frame.machine.program.absolute(frame.module, text.lstrip("."), level)
                text = absolute if absolute is not None else package
            frame.machine.module(text)
            if frame.machine.program.holds(text):
                found.add(ModuleValue(text))
            else:
                found.add(LibraryValue(text))
        else:
            reason = "the module's name is not a constant"
            found.add(Opaque(reason, call.place, is_tracked=True))
    return frozenset(found)


def _map(frame: Frame, call: LibraryCall) -> Values:
    given = tuple(
        Argument(attributes.iterated(frame, argument.values, argument.place), argument.place)
        for argument in call.arguments[1:]
    )
    result = calls.call(frame, call.positional(0), given, call.place)
    return frozenset((TupleValue((), result),))


def _filter(frame: Frame, call: LibraryCall) -> Values:
    items = attributes.iterated(frame, call.positional(1), call.place)
    calls.call(frame, call.positional(0), (Argument(items, call.place),), call.place)
    return frozenset((TupleValue((), items),))


def _next(frame: Frame, call: LibraryCall) -> Values:
    return attributes.iterated(frame, call.positional(0), call.place) | call.positional(1)


def _zip(frame: Frame, call: LibraryCall) -> Values:
    columns = tuple(
        attributes.iterated(frame, argument.values, argument.place) for argument in call.arguments
    )
    return frozenset((TupleValue((), frozenset((TupleValue(columns),))),))


def _enumerate(frame: Frame, call: LibraryCall) -> Values:
    items = attributes.iterated(frame, call.positional(0), call.place)
    return frozenset((TupleValue((), frozenset((TupleValue((UNKNOWN, items)),))),))


def _chain(frame: Frame, call: LibraryCall) -> Values:
    held: Values = NOTHING
    for argument in call.arguments:
        held |= attributes.iterated(frame, argument.values, argument.place)
    return frozenset((TupleValue((), held),))


def _gather(_frame: Frame, call: LibraryCall) -> Values:
    if any(argument.star for argument in call.arguments):
        held = NOTHING.union(*(argument.values for argument in call.arguments))
        return frozenset((TupleValue((), held),))
    return frozenset((TupleValue(tuple(argument.values for argument in call.arguments)),))


def _run_with_arguments(skip: int) -> Callable[[Frame, LibraryCall], Values]:
    """`to_thread(function, *arguments)`; `skip` arguments stand before the function."""

    def follow(frame: Frame, call: LibraryCall) -> Values:
        rest = tuple(argument for argument in call.arguments[skip + 1 :])
        return calls.call(frame, call.positional(skip), rest, call.place)

    return follow


def _dict(frame: Frame, call: LibraryCall) -> Values:
    container = Container("dict", call.place, frame.activation)
    for argument in call.arguments:
        if argument.name is not None:
            key = frozenset((literal(argument.name),))
            attributes.put(frame, container, key, argument.values)
        else:
            update(frame, container, argument.values)
    return frozenset((container,))


def _field(_frame: Frame, call: LibraryCall) -> Values:
    """The default of a field, until an object is made."""
    kept = {
        "default": "default",
        "factory": "default_factory",
        "default_factory": "default_factory",
    }
    options = tuple((kept[a.name], a.values) for a in call.arguments if a.name in kept)
    return frozenset((Partial(calls.FIELD, (), options),))


def _timedelta(_frame: Frame, call: LibraryCall) -> Values:
    units = ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks")
    given: dict[str, float] = {}
    for index, argument in enumerate(call.arguments):
        name = argument.name or (units[index] if index < len(units) else "")
        known = [folding.plain(value) for value in argument.values]
        value = known[0].value if len(known) == 1 and known[0] is not None else None
        if argument.star or name not in units or not isinstance(value, int | float):
            reasons = frozenset(v for v in argument.values if isinstance(v, Opaque))
            return reasons or UNKNOWN
        given[name] = value
    try:
        return frozenset((literal(timedelta(**given)),))
    except (OverflowError, ValueError):
        return UNKNOWN


def _environment(_frame: Frame, call: LibraryCall) -> Values:
    return frozenset((Opaque("it is read from the environment", call.place),))


def _auto(_frame: Frame, _call: LibraryCall) -> Values:
    return frozenset((LibraryValue("enum.auto()"),))


def _cache(_frame: Frame, call: LibraryCall) -> Values:
    return call.positional(0) or UNKNOWN


WRAPS = "functools.wraps()"

FIELDS = (
    "dataclasses.field",
    "attrs.field",
    "attr.ib",
    "attr.field",
    "msgspec.field",
    "pydantic.Field",
)
"""What gives a field of a class its default."""

HANDLERS: Mapping[str, Callable[[Frame, LibraryCall], Values]] = {
    "functools.wraps": _wraps,
    WRAPS: _wrap,
    "functools.update_wrapper": _wrap,
    **dict.fromkeys(FIELDS, _field),
    "functools.partial": _partial,
    "functools.partialmethod": _partial,
    "builtins.getattr": _getattr,
    "builtins.setattr": _setattr,
    "importlib.import_module": _import_module,
    "builtins.__import__": _import_module,
    "builtins.map": _map,
    "builtins.filter": _filter,
    "builtins.next": _next,
    "builtins.anext": _next,
    "builtins.zip": _zip,
    "builtins.enumerate": _enumerate,
    "itertools.chain": _chain,
    "asyncio.gather": _gather,
    "asyncio.to_thread": _run_with_arguments(0),
    "anyio.to_thread.run_sync": _run_with_arguments(0),
    "starlette.concurrency.run_in_threadpool": _run_with_arguments(0),
    "builtins.dict": _dict,
    "datetime.timedelta": _timedelta,
    "os.getenv": _environment,
    "os.environ.get": _environment,
    "enum.auto": _auto,
    "functools.lru_cache": _cache,
}

# --- methods of containers, constants and unknown objects ----------------------------------------

PUT = frozenset({"append", "add", "appendleft", "put", "put_nowait"})
PUT_ALL = frozenset({"extend", "update", "extendleft"})
GIVE = frozenset({"pop", "popleft", "get", "copy", "popitem", "setdefault"})
ENTER = frozenset({"enter_context", "enter_async_context"})


def _call_member(frame: Frame, call: LibraryCall, callee: Member) -> Values | None:
    receiver = callee.receiver
    match receiver:
        case Container():
            return _call_container(frame, call, receiver, callee.name)
        case TupleValue():
            held = receiver.rest.union(*receiver.elements)
            return held if callee.name in GIVE else UNKNOWN
        case ConstantValue():
            return _call_constant(frame, call, receiver, callee.name)
        case Opaque() if not receiver.is_tracked and callee.name in ENTER:
            return attributes.entered(frame, call.positional(0), call.place)
        case Opaque() if not receiver.is_tracked and callee.name == "create_task":
            return call.positional(0) or UNKNOWN
        case _:
            return None


def _call_container(frame: Frame, call: LibraryCall, receiver: Container, name: str) -> Values:
    machine = frame.machine
    if name in PUT:
        attributes.put(frame, receiver, None, call.positional(0))
        return UNKNOWN
    if name == "insert":
        attributes.put(frame, receiver, None, call.positional(1))
        return UNKNOWN
    if name in PUT_ALL:
        if receiver.kind == "dict":
            update(frame, receiver, call.positional(0))
            for argument in call.arguments:
                if argument.name is not None:
                    key = frozenset((literal(argument.name),))
                    attributes.put(frame, receiver, key, argument.values)
        else:
            items = calls.elements(machine, call.positional(0))
            attributes.put(frame, receiver, None, items)
        return UNKNOWN
    if name == "setdefault":
        attributes.put(frame, receiver, call.positional(0), call.positional(1))
    if name == "copy":
        return frozenset((receiver,))
    if name == "values":
        return frozenset((TupleValue((), machine.read(("item", receiver, None))),))
    if name == "keys":
        return frozenset((TupleValue((), machine.read(("keys", receiver))),))
    if name == "items":
        pairs: set[Value] = set()
        for key in calls.ordered(machine.read(("keys", receiver))):
            exact = isinstance(key, ConstantValue)
            stored = machine.read(("item", receiver, key if exact else None))
            pairs.add(TupleValue((frozenset((key,)), stored)))
        return frozenset((TupleValue((), frozenset(pairs)),))
    if name in GIVE and receiver.kind == "dict":
        given = frozenset((receiver,))
        found = attributes.item(frame, given, call.positional(0), call.place)
        return found | call.positional(1)
    if name in GIVE:
        return machine.read(("item", receiver, None))
    calls.escape(frame, call.arguments)
    return UNKNOWN


def _call_constant(frame: Frame, call: LibraryCall, receiver: ConstantValue, name: str) -> Values:
    if name == "format" and isinstance(receiver.value, str):
        if any(argument.star for argument in call.arguments):
            return UNKNOWN
        positional = [a.values for a in call.arguments if a.name is None]
        named = {a.name: a.values for a in call.arguments if a.name is not None}
        return folding.format_method(receiver.value, positional, named)
    calls.escape(frame, call.arguments)
    return frozenset((Opaque("it is the result of a call", call.place),))
