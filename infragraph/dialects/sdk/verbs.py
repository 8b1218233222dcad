"""Verbs of resources: what calling them uses."""

from typing import Literal

from infragraph.dialects.sdk.names import DISTINCTIVE, EVERY_VERB, HANDLES, SQL, VERBS
from infragraph.dialects.sdk.owners import called, owner_of
from infragraph.frontend import calls
from infragraph.frontend.elements import elements
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import LibraryCall
from infragraph.frontend.module_names import demand
from infragraph.frontend.ordering import ordered
from infragraph.frontend.steps import Doubt, Use, Write
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
    ConstantValue,
    Declared,
    Handle,
    Member,
    Opaque,
    Values,
)

Access = Literal["read", "write", "read-write", "unknown"]


ENTERING = frozenset({"__aenter__", "__enter__"})
"""What `with` calls, and a program that keeps a transaction open may call by hand."""


def call_verb(frame: Frame, call: LibraryCall, owner: Declared, callee: Member) -> Values:
    name = callee.name
    if name in ENTERING and isinstance(callee.receiver, Handle):
        return frozenset((callee.receiver,))
    if name not in VERBS[owner.kind]:
        if not isinstance(callee.receiver, Handle) and name not in KNOWN_ATTRIBUTES:
            reason = f"a {owner.kind} has no '{name}'"
            frame.record(Doubt(called(call, name), reason, call.place))
        return UNKNOWN
    match owner.kind:
        case "topic":
            _publish(frame, call, owner, name)
            return UNKNOWN
        case "database":
            return _query(frame, call, owner, name)
        case _:
            frame.record(Use(owner, name, called(call, name), call.place, frame.state.writes))
            return UNKNOWN


KNOWN_ATTRIBUTES = frozenset({"__class__", "__repr__", "__str__", "__eq__", "__hash__"})


def _publish(frame: Frame, call: LibraryCall, owner: Declared, name: str) -> None:
    outbox = call.keyword("outbox")
    databases = [v for v in (owner_of(value) for value in ordered(outbox)) if v is not None]
    is_none = all(isinstance(value, ConstantValue) and value.value is None for value in outbox)
    joined = next((a.place for a in call.arguments if a.name == "outbox"), None)
    event = next((a for a in call.arguments if a.name in {None, "event", "events"}), None)
    if event is not None and event.star:
        event = None
    values = event.values if event is not None else NOTHING
    if name == "publish_many":
        values = elements(frame.machine, values)
    for value in values:
        if isinstance(value, Opaque) and value.made_by:
            # Only its class says whether it is what the topic carries.
            frame.machine.demand(value.made_by)
    text = called(call, name)
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
    text = called(call, name)
    if name in HANDLES:
        frame.record(Use(owner, name, text, call.place, frame.state.writes))
        return frozenset((Handle(owner, HANDLES[name]),))
    access = _access(frame, call) if name in SQL else "unknown"
    frame.record(Use(owner, name, text, call.place, frame.state.writes, access))
    if access in {"write", "read-write"}:
        frame.state.writes |= {Write(owner.key, call.place)}
    calls.escape(frame, call.arguments)
    return UNKNOWN


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


def doubt(frame: Frame, call: LibraryCall, receiver: Opaque, name: str) -> Values:
    """A verb on something that may be a resource, but nobody can say which."""
    verbs = DISTINCTIVE if receiver.is_broad else EVERY_VERB
    if name in verbs:
        frame.record(
            Doubt(
                called(call, name),
                receiver.reason,
                call.place,
                is_typed=receiver.is_typed,
                is_reported=receiver.is_reported,
            )
        )
    calls.escape(frame, call.arguments)
    return frozenset((receiver,))
