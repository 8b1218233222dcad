import pytest

from tests.kinds.reading import findings, properties


def cron(options: str, handler: str = "async def tidy() -> None: ...") -> str:
    return f"@shop.cron({options})\n{handler}\n"


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ('"tidy", every="90s"', (90, None, "UTC")),
        ('"tidy", every=timedelta(minutes=15)', (900, None, "UTC")),
        ('"tidy", schedule="0 4 * * *"', (None, "0 4 * * *", "UTC")),
        (
            '"tidy", schedule="0 4 * * mon", timezone="Asia/Tokyo"',
            (None, "0 4 * * mon", "Asia/Tokyo"),
        ),
    ],
)
def test_a_cron_shows_when_it_runs(options: str, shown: tuple[float, str, str]) -> None:
    every, schedule, timezone = shown

    assert list(properties(cron(options), "cron:tidy").items()) == [
        ("every", every),
        ("schedule", schedule),
        ("timezone", timezone),
        ("handler", "shop.tidy"),
    ]
    assert findings(cron(options)) == []


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ('"tidy"', ("IG2501", 'shop.cron("tidy")')),
        ('"tidy", every=None', ("IG2501", 'shop.cron("tidy", every=None)')),
        ('"tidy", every="1h", schedule="0 * * * *"', ("IG2502", '"0 * * * *"')),
        ('"tidy", schedule="0 4 ? * *"', ("IG2503", '"0 4 ? * *"')),
        ('"tidy", schedule="@daily"', ("IG2503", '"@daily"')),
        ('"tidy", schedule="0 0 30 2 *"', ("IG2504", '"0 0 30 2 *"')),
        ('"tidy", every="0s"', ("IG2505", '"0s"')),
        ('"tidy", every="5h"', ("IG2506", '"5h"')),
        ('"tidy", every="48h"', ("IG2506", '"48h"')),
        ('"tidy", every="7d"', ("IG2506", '"7d"')),
        ('"tidy", every="hourly"', ("IG2010", '"hourly"')),
        ('"tidy", every=3600', ("IG2002", "3600")),
        ('"tidy", schedule="0 4 * * *", timezone="CEST"', ("IG2507", '"CEST"')),
        (
            '"tidy", schedule="0 4 * * *", timezone="europe/amsterdam"',
            ("IG2507", '"europe/amsterdam"'),
        ),
        ('"tidy", every="1h", timezone="Asia/Tokyo"', ("IG2508", '"Asia/Tokyo"')),
        ('"Tidy", every="1h"', ("IG2009", '"Tidy"')),
        ('every="1h"', ("IG2004", 'shop.cron(every="1h")')),
        ('"tidy", "1h"', ("IG2005", '"1h"')),
    ],
)
def test_a_mistake_is_found_at_its_place(options: str, found: tuple[str, str]) -> None:
    assert found in findings(cron(options))


@pytest.mark.parametrize("every", ["1ms", "30s", "1m", "7200s", "6h", "24h", "1d", "1440m"])
def test_what_divides_a_day_is_a_period(every: str) -> None:
    assert findings(cron(f'"tidy", every="{every}"')) == []


@pytest.mark.parametrize(
    ("handler", "found"),
    [
        ("async def tidy(limit: int) -> None: ...", ("IG2509", "limit: int")),
        ("def tidy(a, b) -> None: ...", ("IG2509", "a")),
        ("def tidy(*, limit) -> None: ...", ("IG2509", "limit")),
        ("async def tidy():\n    yield 1", ("IG2014", "tidy")),
        ("def tidy():\n    yield 1", ("IG2014", "tidy")),
        ("class Tidy: ...", ("IG2013", "Tidy")),
    ],
)
def test_a_handler_is_a_function_that_runs_without_arguments(
    handler: str, found: tuple[str, str]
) -> None:
    assert findings(cron('"tidy", every="1h"', handler)) == [found]


@pytest.mark.parametrize(
    "handler",
    [
        "def tidy() -> None: ...",
        "async def tidy(limit: int = 10) -> None: ...",
        "async def tidy(*limits: int, **options: str) -> None: ...",
    ],
)
def test_parameters_with_defaults_are_no_mistake(handler: str) -> None:
    assert findings(cron('"tidy", every="1h"', handler)) == []


def test_a_lambda_is_no_handler() -> None:
    text = 'shop.cron("tidy", every="1h")(lambda: None)\n'

    assert [code for code, _ in findings(text)] == ["IG2013"]


def test_a_decorator_that_decorates_nothing_is_found() -> None:
    text = 'shop.cron("tidy", every="1h")\n'

    assert findings(text) == [("IG2013", 'shop.cron("tidy", every="1h")')]


def test_a_decorator_in_a_function_is_one_finding() -> None:
    text = """
def attach(name):
    @shop.cron(name, every="1h")
    async def tidy(): ...


attach("a")
"""

    assert findings(text) == [("IG2012", 'shop.cron(name, every="1h")')]


def test_what_a_partial_has_given_is_not_asked_for() -> None:
    text = """
from functools import partial


def tidy(limit, age, *, dry): ...


shop.cron("some", every="1h")(partial(tidy, 1, dry=True))
shop.cron("all", every="1h")(partial(tidy, 1, 2, dry=True))
"""

    assert findings(text) == [("IG2509", "age")]
