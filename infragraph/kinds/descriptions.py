"""What messages call a value that is of the wrong sort."""

from datetime import timedelta

from infragraph.kinds.naming import noun
from infragraph.model.values import (
    Entries,
    Items,
    Known,
    Made,
    Reference,
    StaticValue,
    Symbol,
    Unknown,
)

LONGEST_EXCERPT = 40


def described(value: StaticValue) -> str:
    """`the text 'orders'`, `a tuple`, `the topic 'orders'`."""
    match value:
        case Known():
            return _constant(value)
        case Items() | Entries() | Made():
            return f"a {_made(value)}"
        case Reference():
            return f"the {noun(value.kind)} {value.name!r}"
        case Symbol():
            kind = "" if value.kind in {"library", "object"} else f"the {value.kind} "
            return f"{kind}{value.name!r}"
        case Unknown():
            return "no constant"


def short(written: str) -> str:
    """As much of a text as a message shows."""
    return written if len(written) <= LONGEST_EXCERPT else f"{written[: LONGEST_EXCERPT - 1]}…"


def _constant(constant: Known) -> str:
    match constant.value:
        case str() as written:
            return f"the text {short(written)!r}"
        case bool() | None as value:
            return repr(value)
        case int() | float() | complex() as figure:
            return f"the number {short(repr(figure))}"
        case timedelta():
            return "a timedelta"
        case bytes():
            return "bytes"


def _made(value: Items | Entries | Made) -> str:
    match value:
        case Items():
            return value.kind
        case Entries():
            return "dict"
        case Made():
            return value.constructor.rpartition(".")[2]
