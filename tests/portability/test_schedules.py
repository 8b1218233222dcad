"""Crons fire at the same times by the SDK's reading and by those of both schedulers."""

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infragraph.kinds.schedule import ScheduleFault, never_comes, parsed
from infragraph.model.graph import Property
from infragraph.portability.schedules import Inexpressible, cloud_scheduler, eventbridge
from tests.portability.reading import COUNT, DAY, by_cloud_scheduler, by_eventbridge, ours

Lower: TypeAlias = Callable[[Mapping[str, Property]], tuple[str, ...]]

READERS = ((eventbridge, by_eventbridge), (cloud_scheduler, by_cloud_scheduler))

PERIODS = [period for period in range(1, DAY + 1) if DAY % period == 0]
WHOLE = [period for period in PERIODS if period % 60 == 0]

MONTHS = [name.lower() for name in calendar.month_abbr if name]
WEEKDAYS = [name.lower() for name in calendar.day_abbr]


def periodic(every: float) -> Mapping[str, Property]:
    return {"every": every, "schedule": None, "timezone": "UTC"}


def scheduled(schedule: str) -> Mapping[str, Property]:
    return {"every": None, "schedule": schedule, "timezone": "Europe/Amsterdam"}


def fields(first: int, last: int, names: list[str] | None = None) -> st.SearchStrategy[str]:
    """Everything that a field may be: stars, numbers, names, ranges, steps and lists of them."""
    number = st.integers(first, last).map(str)
    if names:
        number |= st.sampled_from([*names, *(name.upper() for name in names)])
    pair = st.lists(st.integers(first, last), min_size=2, max_size=2).map(sorted)
    spans = pair.map(lambda two: f"{two[0]}-{two[1]}")
    step = st.integers(1, last - first)
    stepped = st.tuples(st.just("*") | spans, step).map(lambda two: f"{two[0]}/{two[1]}")
    item = number | spans | stepped
    listed = st.lists(item, min_size=1, max_size=6).map(",".join)
    return st.just("*") | listed


