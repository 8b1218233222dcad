"""Which resource an object of the SDK is, or is a part of."""

from infragraph.frontend.frame import Frame
from infragraph.frontend.library import LibraryCall
from infragraph.frontend.values import (
    Declared,
    Handle,
    Value,
)
from infragraph.frontend.writing import written
from infragraph.model import facts

DECORATOR = "decorator:"


def owner_of(value: Value) -> Declared | None:
    match value:
        case Declared():
            return value
        case Handle() if not value.role.startswith(DECORATOR):
            return value.of
        case _:
            return None


def called(call: LibraryCall, name: str) -> str:
    """What is called, as written; where source has no such call, its name."""
    return written(call.expression.callee) if isinstance(call.expression, facts.Call) else name


def named(frame: Frame, value: Declared) -> str:
    """The name a resource is bound to, where an expression for it is not at hand."""
    return frame.machine.declared[value.key].symbol.rpartition(".")[2]
