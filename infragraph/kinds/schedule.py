"""Cron expressions: five fields, each a set of numbers.

    minute  hour  day of month  month  day of week

A field is `*`, a number, a range `a-b`, `*` or a range with a step `/n`, or a list of those joined
by commas; months and days of the week have English names of three letters, and 7 is Sunday too. As
in every cron, a restricted day of month and a restricted day of week mean either of the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a job runs, each field sorted; days of the week count from Sunday, 0.

    `is_any_day` and `is_any_weekday` say that the field is `*`, so that the other alone decides.
    """

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    is_any_day: bool
    is_any_weekday: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleFault:
    """Why an expression is none; `cure` starts with a verb."""

    reason: str
    cure: str


def _named(names: str, first: int) -> Mapping[str, int]:
    return {name: number for number, name in enumerate(names.split(), start=first)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """A field's numbers; `last_of_all` ends `*`, since day 7 is Sunday again and no eighth day."""

    name: str
    first: int
    last: int
    last_of_all: int
    names: Mapping[str, int]


FIELDS = (
    _Field(name="minute", first=0, last=59, last_of_all=59, names={}),
    _Field(name="hour", first=0, last=23, last_of_all=23, names={}),
    _Field(name="day of month", first=1, last=31, last_of_all=31, names={}),
    _Field(
        name="month",
        first=1,
        last=12,
        last_of_all=12,
        names=_named("jan feb mar apr may jun jul aug sep oct nov dec", 1),
    ),
    _Field(
        name="day of week",
        first=0,
        last=7,
        last_of_all=6,
        names=_named("sun mon tue wed thu fri sat", 0),
    ),
)


def parsed(expression: str) -> Schedule | ScheduleFault:
    """The times that an expression stands for."""
    parts = expression.split()
    if len(parts) != len(FIELDS):
        return ScheduleFault(
            reason=f"it has {len(parts)} field{'' if len(parts) == 1 else 's'} instead of 5",
            cure='write minute, hour, day of month, month and day of week, such as "0 4 * * *"',
        )
    try:
        minutes, hours, days, months, weekdays = (
            _numbers(part, field) for part, field in zip(parts, FIELDS, strict=True)
        )
    except _Refused as refused:
        return refused.fault
    return Schedule(
        minutes=minutes,
        hours=hours,
        days=days,
        months=months,
        weekdays=tuple(sorted({number % 7 for number in weekdays})),
        is_any_day=parts[2].startswith("*"),
        is_any_weekday=parts[4].startswith("*"),
    )


# February has its 29th every few years, which is often enough.
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def never_comes(schedule: Schedule) -> bool:
    """Whether none of the months has any of the days, with no day of the week to make up for it."""
    if not schedule.is_any_weekday:
        return False
    return all(schedule.days[0] > LONGEST_MONTHS[month - 1] for month in schedule.months)


class _Refused(Exception):  # noqa: N818 - how the parts of a field are left, caught in `parsed`
    def __init__(self, *, reason: str, cure: str) -> None:
        super().__init__()
        self.fault = ScheduleFault(reason=reason, cure=cure)


def _numbers(part: str, field: _Field) -> tuple[int, ...]:
    numbers: set[int] = set()
    for item in part.split(","):
        numbers.update(_item(item, field))
    return tuple(sorted(numbers))


def _item(item: str, field: _Field) -> range:
    span, has_step, step = item.partition("/")
    low, is_range, high = span.partition("-")
    if span == "*":
        first, last = field.first, field.last_of_all
    else:
        first = _number(low, field)
        last = _number(high, field) if is_range else first
    if has_step and span != "*" and not is_range:
        cure = f"write '{low}-{field.last}/{step}' or '*/{step}'"
        raise _Refused(reason=f"'{item}' has a step without a range", cure=cure)
    if first > last:
        cure = "write the smaller number first, or a list"
        raise _Refused(reason=f"'{span}' counts down", cure=cure)
    return range(first, last + 1, _step(step, field) if has_step else 1)


def _number(text: str, field: _Field) -> int:
    if text.lower() in field.names:
        return field.names[text.lower()]
    if not _is_number(text):
        cure = "write numbers, '*', ranges, lists and steps alone"
        raise _Refused(reason=f"'{text}' is no {field.name}", cure=cure)
    if not field.first <= int(text) <= field.last:
        cure = f"write a number from {field.first} to {field.last}"
        raise _Refused(reason=f"{text} is no {field.name}", cure=cure)
    return int(text)


def _step(text: str, field: _Field) -> int:
    largest = field.last - field.first
    if not _is_number(text) or not 1 <= int(text) <= largest:
        cure = f"write a step from 1 to {largest}"
        raise _Refused(reason=f"'{text}' is no step of the {field.name}", cure=cure)
    return int(text)


def _is_number(text: str) -> bool:
    """Digits that mean the same to every cron; no field needs more than two."""
    return text.isascii() and text.isdigit() and len(text) in {1, 2}
