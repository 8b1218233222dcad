"""When a cron runs, as hours and minutes of days, whether by a schedule or by a period.

    period ──from midnight──▶ minutes of the day ──by hour──▶ rectangles of hours and minutes

A rectangle is what an expression can say: all of its minutes in each of its hours.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from infragraph.kinds.schedule import Schedule, ScheduleFault, parsed
from infragraph.model.graph import Property
from infragraph.portability.limits.limit import Limit, duration
from infragraph.portability.schedules.inexpressible import Inexpressible

MINUTE, DAY = 60, 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days on which a cron runs, each field sorted; weekdays count from Sunday, 0.

    Where both `are_restricted`, a day that either names counts, unless `are_both_needed`, which is
    so where one of them is written with a star and a step.
    """

    days: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    are_both_needed: bool

    @property
    def is_every_day(self) -> bool:
        return self.days == ALL_DAYS

    @property
    def is_every_weekday(self) -> bool:
        return self.weekdays == ALL_WEEKDAYS

    @property
    def are_restricted(self) -> bool:
        return not self.is_every_day and not self.is_every_weekday


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """Every one of the minutes in every one of the hours; both are sorted."""

    hours: tuple[int, ...]
    minutes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The days, and rectangles that have no minute in common."""

    days: Days
    rectangles: tuple[Rectangle, ...]


ALL_DAYS = tuple(range(1, 32))
ALL_MONTHS = tuple(range(1, 13))
ALL_WEEKDAYS = tuple(range(7))
ALL_HOURS = tuple(range(24))
ALL_MINUTES = tuple(range(60))


def times_of(properties: Mapping[str, Property], finest: Limit) -> Times:
    """What the properties of a cron's node come to; `finest` is the scheduler's shortest period."""
    every, schedule = properties.get("every"), properties.get("schedule")
    if isinstance(every, int | float):
        return _by_period(every, finest)
    if isinstance(schedule, str):
        return _by_schedule(schedule)
    raise Inexpressible(reason="does not say when it runs")


def _by_period(every: float, finest: Limit) -> Times:
    if every <= 0 or round(DAY * 1_000_000) % round(every * 1_000_000):
        raise Inexpressible(reason="has a period that does not divide a day")
    if every % finest.value:
        raise Inexpressible(
            reason=f"runs every {duration(every)}",
            bound=f"runs jobs at whole minutes, {duration(finest.value)} apart at least",
            cure="write a period of whole minutes",
            fact=finest,
        )
    by_hour: dict[int, list[int]] = {}
    for minute in range(0, DAY // MINUTE, round(every) // MINUTE):
        by_hour.setdefault(minute // 60, []).append(minute % 60)
    hours: dict[tuple[int, ...], list[int]] = {}
    for hour, minutes in by_hour.items():
        hours.setdefault(tuple(minutes), []).append(hour)
    return Times(
        days=Days(days=ALL_DAYS, months=ALL_MONTHS, weekdays=ALL_WEEKDAYS, are_both_needed=False),
        rectangles=tuple(
            Rectangle(hours=tuple(found), minutes=minutes) for minutes, found in hours.items()
        ),
    )


def _by_schedule(expression: str) -> Times:
    found = parsed(expression)
    if isinstance(found, ScheduleFault):
        raise Inexpressible(reason=found.reason)
    return Times(
        days=_days(found), rectangles=(Rectangle(hours=found.hours, minutes=found.minutes),)
    )


def _days(schedule: Schedule) -> Days:
    """A field that is all there is says nothing, however it is written."""
    every_day = schedule.days == ALL_DAYS
    every_weekday = schedule.weekdays == ALL_WEEKDAYS
    has_star = schedule.is_any_day or schedule.is_any_weekday
    if not has_star and (every_day or every_weekday):
        # Either counts, and one of them is every day.
        return Days(
            days=ALL_DAYS,
            months=schedule.months,
            weekdays=ALL_WEEKDAYS,
            are_both_needed=False,
        )
    return Days(
        days=schedule.days,
        months=schedule.months,
        weekdays=schedule.weekdays,
        are_both_needed=has_star,
    )
