"""Our own SDK: what its constructors declare and what its verbs use."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import infragraph
from infragraph.dialects.dialect import Dialect
from infragraph.frontend import calls, classes
from infragraph.frontend.elements import elements
from infragraph.frontend.following import returned_type
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import Argument, LibraryCall
from infragraph.frontend.module_names import demand
from infragraph.frontend.ordering import ordered
from infragraph.frontend.statics import span_of, static
from infragraph.frontend.steps import Doubt, Use, Write
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    ConstantValue,
    Declared,
    FunctionValue,
    Handle,
    LibraryValue,
    Member,
    Opaque,
    Place,
    TypeArgument,
    Value,
    Values,
)
from infragraph.frontend.writing import written
from infragraph.frontend.written import Written
from infragraph.model import facts
from infragraph.model.source import SourceSpan
from infragraph.model.values import KeywordValue, Known, StaticValue, Unknown

LIBRARY = "infragraph"

CONSTRUCTORS: Mapping[str, str] = {
    "infragraph.Service": "service",
    "infragraph.Topic": "topic",
    "infragraph.SQLDatabase": "database",
    "infragraph.Bucket": "bucket",
    "infragraph.Secret": "secret",
}

TYPES: Mapping[str, str] = {**CONSTRUCTORS, "infragraph.Transaction": "database"}

VERBS: Mapping[str, frozenset[str]] = {
    "topic": frozenset({"publish", "publish_many", "publish_sync"}),
    "database": frozenset(
        {"execute", "fetch", "fetch_one", "transaction", "connect", "driver_connection", "url"}
    ),
    "bucket": frozenset({"upload", "download", "delete", "list", "exists", "signed_url"}),
    "secret": frozenset({"get"}),
}

DISTINCTIVE = frozenset(
    {"publish", "publish_many", "publish_sync", "fetch_one", "transaction", "signed_url"}
)
"""Verbs that other libraries' objects seldom have; the others are too common to suspect."""

EVERY_VERB = frozenset[str]().union(*VERBS.values())

PROPERTIES = frozenset({"url"})
"""Verbs that are used by being read."""

HANDLES: Mapping[str, str] = {"transaction": "transaction", "connect": "connection"}

SQL = frozenset({"execute", "fetch", "fetch_one"})

METHODS: Mapping[str, str] = {
    "get": "endpoint",
    "post": "endpoint",
    "put": "endpoint",
    "patch": "endpoint",
    "delete": "endpoint",
    "raw": "endpoint",
    "subscribe": "subscription",
    "cron": "cron",
}
"""Methods of a service that give a decorator."""

DIRECT: Mapping[str, str] = {
    "auth_handler": "auth_handler",
    "on_startup": "startup",
    "on_shutdown": "shutdown",
}
"""Methods of a service that are decorators themselves."""

DATA: Mapping[str, frozenset[str]] = {
    "service": frozenset({"name"}),
    "auth_handler": frozenset({"caller", "service"}),
}


class SdkDialect:
    """What the names of `infragraph` mean to the machine."""

    distinctive = DISTINCTIVE
    top_level = frozenset({LIBRARY})

    def names(self, module: str) -> frozenset[str] | None:
        return frozenset(infragraph.__all__) if module == LIBRARY else None

    def is_read(self, path: str) -> bool:
        return path.partition(".")[0] == LIBRARY

    def annotated(self, path: str) -> str | None:
        return TYPES.get(path)

    def attribute(self, frame: Frame, receiver: Value, name: str, place: Place) -> Values | None:
        match receiver:
            case LibraryValue():
                return None
            case Declared() | Handle():
                return _attribute(frame, receiver, name, place)
            case Member() if isinstance(receiver.receiver, Declared | Handle):
                return UNKNOWN
            case _:
                return None

    def call(self, frame: Frame, call: LibraryCall) -> Values | None:
        callee = call.callee
        match callee:
            case LibraryValue():
                return _construct(frame, call, callee)
            case Declared():
                return _call_declared(frame, call, callee)
            case Handle() if callee.role.startswith(DECORATOR):
                return _apply(frame, call, callee.role.removeprefix(DECORATOR))
            case Handle():
                return frozenset((callee,))
            case Member():
                return _call_member(frame, call, callee)
            case _:
                return None

    def passed(self, frame: Frame, value: Value, place: Place) -> bool:
        match value:
            case Declared() if value.kind == "endpoint":
                text = _named(frame, value)
                frame.record(Use(value, "call", text, place, frame.state.writes, is_mention=True))
                return True
            case Member():
                owner = _owner(value.receiver)
                if owner is not None and value.name in VERBS.get(owner.kind, NO_VERBS):
                    access: Access | None = "unknown" if owner.kind == "database" else None
                    text = f"{_named(frame, owner)}.{value.name}"
                    frame.record(Use(owner, value.name, text, place, frame.state.writes, access))
                return owner is not None
            case _:
                return isinstance(value, Declared | Handle)


