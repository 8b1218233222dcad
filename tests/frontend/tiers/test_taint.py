"""What a module offers that leads to a resource, by the words of its statements."""

import random
import time

import pytest

from infragraph.frontend.extract import extract
from infragraph.frontend.extract.text import Text
from infragraph.frontend.packing import names_of, packed_names
from infragraph.frontend.tiers.taint import FileNames, file_names, tainted_names


def chain(length: int, order: list[int]) -> FileNames:
    """`n1 = n0`, `n2 = n1` …, written in some order."""
    statements = [
        (frozenset((f"n{number + 1}",)), frozenset((f"n{number + 1}", f"n{number}")))
        for number in range(length)
    ]
    return FileNames((), tuple(statements[number] for number in order))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("length", [0, 1, 3, 5, 50])
def test_a_chain_of_names_is_followed_to_its_end(length: int, seed: int) -> None:
    order = list(range(length))
    random.Random(seed).shuffle(order)  # noqa: S311 - an order, not a secret

    found = tainted_names(chain(length, order), frozenset(("n0",)))

    assert found == {f"n{number}" for number in range(length + 1)}


def test_what_leads_from_a_tainted_name_is_not_followed_back() -> None:
    names = chain(4, [3, 2, 1, 0])

    assert tainted_names(names, frozenset(("n5",))) == {"n5"}
    assert tainted_names(names, frozenset()) == frozenset()


def test_a_long_chain_takes_no_longer_for_being_written_backwards() -> None:
    names = chain(20_000, list(range(19_999, -1, -1)))
    begun = time.process_time()

    found = tainted_names(names, frozenset(("n0",)))

    assert len(found) == 20_001
    assert time.process_time() - begun < 5


def test_names_are_what_they_were_after_a_while_in_the_cache() -> None:
    source = "from a import b as c\n\n\ndef f():\n    return c\n\n\nprint(c)\nX = Y = f\n"
    text = Text(source)
    names = file_names(extract(source.encode()).body, text.lines)

    assert names_of(packed_names(names)) == names
    assert tainted_names(names, frozenset({"c"})) == {"c", "f", "X", "Y"}


@pytest.mark.parametrize("first", ["from a import *", "def __getattr__(name): ..."])
def test_any_word_may_be_a_name_where_names_come_unseen(first: str) -> None:
    source = f"{first}\nx = unseen\n"

    names = file_names(extract(source.encode()).body, Text(source).lines)

    assert "x" in tainted_names(names, frozenset({"unseen"}))
