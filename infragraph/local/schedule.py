"""When a cron of the graph is due, on whatever clock."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cronsim import CronSim


def firings(properties: Mapping[str, Any], after: datetime) -> Iterator[datetime]:
    """The times after `after`, in UTC; `properties` are those of the cron's node."""
    every = properties.get("every")
    if every is not None:
        yield from _periodic(float(every), after)
        return
    zone = ZoneInfo(str(properties.get("timezone") or "UTC"))
    for time in CronSim(str(properties["schedule"]), after.astimezone(zone)):
        yield time.astimezone(UTC)


def _periodic(every: float, after: datetime) -> Iterator[datetime]:
    """Counted from midnight UTC; the period divides a day."""
    period = timedelta(seconds=every)
    midnight = after.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    time = midnight + period * ((after - midnight) // period + 1)
    while True:
        yield time
        time += period