NO_VERBS: frozenset[str] = frozenset()

DECORATOR = "decorator:"


def _owner(value: Value) -> Declared | None:
    match value:
        case Declared():
            return value
        case Handle() if not value.role.startswith(DECORATOR):
            return value.of
        case _:
            return None


def _attribute(frame: Frame, receiver: Declared | Handle, name: str, place: Place) -> Values:
    """A verb of a resource, a method of a service; anything else is a mistake worth telling."""
    owner = _owner(receiver)
    if owner is None:
        return UNKNOWN
    if owner.kind in {"endpoint", "made", "auth_handler"}:
        return frozenset((Member(receiver, name),))
    if owner.kind == "service":
        known = {*METHODS, *DIRECT, "mount", "name"}
        return frozenset((Member(receiver, name),)) if name in known else UNKNOWN
    if name in PROPERTIES and owner.kind == "database":
        text = f"{_named(frame, owner)}.{name}"
        frame.record(Use(owner, name, text, place, frame.state.writes, "unknown"))
        return UNKNOWN
    return frozenset((Member(receiver, name),))


# --- declarations --------------------------------------------------------------------------------


def _construct(frame: Frame, call: LibraryCall, callee: LibraryValue) -> Values | None:
    kind = CONSTRUCTORS.get(callee.path)
    if kind is None:
        if callee.path == "infragraph.Retry" and isinstance(call.expression, facts.Call):
            key = _key(call.place)
            frame.machine.made[key] = static(frame, call.expression)
            return frozenset((Declared(key, "made"),))
        return UNKNOWN if callee.path.startswith(f"{LIBRARY}.") else None
    return frozenset((_declare(frame, call, kind, None, type_argument=callee.type_argument),))


def _key(place: Place) -> str:
    return f"{place.path}:{place.at.line}:{place.at.column}"


def _declare(
    frame: Frame,
    call: LibraryCall,
    kind: str,
    service: Declared | None,
    *,
    type_argument: TypeArgument | None = None,
    method: str | None = None,
) -> Declared:
    """Take down a declaring call, replacing what an earlier run of the same code took down."""
    key = f"{_key(call.place)}:{kind}"
    place, symbol, doc = _location(frame, call)
    positional, keywords, is_open = _arguments(frame, call)
    node = call.expression
    callee = written(node.callee) if isinstance(node, facts.Call) else kind
    if not frame.is_typing:
        frame.machine.declared[key] = Written(
            key=key,
            kind=kind,
            place=place,
            call=call.place,
            callee=callee,
            module=frame.module,
            symbol=symbol,
            doc=doc,
            positional=positional,
            keywords=keywords,
            is_open=is_open,
            service=None if service is None else service.key,
            method=method,
            type_argument=type_argument,
            handler=None if method is None else NOTHING,
            placement=frame.placement,
            branch=frame.branch,
        )
    return Declared(key, kind)


def _location(frame: Frame, call: LibraryCall) -> tuple[Place, str, str | None]:
    """The assignment that binds what is declared, with the name it binds; else the call."""
    module = frame.module.name
    outer = frame.activation.code
    prefix = module if outer is None else outer.symbol
    current: Frame | None = frame
    names: list[str] = []
    while current is not None and current.body_class is not None:
        names.append(current.body_class.definition.name)
        current = current.outer
    scope = ".".join([prefix, *reversed(names)])
    match frame.statement:
        case facts.Assign() as statement if statement.value is call.expression:
            target = statement.targets[0]
            return frame.place(statement.at), f"{scope}.{written(target)}", statement.doc
        case facts.AnnotatedAssign() as statement if statement.value is call.expression:
            symbol = f"{scope}.{written(statement.target)}"
            return frame.place(statement.at), symbol, statement.doc
        case _:
            return call.place, scope, None


