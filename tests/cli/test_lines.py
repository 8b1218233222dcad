"""What services write reaches a terminal as text alone."""

import pytest

from infragraph.cli.lines import harmless


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("plain, with é and 漢\tand a tab", "plain, with é and 漢\tand a tab"),
        ("\x1b[2J\x1b]0;title\x07gone", "[2J]0;titlegone"),
        ("\x9b2Jgone", "2Jgone"),
        ("a\rb\x08c\x00d", "abcd"),
        ("user\u202e\u2066gnp.exe\u2069", "usergnp.exe"),
        ("one\u2028two\u2029three", "onetwothree"),
    ],
)
def test_17_nothing_acts_on_the_terminal(line: str, shown: str) -> None:
    assert harmless(line) == shown
