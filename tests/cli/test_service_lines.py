"""What services write, as a terminal shows it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from infragraph.cli.service_lines import shown

ROOT = Path("/home/ann/shop")
TIME = datetime(2026, 11, 25, 21, 2, 16, tzinfo=UTC)
CLOCK = TIME.astimezone().strftime("%H:%M:%S")

TRACEBACK = """\
Traceback (most recent call last):
  File "/home/ann/shop/.venv/lib/python3.12/site-packages/infragraph/http.py", line 79, in answer
    response = await _within(request)
               ^^^^^^^^^^^^^^^^^^^^^^
  File "/home/ann/shop/shop/api.py", line 25, in list_products
    rows = await db.fetch(sql)
           ^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3/dist-packages/asyncpg/connection.py", line 717, in fetch
    return await self._execute(
ValueError: no such product\
"""


def line(**fields: object) -> str:
    given = {"time": TIME.isoformat(), "level": "info", "logger": "shop", "message": "hello"}
    return json.dumps({**given, **fields})


def plain(written: str) -> list[str]:
    return list(shown("orders", written, ROOT, is_coloured=False))


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("what a program prints", ["what a program prints"]),
        ('{"message": 1, ', ['{"message": 1, ']),
        (line(), [f"{CLOCK} hello"]),
        (line(level="warning"), [f"{CLOCK} warning: hello"]),
        (line(entry="cron:purge"), [f"{CLOCK} cron:purge: hello"]),
        (line(entry="cron:purge", message="cron:purge: ran"), [f"{CLOCK} cron:purge: ran"]),
        (line(message="one\ntwo"), [f"{CLOCK} one", "  two"]),
        (line(logger="infragraph", message="orders: draining"), []),
        (
            line(logger="infragraph", level="warning", message="no broker"),
            [f"{CLOCK} warning: no broker"],
        ),
    ],
)
def test_a_line_is_shown_as_a_sentence(written: str, lines: list[str]) -> None:
    assert plain(written) == lines


def test_of_a_traceback_the_applications_own_frames_are_shown() -> None:
    assert plain(line(level="error", exception=TRACEBACK)) == [
        f"{CLOCK} error: hello",
        "  Traceback (most recent call last):",
        '    File "shop/api.py", line 25, in list_products',
        "      rows = await db.fetch(sql)",
        "             ^^^^^^^^^^^^^^^^^^^",
        "  ValueError: no such product",
    ]


def test_a_traceback_without_such_frames_is_shown_whole() -> None:
    elsewhere = TRACEBACK.replace("/home/ann/shop/shop", "/srv/other")
    assert len(plain(line(exception=elsewhere))) == 1 + len(elsewhere.split("\n"))


@pytest.mark.parametrize("sent", ["\x1b[2Jgone", "\x9b2Jgone", "\u202egone"])
def test_17_nothing_in_a_log_record_acts_on_the_terminal(sent: str) -> None:
    (first, second) = plain(line(message=f"a{sent}", entry=sent, exception=sent))
    assert not {"\x1b", "\x9b", "\u202e"} & set(first + second)


def test_colour_is_for_what_went_wrong() -> None:
    (first,) = shown("orders", line(level="error"), ROOT, is_coloured=True)
    assert first == f"\x1b[31m{CLOCK} error: hello\x1b[0m"
