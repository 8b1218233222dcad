import pytest
from hypothesis import given
from hypothesis import strategies as st

from infragraph.views.writable import one_line, writable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('plain <b> & "quoted" \\', 'plain <b> & "quoted" \\'),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("\x00\t\x1b\x7f", "␀␉␛␡"),
        ("\x9b\ud800\ufeff", "���"),
        ("\u202edrowssap\u202c", "�drowssap�"),
        ("שלום\u200f مرحبا", "שלום\u200f مرحبا"),
        ("👩\u200d💻", "👩\u200d💻"),
    ],
)
def test_what_is_no_text_has_something_to_see_in_its_place(text: str, expected: str) -> None:
    assert writable(text) == expected


def test_a_newline_is_a_space_on_one_line() -> None:
    assert one_line("a\r\nb") == "a b"


@given(st.text())
def test_what_is_writable_can_be_written_and_stays_as_it_is(text: str) -> None:
    once = writable(text)

    assert once.encode() == writable(once).encode()
