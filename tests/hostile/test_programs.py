"""Programs made to keep whoever follows their values busy for ever."""

import pytest

from tests.hostile.outcomes import outcome
from tests.hostile.programs import PROGRAMS

SECONDS = 20


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(content, id=name, marks=pytest.mark.slow if number % 4 else ())
        for number, (name, content) in enumerate(PROGRAMS.items())
    ],
)
def test_a_program_without_end_is_followed_to_an_end(content: bytes) -> None:
    found = outcome(content)

    assert found.fault == ""
    assert found.facts_seconds + found.whole_seconds < SECONDS
