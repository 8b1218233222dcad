"""Durations and sizes as numbers, for whoever runs what declares them."""

import re
from datetime import timedelta

from infragraph.sdk.quantities import Duration, Size

_DURATION = re.compile(r"([0-9]+)(ms|s|m|h|d)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_SIZE = re.compile(r"([0-9]+)(B|KiB|MiB|GiB)")
_BYTES = {"B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}


def seconds(duration: Duration) -> float:
    """A duration in seconds.

    Raises:
        ValueError: it is no duration.
    """
    if isinstance(duration, timedelta):
        return duration.total_seconds()
    match = _DURATION.fullmatch(duration)
    if match is None:
        message = f"{duration!r} is no duration, such as '30s' or '7d'"
        raise ValueError(message)
    return int(match[1]) * _SECONDS[match[2]]


def size(written: Size) -> int:
    """A size in bytes.

    Raises:
        ValueError: it is no size.
    """
    if isinstance(written, int):
        return written
    match = _SIZE.fullmatch(written)
    if match is None:
        message = f"{written!r} is no size, such as '2MiB'"
        raise ValueError(message)
    return int(match[1]) * _BYTES[match[2]]
