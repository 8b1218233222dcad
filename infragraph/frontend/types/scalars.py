"""Scalars of the standard library that a call of constants makes, as they are encoded."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from pathlib import PurePosixPath
from uuid import UUID

from infragraph.model.graph import Property

DIGITS_LIMIT = 1000
"""Characters of an argument: a number with more means nothing, and takes long to make."""


def scalar(path: str, arguments: Sequence[Property], named: Mapping[str, Property]) -> str | None:
    """The text that stands for the made value, None where the call is not one of these."""
    make = MADE.get(path)
    given = (*arguments, *named.values())
    if make is None or any(not _is_plain(value) for value in given):
        return None
    try:
        return make(*arguments, **named)
    except (InvalidOperation, OverflowError, TypeError, ValueError):
        return None


def _is_plain(value: Property) -> bool:
    return isinstance(value, str | int | float) and len(str(value)) <= DIGITS_LIMIT


def _moment(made: Callable[..., date | time]) -> Callable[..., str]:
    return lambda *arguments, **named: made(*arguments, **named).isoformat()


MADE: Mapping[str, Callable[..., str]] = {
    "datetime.date": _moment(date),
    "datetime.datetime": _moment(datetime),
    "datetime.time": _moment(time),
    "decimal.Decimal": lambda *arguments, **named: str(Decimal(*arguments, **named)),
    "pathlib.Path": lambda *arguments: str(PurePosixPath(*arguments)),
    "uuid.UUID": lambda *arguments, **named: str(UUID(*arguments, **named)),
}
"""What every codec writes in the same way; a duration is not among it."""
