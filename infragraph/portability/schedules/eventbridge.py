"""Crons as EventBridge Scheduler writes them: minute, hour, day, month, weekday and year."""

from collections.abc import Iterator, Mapping

from infragraph.model.graph import Property
from infragraph.portability.limits import eventbridge as limits
from infragraph.portability.schedules.fields import field
from infragraph.portability.schedules.inexpressible import Inexpressible
from infragraph.portability.schedules.times import (
    ALL_DAYS,
    ALL_HOURS,
    ALL_MINUTES,
    ALL_MONTHS,
    ALL_WEEKDAYS,
    Days,
    Rectangle,
    times_of,
)

WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]


def eventbridge(properties: Mapping[str, Property]) -> tuple[str, ...]:
    """The values of `ScheduleExpression` that together run a cron, at no time twice.

    They are read in the cron's time zone, which is UTC for a period. Raises `Inexpressible`.
    """
    times = times_of(properties, limits.FINEST)
    days = _days(times.days)
    return tuple(
        expression for rectangle in times.rectangles for expression in _expressions(rectangle, days)
    )


def _expressions(rectangle: Rectangle, days: str) -> Iterator[str]:
    """One, or more where one would be too long: then each has a part of the minutes."""
    minutes, hours = rectangle.minutes, rectangle.hours
    whole = f"cron({_numbers(minutes, ALL_MINUTES)} {_numbers(hours, ALL_HOURS)} {days} *)"
    if len(whole) <= limits.LONGEST_EXPRESSION.value:
        yield whole
        return
    middle = len(minutes) // 2
    for part in (minutes[:middle], minutes[middle:]):
        yield from _expressions(Rectangle(hours=hours, minutes=part), days)


def _days(days: Days) -> str:
    """Day of month, month and day of week, of which one is `?`."""
    months = field(days.months, ALL_MONTHS, stepped=_stepped)
    if not days.are_restricted:
        # Names, since the numbers of weekdays begin at 1 here.
        named = field(days.weekdays, ALL_WEEKDAYS, stepped=_listed, named=WEEKDAYS.__getitem__)
        if days.is_every_weekday:
            return f"{_numbers(days.days, ALL_DAYS)} {months} ?"
        return f"? {months} {named}"
    both = "needs both" if days.are_both_needed else "counts either"
    raise Inexpressible(
        reason=f"{both} of a day of the month and a day of the week",
        bound="takes one of them in an expression",
        cure="write two jobs, each with '*' for one of the two"
        if not days.are_both_needed
        else "keep one of them, and look at the other in the handler",
        fact=limits.ONE_DAY_FIELD,
    )


def _numbers(numbers: tuple[int, ...], every: tuple[int, ...]) -> str:
    return field(numbers, every, stepped=_stepped)


def _stepped(first: int, step: int) -> str:
    return f"{first}/{step}"


def _listed(first: int, step: int) -> str:
    return ",".join(WEEKDAYS[number] for number in range(first, len(WEEKDAYS), step))
