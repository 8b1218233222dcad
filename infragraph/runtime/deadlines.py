"""How long whoever waits is still willing to: it shrinks on its way through services."""

from datetime import datetime, timedelta

from infragraph.runtime.clock import Clock
from infragraph.runtime.context import RUNNING


def until(clock: Clock, *, timeout: float | None, left_ms: str | None) -> datetime | None:
    """When an endpoint's caller gives up, by the endpoint's own timeout and by what is left."""
    limits = [limit for limit in (timeout, _seconds(left_ms)) if limit is not None]
    return clock.now() + timedelta(seconds=min(limits)) if limits else None


def remaining(clock: Clock) -> float | None:
    """How many seconds are left to whatever runs here, None for any."""
    running = RUNNING.get()
    if running is None or running.deadline is None:
        return None
    return max((running.deadline - clock.now()).total_seconds(), 0.0)


def _seconds(milliseconds: str | None) -> float | None:
    if milliseconds is None or not milliseconds.isdecimal():
        return None
    return int(milliseconds) / 1000