EXPRESSIONS = st.tuples(
    fields(0, 59), fields(0, 23), fields(1, 31), fields(1, 12, MONTHS), fields(0, 7, WEEKDAYS)
).map(" ".join)
MOMENTS = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    datetime(2032, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


LONE = re.compile(r"\b(\d+)-\1/")
"""A range of one number with a step, which cronsim reads as one without an end."""


def told_by(lower: Lower, properties: Mapping[str, Property]) -> tuple[str, ...] | None:
    """None where the scheduler cannot be told, which is so for two days alone."""
    try:
        return lower(properties)
    except Inexpressible as error:
        if error.fact is None or not error.reason.endswith(TWO_DAYS):
            raise
        return None


TWO_DAYS = " of a day of the month and a day of the week"


def comes(expression: str) -> bool:
    found = parsed(expression)
    return not isinstance(found, ScheduleFault) and not never_comes(found)


@given(EXPRESSIONS.filter(comes), MOMENTS)
def test_a_schedule_fires_at_the_same_times_everywhere(schedule: str, after: datetime) -> None:
    properties = scheduled(schedule)
    expected = ours(properties, after)
    told = [
        read(expressions, after)
        for lower, read in READERS
        if (expressions := told_by(lower, properties)) is not None
    ]

    assert told == [expected] * len(told)
    found = parsed(schedule)
    assert not isinstance(found, ScheduleFault)
    # Only a star with a step beside another day is told to neither.
    assert told or found.is_any_day or found.is_any_weekday


@given(EXPRESSIONS.filter(comes).filter(lambda one: not LONE.search(one)), MOMENTS)
def test_our_reading_of_a_schedule_is_that_of_unix_cron(schedule: str, after: datetime) -> None:
    assert by_cloud_scheduler((schedule,), after) == ours(scheduled(schedule), after)


@pytest.mark.parametrize("every", WHOLE)
def test_every_period_of_whole_minutes_fires_at_the_same_times(every: int) -> None:
    """From just before midnight, at it, and in the middle of a day."""
    properties = periodic(every)

    for after in (
        datetime(2026, 2, 27, 23, 59, 59, tzinfo=UTC),
        datetime(2026, 11, 25, tzinfo=UTC),
        datetime(2028, 2, 29, 13, 7, 30, tzinfo=UTC),
    ):
        expected = ours(properties, after)
        assert len(expected) == COUNT
        assert by_eventbridge(eventbridge(properties), after) == expected
        assert by_cloud_scheduler(cloud_scheduler(properties), after) == expected


def test_every_other_period_that_divides_a_day_is_refused_with_its_reason() -> None:
    others = [*(period for period in PERIODS if period % 60), 0.5, 7.5]

    for every in others:
        for lower in (eventbridge, cloud_scheduler):
            with pytest.raises(Inexpressible) as raised:
                lower(periodic(every))
            assert raised.value.fact is not None
    assert len(WHOLE) + len(others) - 2 == len(PERIODS) == 96


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        (periodic(60), ("cron(* * * * ? *)",)),
        (periodic(900), ("cron(0/15 * * * ? *)",)),
        (periodic(1800), ("cron(0,30 * * * ? *)",)),
        (periodic(3600), ("cron(0 * * * ? *)",)),
        (periodic(5400), ("cron(0 0/3 * * ? *)", "cron(30 1/3 * * ? *)")),
        (periodic(DAY), ("cron(0 0 * * ? *)",)),
        (scheduled("30 3 * * 1-5"), ("cron(30 3 ? * MON-FRI *)",)),
        (scheduled("0 4 * * 0,7"), ("cron(0 4 ? * SUN *)",)),
        (scheduled("0 4 */2 * *"), ("cron(0 4 1/2 * ? *)",)),
        (scheduled("0 4 1 */3 *"), ("cron(0 4 1 1/3 ? *)",)),
        (scheduled("*/7 4 * * *"), ("cron(0/7 4 * * ? *)",)),
        (scheduled("0 4 * jan-mar */2"), ("cron(0 4 ? 1-3 SUN,TUE,THU,SAT *)",)),
        (scheduled("0 4 1-31 * 1"), ("cron(0 4 * * ? *)",)),
        (scheduled("0 4 */1 * 1"), ("cron(0 4 ? * MON *)",)),
    ],
    ids=str,
)
def test_eventbridge_is_told_in_as_few_words(
    properties: Mapping[str, Property], expected: tuple[str, ...]
) -> None:
    assert eventbridge(properties) == expected


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        (periodic(60), ("* * * * *",)),
        (periodic(900), ("*/15 * * * *",)),
        (periodic(5400), ("0 */3 * * *", "30 1-23/3 * * *")),
        (scheduled("30 3 * * 1-5"), ("30 3 * * 1-5",)),
        (scheduled("0 4 1 * 1"), ("0 4 1 * 1",)),
        (scheduled("0 4 */10 * *"), ("0 4 1,11,21,31 * *",)),
        (scheduled("*/7 4 * * *"), ("*/7 4 * * *",)),
    ],
    ids=str,
)
def test_cloud_scheduler_is_told_in_as_few_words(
    properties: Mapping[str, Property], expected: tuple[str, ...]
) -> None:
    assert cloud_scheduler(properties) == expected


def test_what_is_too_long_for_one_expression_is_told_by_several() -> None:
    properties = scheduled(
        f"{','.join(map(str, [*range(28), *range(30, 60)]))} "
        f"{','.join(map(str, [*range(10), *range(11, 24)]))} "
        f"{','.join(map(str, [*range(1, 9), *range(10, 32)]))} 1,2,4,5,6,7,8,9,10,11,12 *"
    )
    after = datetime(2026, 11, 25, tzinfo=UTC)

    expressions = eventbridge(properties)

    assert len(expressions) == 2
    assert max(map(len, expressions)) <= 256
    assert by_eventbridge(expressions, after) == ours(properties, after)


def test_the_readers_tell_schedules_apart() -> None:
    """The tests above would be worth nothing if they could not fail."""
    after = datetime(2026, 11, 25, tzinfo=UTC)

    expected = ours(scheduled("0 4 * * 1"), after)

    assert by_eventbridge(("cron(0 4 ? * 1 *)",), after) != expected
    assert by_eventbridge(("cron(0 4 ? * 2 *)",), after) == expected
    assert by_cloud_scheduler(("0 4 1 * 1",), after) != expected
    assert by_eventbridge(("cron(0/7 * * * ? *)",), after) != ours(periodic(450), after)
    assert by_eventbridge(("cron(0 4 ? * MON *)",) * 2, after) != expected
