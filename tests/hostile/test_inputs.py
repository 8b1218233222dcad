"""Hand-made hostile files: each is read or refused, and what is refused changes nothing."""

import pytest

from tests.hostile.hostile_input import Hostile
from tests.hostile.inputs import HOSTILE_INPUTS
from tests.hostile.outcomes import alone, outcome

SECONDS = 20
"""What a single file may take on a loaded machine; on an idle one the worst takes two."""

CASES = [
    pytest.param(hostile, id=hostile.name, marks=pytest.mark.slow if number % 4 else ())
    for number, hostile in enumerate(HOSTILE_INPUTS)
]


def test_the_inputs_are_many_and_told_apart() -> None:
    names = [hostile.name for hostile in HOSTILE_INPUTS]

    assert len(names) == len(set(names))
    assert len(names) > 400
    assert "topic:orders" in alone()


@pytest.mark.parametrize("hostile", CASES)
def test_a_hostile_file_is_read_or_refused_and_its_neighbour_stays(hostile: Hostile) -> None:
    found = outcome(hostile.content)

    fault = "" if hostile.outcome == "read" else hostile.outcome
    assert found.fault == fault
    assert found.diagnosed == ((fault,) if fault else ())
    assert found.is_neighbour_same
    assert found.facts_seconds + found.whole_seconds < SECONDS


def _may_follow(hostile: Hostile) -> bool:
    """Whether its first line may come later: that is no longer so of what declares its encoding."""
    return b"coding" not in hostile.content[:100] and hostile.content.isascii()


@pytest.mark.slow
@pytest.mark.parametrize(
    "hostile",
    [hostile for hostile in HOSTILE_INPUTS if hostile.outcome == "read" and _may_follow(hostile)],
    ids=lambda hostile: hostile.name,
)
def test_a_hostile_file_that_uses_resources_is_followed_to_its_end(hostile: Hostile) -> None:
    """Without the first lines most are passed over: nothing in them leads to a resource."""
    uses = b"from infragraph import Topic\nfrom good import orders, shop\na = A = b = x = orders\n"

    found = outcome(uses + hostile.content)

    assert found.fault in {"", "too-complex", "too-many-lines", "too-large"}
    assert found.facts_seconds + found.whole_seconds < SECONDS