def _arguments(
    frame: Frame, call: LibraryCall
) -> tuple[tuple[StaticValue, ...], tuple[KeywordValue, ...], bool]:
    positional: list[StaticValue] = []
    keywords: list[KeywordValue] = []
    is_open = False
    for argument in call.arguments:
        if argument.star:
            is_open = True
            continue
        span = span_of(argument.place)
        value = _static_argument(frame, argument, span)
        if argument.name is None:
            positional.append(value)
        else:
            keywords.append(KeywordValue(name=argument.name, value=value, span=span))
    return tuple(positional), tuple(keywords), is_open


def _static_argument(frame: Frame, argument: Argument, span: SourceSpan) -> StaticValue:
    if argument.expression is not None:
        return static(frame, argument.expression)
    if len(argument.values) == 1:
        value = next(iter(argument.values))
        if isinstance(value, ConstantValue) and isinstance(value.value, str | int | float | bool):
            return Known(value=value.value, span=span)
    return Unknown(reason="it is not written at the call", span=span)


# --- services ------------------------------------------------------------------------------------


def _call_member(frame: Frame, call: LibraryCall, callee: Member) -> Values | None:
    owner = _owner(callee.receiver)
    if owner is None:
        receiver = callee.receiver
        if isinstance(receiver, Opaque) and receiver.is_tracked:
            return _doubt(frame, call, receiver, callee.name)
        return None
    match owner.kind:
        case "service":
            return _call_service(frame, call, owner, callee.name)
        case "auth_handler":
            return UNKNOWN
        case "endpoint" | "made":
            calls.escape(frame, call.arguments)
            return UNKNOWN
        case _:
            return _call_verb(frame, call, owner, callee)


def _doubt(frame: Frame, call: LibraryCall, receiver: Opaque, name: str) -> Values:
    """A verb on something that may be a resource, but nobody can say which."""
    verbs = DISTINCTIVE if receiver.is_broad else EVERY_VERB
    if name in verbs:
        frame.record(
            Doubt(
                _called(call, name),
                receiver.reason,
                call.place,
                is_typed=receiver.is_typed,
                is_reported=receiver.is_reported,
            )
        )
    calls.escape(frame, call.arguments)
    return frozenset((receiver,))


def _call_service(frame: Frame, call: LibraryCall, owner: Declared, name: str) -> Values:
    if name in METHODS:
        made = _declare(frame, call, METHODS[name], owner, method=name)
        return frozenset((Handle(made, f"{DECORATOR}{made.key}"),))
    if name in DIRECT:
        made = _declare(frame, replace(call, arguments=()), DIRECT[name], owner)
        return _apply(frame, call, made.key)
    if name == "mount":
        _declare(frame, call, "mount", owner)
        calls.escape(frame, call.arguments[1:])
    return UNKNOWN


def _apply(frame: Frame, call: LibraryCall, key: str) -> Values:
    """A decorator of a service meets what it decorates."""
    given = call.positional(0)
    declaration = frame.machine.declared.get(key)
    if declaration is None:
        return given
    functions = frozenset(_function_of(frame, value) for value in given)
    if not frame.is_typing:
        frame.machine.declared[key] = replace(declaration, handler=functions)
    if declaration.kind in {"endpoint", "auth_handler"}:
        return frozenset(Declared(key, declaration.kind, value) for value in functions) or given
    return given


def _function_of(frame: Frame, value: Value) -> Value:
    """What is called in the end: the function behind an endpoint that is decorated once more.

    A function of a class's body is no method to the service, which knows no object.
    """
    if isinstance(value, Declared) and value.handler is not None:
        return value.handler
    if isinstance(value, FunctionValue) and value.role == "plain" and value.owner is not None:
        return classes.in_role(frame.machine, value, "static")
    return value


