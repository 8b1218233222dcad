import pytest

from infragraph.kinds.schedule import Schedule, ScheduleFault, never_comes, parsed

EVERY_MINUTE = Schedule(
    minutes=tuple(range(60)),
    hours=tuple(range(24)),
    days=tuple(range(1, 32)),
    months=tuple(range(1, 13)),
    weekdays=tuple(range(7)),
    is_any_day=True,
    is_any_weekday=True,
)


def schedule(expression: str) -> Schedule:
    times = parsed(expression)
    assert isinstance(times, Schedule)
    return times


def test_stars_stand_for_every_number_once() -> None:
    assert schedule("* * * * *") == EVERY_MINUTE


def test_ranges_steps_lists_and_names_stand_for_numbers() -> None:
    assert schedule(" */15  0-5/2,23 1,15 jan-MAR Mon-fri ") == Schedule(
        minutes=(0, 15, 30, 45),
        hours=(0, 2, 4, 23),
        days=(1, 15),
        months=(1, 2, 3),
        weekdays=(1, 2, 3, 4, 5),
        is_any_day=False,
        is_any_weekday=False,
    )


@pytest.mark.parametrize(
    ("field", "weekdays"),
    [
        ("7", (0,)),
        ("sun,7", (0,)),
        ("5-7", (0, 5, 6)),
        ("*/2", (0, 2, 4, 6)),
        ("*/3", (0, 3, 6)),
        ("*/7", (0,)),
    ],
)
def test_seven_is_sunday_and_no_eighth_day(field: str, weekdays: tuple[int, ...]) -> None:
    assert schedule(f"0 0 * * {field}").weekdays == weekdays


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("", "it has 0 fields instead of 5"),
        ("@daily", "it has 1 field instead of 5"),
        ("0 0 4 * * *", "it has 6 fields instead of 5"),
        ("60 * * * *", "60 is no minute"),
        ("0 24 * * *", "24 is no hour"),
        ("0 0 0 * *", "0 is no day of month"),
        ("0 0 32 * *", "32 is no day of month"),
        ("0 0 * 0 *", "0 is no month"),
        ("0 0 * 13 *", "13 is no month"),
        ("0 0 * * 8", "8 is no day of week"),
        ("0 0 ? * *", "'?' is no day of month"),
        ("0 0 L * *", "'L' is no day of month"),
        ("0 0 * * 1#2", "'1#2' is no day of week"),
        ("0 0 15W * *", "'15W' is no day of month"),
        ("0 0 * * monday", "'monday' is no day of week"),
        ("jan * * * *", "'jan' is no minute"),
        ("1, * * * *", "'' is no minute"),
        ("-5 * * * *", "'' is no minute"),
        ("1.5 * * * *", "'1.5' is no minute"),
        ("000 * * * *", "'000' is no minute"),
        ("\u0661 * * * *", "'\u0661' is no minute"),
        ("30-10 * * * *", "'30-10' counts down"),
        ("5/15 * * * *", "'5/15' has a step without a range"),
        ("*/0 * * * *", "'0' is no step of the minute"),
        ("*/90 * * * *", "'90' is no step of the minute"),
        ("*/ * * * *", "'' is no step of the minute"),
        ("*/-1 * * * *", "'-1' is no step of the minute"),
        ("**/2 * * * *", "'**' is no minute"),
    ],
)
def test_what_is_no_schedule_says_which_part_is_at_fault(expression: str, reason: str) -> None:
    fault = parsed(expression)

    assert isinstance(fault, ScheduleFault)
    assert fault.reason == reason


@pytest.mark.parametrize(
    ("expression", "never"),
    [
        ("0 0 31 2 *", True),
        ("0 0 30 2 *", True),
        ("0 0 29 2 *", False),
        ("0 0 31 4,6,9,11 *", True),
        ("0 0 31 4-7 *", False),
        ("0 0 1,31 2 *", False),
        ("0 0 31 2 mon", False),
        ("* * * * *", False),
    ],
)
def test_dates_that_no_year_has_never_come(expression: str, never: bool) -> None:  # noqa: FBT001 - a table
    assert never_comes(schedule(expression)) is never
