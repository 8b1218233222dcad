"""Crons as Cloud Scheduler writes them: the five fields of unix cron."""

from collections.abc import Callable, Mapping

from infragraph.model.graph import Property
from infragraph.portability.limits import cloud_scheduler as limits
from infragraph.portability.schedules.fields import field
from infragraph.portability.schedules.inexpressible import Inexpressible
from infragraph.portability.schedules.times import (
    ALL_DAYS,
    ALL_HOURS,
    ALL_MINUTES,
    ALL_MONTHS,
    ALL_WEEKDAYS,
    Days,
    times_of,
)


def cloud_scheduler(properties: Mapping[str, Property]) -> tuple[str, ...]:
    """The values of `schedule` that together run a cron, at no time twice.

    They are read in the cron's time zone, which is UTC for a period. Raises `Inexpressible`.
    """
    times = times_of(properties, limits.FINEST)
    days = _days(times.days)
    return tuple(
        f"{_numbers(one.minutes, ALL_MINUTES)} {_numbers(one.hours, ALL_HOURS)} {days}"
        for one in times.rectangles
    )


def _days(days: Days) -> str:
    """Day of month, month and day of week; both days are given only where either counts."""
    if days.are_restricted and days.are_both_needed:
        raise Inexpressible(
            reason="needs both of a day of the month and a day of the week",
            bound="runs a job on either",
            cure="keep one of them, and look at the other in the handler",
            fact=limits.EITHER_DAY,
        )
    months = _numbers(days.months, ALL_MONTHS)
    # Without a step, whose star might be read as the whole field: a list says the same everywhere.
    day, weekday = (
        field(numbers, every, stepped=_listed(every))
        for numbers, every in ((days.days, ALL_DAYS), (days.weekdays, ALL_WEEKDAYS))
    )
    return f"{day} {months} {weekday}"


def _numbers(numbers: tuple[int, ...], every: tuple[int, ...]) -> str:
    def stepped(first: int, step: int) -> str:
        return f"*/{step}" if first == every[0] else f"{first}-{every[-1]}/{step}"

    return field(numbers, every, stepped=stepped)


def _listed(every: tuple[int, ...]) -> Callable[[int, int], str]:
    def stepped(first: int, step: int) -> str:
        return ",".join(str(one) for one in range(first, every[-1] + 1, step))

    return stepped
