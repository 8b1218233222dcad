"""Readers of schedules that know nothing of how these are written: when each fires next.

All read by the clock of UTC; which time zone's clock it is changes nothing in an expression.
"""

import calendar
import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from cronsim import CronSim

from infragraph.kinds.schedule import Schedule, ScheduleFault, parsed
from infragraph.model.graph import Property

COUNT = 50
YEARS = 9
"""So many firings are compared, those of so many years where they are rare: a leap year is in."""

DAY = 86_400
MIDNIGHT = time(tzinfo=UTC)


def ours(properties: Mapping[str, Property], after: datetime) -> list[datetime]:
    """What the SDK promises: periods from midnight, schedules as unix cron has them."""
    every, schedule = properties["every"], properties["schedule"]
    if isinstance(every, int | float):
        moments = [timedelta(seconds=every * number) for number in range(round(DAY / every))]
        return _next(lambda _: True, moments, after)
    assert isinstance(schedule, str)
    found = parsed(schedule)
    assert not isinstance(found, ScheduleFault)
    moments = [timedelta(hours=h, minutes=m) for h in found.hours for m in found.minutes]
    return _next(lambda day: _is_due(found, day), moments, after)


def by_eventbridge(expressions: Iterable[str], after: datetime) -> list[datetime]:
    """The firings of all expressions, one after the other; two at a time are two."""
    return list(islice(heapq.merge(*(_eventbridge(one, after) for one in expressions)), COUNT))


def by_cloud_scheduler(expressions: Iterable[str], after: datetime) -> list[datetime]:
    """As unix cron has it, which another library reads."""
    end = _end(after)
    runs = (iter(CronSim(one, after)) for one in expressions)
    merged = heapq.merge(*(_until(run, end) for run in runs))
    return list(islice(merged, COUNT))


def _is_due(schedule: Schedule, day: date) -> bool:
    in_month = day.day in schedule.days
    in_week = day.isoweekday() % 7 in schedule.weekdays
    if schedule.is_any_day or schedule.is_any_weekday:
        return day.month in schedule.months and in_month and in_week
    return day.month in schedule.months and (in_month or in_week)


NAMES = {
    **{name.upper(): number for number, name in enumerate(calendar.month_abbr) if name},
    "SUN": 1,
    "MON": 2,
    "TUE": 3,
    "WED": 4,
    "THU": 5,
    "FRI": 6,
    "SAT": 7,
}
"""Weekdays are 1 to 7 from Sunday to Saturday there."""


def _eventbridge(expression: str, after: datetime) -> list[datetime]:
    assert expression.startswith("cron(")
    assert expression.endswith(")")
    assert len(expression) <= 256
    minute, hour, day, month, weekday, year = expression[5:-1].split(" ")
    assert [day, weekday].count("?") == 1
    assert year == "*"
    months, days = _field(month, 1, 12), _field(day, 1, 31)
    weekdays = _field(weekday, 1, 7)
    moments = [
        timedelta(hours=h, minutes=m)
        for h in sorted(_field(hour, 0, 23))
        for m in sorted(_field(minute, 0, 59))
    ]

    def is_due(one: date) -> bool:
        return one.month in months and one.day in days and one.isoweekday() % 7 + 1 in weekdays

    return _next(is_due, moments, after)


def _field(text: str, first: int, last: int) -> set[int]:
    if text in {"*", "?"}:
        return set(range(first, last + 1))
    numbers: set[int] = set()
    for part in text.split(","):
        start, has_step, step = part.partition("/")
        low, is_range, high = start.partition("-")
        begin = first if low == "*" else _number(low)
        end = _number(high) if is_range else last if has_step else begin
        assert first <= begin <= end <= last
        numbers.update(range(begin, end + 1, int(step) if has_step else 1))
    return numbers


def _number(text: str) -> int:
    return NAMES[text] if text in NAMES else int(text)


def _next(
    is_due: Callable[[date], bool], moments: list[timedelta], after: datetime
) -> list[datetime]:
    found: list[datetime] = []
    day, end = after.date(), _end(after).date()
    while len(found) < COUNT and day < end:
        if is_due(day):
            midnight = datetime.combine(day, MIDNIGHT)
            found += [one for moment in moments if (one := midnight + moment) > after]
        day += timedelta(days=1)
    return found[:COUNT]


def _end(after: datetime) -> datetime:
    return datetime.combine(date(after.year + YEARS, 1, 1), MIDNIGHT)


def _until(run: Iterator[datetime], end: datetime) -> Iterator[datetime]:
    for one in run:
        if one >= end:
            return
        yield one