def _call_declared(frame: Frame, call: LibraryCall, callee: Declared) -> Values | None:
    if callee.kind == "auth_handler" and callee.handler is not None:
        return calls.call(frame, frozenset((callee.handler,)), call.arguments, call.place)
    if callee.kind != "endpoint":
        return None
    frame.record(Use(callee, "call", _called(call, "call"), call.place, frame.state.writes))
    calls.escape(frame, call.arguments)
    return returned_type(frame, callee.handler)


def _called(call: LibraryCall, name: str) -> str:
    """What is called, as written; where source has no such call, its name."""
    return written(call.expression.callee) if isinstance(call.expression, facts.Call) else name


def _named(frame: Frame, value: Declared) -> str:
    """The name a resource is bound to, where an expression for it is not at hand."""
    return frame.machine.declared[value.key].symbol.rpartition(".")[2]


# --- verbs ---------------------------------------------------------------------------------------


def _call_verb(frame: Frame, call: LibraryCall, owner: Declared, callee: Member) -> Values:
    name = callee.name
    if name not in VERBS[owner.kind]:
        if not isinstance(callee.receiver, Handle) and name not in KNOWN_ATTRIBUTES:
            reason = f"a {owner.kind} has no '{name}'"
            frame.record(Doubt(_called(call, name), reason, call.place))
        return UNKNOWN
    match owner.kind:
        case "topic":
            _publish(frame, call, owner, name)
            return UNKNOWN
        case "database":
            return _query(frame, call, owner, name)
        case _:
            frame.record(Use(owner, name, _called(call, name), call.place, frame.state.writes))
            return UNKNOWN


KNOWN_ATTRIBUTES = frozenset({"__class__", "__repr__", "__str__", "__eq__", "__hash__"})


def _publish(frame: Frame, call: LibraryCall, owner: Declared, name: str) -> None:
    outbox = call.keyword("outbox")
    databases = [v for v in (_owner(value) for value in ordered(outbox)) if v is not None]
    is_none = all(isinstance(value, ConstantValue) and value.value is None for value in outbox)
    joined = next((a.place for a in call.arguments if a.name == "outbox"), None)
    event = next((a for a in call.arguments if a.name in {None, "event", "events"}), None)
    values = event.values if event is not None else NOTHING
    if name == "publish_many":
        values = elements(frame.machine, values)
    for value in values:
        if isinstance(value, Opaque) and value.made_by:
            # Only its class says whether it is what the topic carries.
            frame.machine.demand(value.made_by)
    text = _called(call, name)
    frame.record(
        Use(
            owner,
            name,
            text,
            call.place,
            frame.state.writes,
            outbox=databases[0] if databases else None,
            has_outbox=joined is not None and not (outbox and is_none),
            event=values,
            event_place=event.place if event is not None else None,
        )
    )
    for database in databases:
        frame.record(
            Use(database, "outbox", text, call.place, frame.state.writes, "write", argument=joined)
        )
    calls.escape(frame, call.arguments)


def _query(frame: Frame, call: LibraryCall, owner: Declared, name: str) -> Values:
    text = _called(call, name)
    if name in HANDLES:
        frame.record(Use(owner, name, text, call.place, frame.state.writes))
        return frozenset((Handle(owner, HANDLES[name]),))
    access = _access(frame, call) if name in SQL else "unknown"
    frame.record(Use(owner, name, text, call.place, frame.state.writes, access))
    if access in {"write", "read-write"}:
        frame.state.writes |= {Write(owner.key, call.place)}
    calls.escape(frame, call.arguments)
    return UNKNOWN


Access = Literal["read", "write", "read-write", "unknown"]


def _access(frame: Frame, call: LibraryCall) -> Access:
    """What the statement does, where its text is constant."""
    texts = call.positional(0) or call.keyword("sql")
    demand(frame.machine, texts)
    found: set[Access] = set()
    for value in texts:
        if not isinstance(value, ConstantValue) or not isinstance(value.value, str):
            return "unknown"
        found.add(statement_access(value.value))
    if "unknown" in found or not found:
        return "unknown"
    return "read-write" if len(found) > 1 else found.pop()


def statement_access(text: str) -> Access:
    # sqlglot costs more than everything else to import, and most runs of an editor need no SQL.
    from infragraph.sql.access import access  # noqa: PLC0415

    return access(text)


SDK = Dialect(name="sdk", library=SdkDialect())
