import pytest
from hypothesis import given
from hypothesis import strategies as st

from infragraph.layout.words import fitted, printable, width, wrapped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("orders", "orders"),
        ("two\nlines\tand\u2028three", "two lines and three"),
        ("bell\x07, escape\x1b[31m", "bell\ufffd, escape\ufffd[31m"),
        ("turned \u202egnp.exe", "turned gnp.exe"),
        ("half \ud800 a pair", "half \ufffd a pair"),
        ("שלום 你好 😀", "שלום 你好 😀"),
    ],
)
def test_text_is_shown_on_one_line_without_what_cannot_be_shown(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_bold_and_wide_letters_take_more_room() -> None:
    assert width("iii", 10) < width("mmm", 10) < width("mmm", 10, is_bold=True)
    assert width("你好", 10) > width("ab", 10)
    assert width("e\u0301", 10) == width("e", 10)


@given(st.text(), st.floats(min_value=20, max_value=400))
def test_what_is_fitted_fits(text: str, limit: float) -> None:
    assert width(fitted(text, 12, limit), 12) <= limit


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    assert fitted("subscription-of-all-orders-placed-today", 12, 150) == "subscription-o…d-today"


def test_lists_are_wrapped_after_their_commas() -> None:
    lines = list(wrapped("1 bucket, 2 crons, 3 topics, 4 secrets", 11, 110, breaks=", "))

    assert lines == ["1 bucket, 2 crons,", "3 topics, 4 secrets"]
