"""Values that are no resources: durations, the environment, members of enums."""

from datetime import timedelta

from infragraph.frontend import folding
from infragraph.frontend.frame import Frame
from infragraph.frontend.library import LibraryCall
from infragraph.frontend.stdlib.meaning import Meanings
from infragraph.frontend.values import UNKNOWN, LibraryValue, Opaque, Values, literal

UNITS = ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks")


def _timedelta(_frame: Frame, call: LibraryCall) -> Values:
    given: dict[str, float] = {}
    for index, argument in enumerate(call.arguments):
        name = argument.name or (UNITS[index] if index < len(UNITS) else "")
        known = [folding.plain(value) for value in argument.values]
        value = known[0].value if len(known) == 1 and known[0] is not None else None
        if argument.star or name not in UNITS or not isinstance(value, int | float):
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


FUNCTIONS: Meanings = {
    "datetime.timedelta": _timedelta,
    "enum.auto": _auto,
    "os.environ.get": _environment,
    "os.getenv": _environment,
}
