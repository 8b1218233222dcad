"""Where the titles of containers stand: along the upper edge, clear of all lines."""

from collections.abc import Iterable, Iterator, Sequence

from infragraph.layout.cards import Size
from infragraph.layout.plane import Box, Point, around, crosses

_STEP = 12
_INSET = 14
_CLEAR = 3


def title_place(container: Box, top: float, size: Size, lines: Iterable[Sequence[Point]]) -> Box:
    """The place nearest to the upper left corner that no line crosses, else that corner itself."""
    near = [line for line in lines if around(line).overlaps(container)]
    places = tuple(_places(container, top, size))
    return next((place for place in places if _is_clear(place, near)), places[0])


def _is_clear(place: Box, lines: Iterable[Sequence[Point]]) -> bool:
    room = place.grown(_CLEAR)
    return not any(crosses(line, room) for line in lines)


def _places(container: Box, top: float, size: Size) -> Iterator[Box]:
    left = container.left + _INSET
    yield Box(left=left, top=top, width=size.width, height=size.height)
    while (left := left + _STEP) <= container.right - _INSET - size.width:
        yield Box(left=left, top=top, width=size.width, height=size.height)
