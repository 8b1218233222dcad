"""Values have an order that does not depend on how many lines stand above them."""

import pytest

from infragraph.frontend.ordering import ordered, place_key
from infragraph.frontend.values import Container, Opaque, Place
from infragraph.model.source import Position

PLACES = [Place("shop.py", Position(line, 5, line, 7)) for line in (9, 10, 99, 100, 1000)]


@pytest.mark.parametrize("above", [0, 1, 90, 900])
def test_values_are_in_the_order_of_their_places(above: int) -> None:
    moved = [
        Place(path, Position(at.line + above, at.column, at.end_line + above, at.end_column))
        for path, at in PLACES
    ]
    containers = [Container("list", place, None) for place in moved]
    opaques = [Opaque("it is the result of a call", place) for place in moved]

    assert ordered(frozenset(containers)) == containers
    assert ordered(frozenset(opaques)) == opaques
    assert sorted(set(moved), key=place_key) == moved
