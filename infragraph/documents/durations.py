"""Durations of declarations, which are seconds, in words."""

DURATIONS = frozenset(
    {"ack_deadline", "every", "max_backoff", "min_backoff", "retention", "timeout"}
)
"""The options that are durations."""


def duration(seconds: float) -> str:
    """`90` is `90 seconds`, and `3600` is `1 hour`: the largest unit that leaves no rest."""
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds and seconds % size == 0:
            return _counted(int(seconds // size), unit)
    return _counted(seconds, "second")


def _counted(count: float, unit: str) -> str:
    return f"{count:g} {unit}" if count == 1 else f"{count:g} {unit}s"
