"""What the names of `infragraph` mean to the machine."""

import infragraph
from infragraph.dialects.sdk.declaring import construct
from infragraph.dialects.sdk.names import (
    DIRECT,
    DISTINCTIVE,
    LIBRARY,
    METHODS,
    NO_VERBS,
    PROPERTIES,
    TYPES,
    VERBS,
)
from infragraph.dialects.sdk.owners import DECORATOR, named, owner_of
from infragraph.dialects.sdk.services import apply, call_declared, call_service
from infragraph.dialects.sdk.verbs import Access, call_verb, doubt
from infragraph.frontend import calls
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import LibraryCall
from infragraph.frontend.steps import Use
from infragraph.frontend.values import (
    UNKNOWN,
    Declared,
    Handle,
    LibraryValue,
    Member,
    Opaque,
    Place,
    Value,
    Values,
)


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
                return attribute_of(frame, receiver, name, place)
            case Member() if isinstance(receiver.receiver, Declared | Handle):
                return UNKNOWN
            case _:
                return None

    def call(self, frame: Frame, call: LibraryCall) -> Values | None:
        callee = call.callee
        match callee:
            case LibraryValue():
                return construct(frame, call, callee)
            case Declared():
                return call_declared(frame, call, callee)
            case Handle() if callee.role.startswith(DECORATOR):
                return apply(frame, call, callee.role.removeprefix(DECORATOR))
            case Handle():
                return frozenset((callee,))
            case Member():
                return _call_member(frame, call, callee)
            case _:
                return None

    def passed(self, frame: Frame, value: Value, place: Place) -> bool:
        match value:
            case Declared() if value.kind == "endpoint":
                text = named(frame, value)
                frame.record(Use(value, "call", text, place, frame.state.writes, is_mention=True))
                return True
            case Member():
                owner = owner_of(value.receiver)
                if owner is not None and value.name in VERBS.get(owner.kind, NO_VERBS):
                    access: Access | None = "unknown" if owner.kind == "database" else None
                    text = f"{named(frame, owner)}.{value.name}"
                    frame.record(Use(owner, value.name, text, place, frame.state.writes, access))
                return owner is not None
            case _:
                return isinstance(value, Declared | Handle)


def attribute_of(frame: Frame, receiver: Declared | Handle, name: str, place: Place) -> Values:
    """A verb of a resource, a method of a service; anything else is a mistake worth telling."""
    owner = owner_of(receiver)
    if owner is None:
        return UNKNOWN
    if owner.kind in {"endpoint", "made", "auth_handler"}:
        return frozenset((Member(receiver, name),))
    if owner.kind == "service":
        known = {*METHODS, *DIRECT, "mount", "name"}
        return frozenset((Member(receiver, name),)) if name in known else UNKNOWN
    if name in PROPERTIES and owner.kind == "database":
        text = f"{named(frame, owner)}.{name}"
        frame.record(Use(owner, name, text, place, frame.state.writes, "unknown"))
        return UNKNOWN
    return frozenset((Member(receiver, name),))


def _call_member(frame: Frame, call: LibraryCall, callee: Member) -> Values | None:
    owner = owner_of(callee.receiver)
    if owner is None:
        receiver = callee.receiver
        if isinstance(receiver, Opaque) and receiver.is_tracked:
            return doubt(frame, call, receiver, callee.name)
        return None
    match owner.kind:
        case "service":
            return call_service(frame, call, owner, callee.name)
        case "auth_handler":
            return UNKNOWN
        case "endpoint" | "made":
            calls.escape(frame, call.arguments)
            return UNKNOWN
        case _:
            return call_verb(frame, call, owner, callee)
