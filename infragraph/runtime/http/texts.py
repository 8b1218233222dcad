"""Values that are written as texts: in paths, queries, headers and cookies."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from infragraph.runtime.codec import DecodeError


def convert(given: str | list[str], wanted: Any) -> Any:
    """The value of the type `wanted` that a text, or several, stand for.

    Raises:
        DecodeError: they stand for none.
    """
    import msgspec  # noqa: PLC0415 - at the first request, not at start

    try:
        return msgspec.convert(given, wanted, strict=False)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `")
        raise DecodeError(reason, field=place.rstrip("`") or "$") from error


def written(value: object) -> list[str]:
    """The texts that a value travels as, none for None; `convert` reads them back."""
    import msgspec  # noqa: PLC0415 - at the first call, not at start

    if value is None:
        return []
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [text for item in cast("Sequence[object]", value) for text in written(item)]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, (datetime, date, time, timedelta)):
        return [str(msgspec.to_builtins(value))]
    return [str(msgspec.to_builtins(value))]
