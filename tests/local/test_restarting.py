"""A service that ends by itself."""

import pytest

from infragraph.local.restarting import Falls, ending, kept_up


def test_the_first_end_costs_no_time_and_each_that_follows_more() -> None:
    falls = Falls()
    assert [falls.delay(1) for _ in range(8)] == [0, 1, 2, 4, 8, 16, 30, 30]
    assert falls.delay(60) == 0


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (3, "service 'a' ended with code 3"),
        (-9, "service 'a' was ended by SIGKILL"),
        (-64, "service 'a' was ended by SIGRTMAX"),
        (-99, "service 'a' was ended by signal 99"),
    ],
)
def test_how_it_ended_is_told(code: int, told: str) -> None:
    assert ending("a", code) == told


async def test_it_is_started_until_it_is_up() -> None:
    news: list[str] = []
    faults = ["service 'a' ended with code 1 at its start", None]

    async def again() -> str | None:
        return faults.pop(0)

    await kept_up("service 'a' was ended by SIGKILL", Falls(), 60, again, news.append)
    assert news == [
        "service 'a' was ended by SIGKILL; it is started again",
        "service 'a' ended with code 1 at its start; it is started again in 1 s",
    ]
