"""The line of an arrow: from outline to outline, with a gap for what is written on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from infragraph.layout.outlines import Corners, closed, number
from infragraph.layout.plane import Curve, Point, flattened

_HEAD = 8.0
_HALF = 3.6
# Under the head, so that the line's end does not blunt its tip.
_COVERED = 5.0

_NONE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The paths of SVG for a line and its head; `stretches` are the same line as points."""

    line: str
    head: str
    stretches: tuple[tuple[Point, ...], ...]


def route(curves: Sequence[Curve], source: Corners, target: Corners) -> Route:
    """Of one curve, or of two with the words between them."""
    first, last = curves[0], curves[-1]
    start = _outwards(first[0], _towards(first), source)
    tip = _outwards(last[-1], _towards(last[::-1]), target)
    before = _before(last, tip)
    drawn = [list(curve) for curve in curves]
    paths = [_path(curve) for curve in drawn]
    neck = _along(before, tip, _COVERED)
    paths[0] = f"M{_written(start)}L{paths[0][1:]}"
    paths[-1] += f"L{_written(neck)}"
    stretches = [tuple(flattened(curve)) for curve in curves]
    stretches[0] = (start, *stretches[0])
    stretches[-1] = (*stretches[-1], tip)
    return Route(
        line="".join(paths), head=closed(tuple(_head(before, tip))), stretches=tuple(stretches)
    )


def _towards(curve: Sequence[Point]) -> Point:
    """A point that a curve comes from, or goes to, at its beginning."""
    return next((point for point in curve[1:] if _distance(point, curve[0]) > 1), curve[-1])


def _outwards(end: Point, inner: Point, corners: Corners) -> Point:
    """Where a line that goes on beyond its end meets an outline, else the nearest of its edges."""
    dx, dy = end.x - inner.x, end.y - inner.y
    hits = [
        hit
        for a, b in pairwise((*corners, corners[0]))
        if (hit := _meeting(end, Point(dx, dy), a, b)) is not None
    ]
    if not hits:
        hits = [_nearest(end, a, b) for a, b in pairwise((*corners, corners[0]))]
    return min(hits, key=lambda hit: _distance(hit, end))


def _meeting(start: Point, direction: Point, a: Point, b: Point) -> Point | None:
    ex, ey = b.x - a.x, b.y - a.y
    cross = direction.x * ey - direction.y * ex
    if abs(cross) < _NONE:
        return None
    along = ((a.x - start.x) * ey - (a.y - start.y) * ex) / cross
    across = ((a.x - start.x) * direction.y - (a.y - start.y) * direction.x) / cross
    # The end itself may lie a rounding error within.
    slack = 1.0 / max(hypot(*direction), _NONE)
    if along < -slack or not 0 <= across <= 1:
        return None
    return Point(start.x + along * direction.x, start.y + along * direction.y)


def _nearest(point: Point, a: Point, b: Point) -> Point:
    ex, ey = b.x - a.x, b.y - a.y
    share = ((point.x - a.x) * ex + (point.y - a.y) * ey) / (ex * ex + ey * ey)
    share = min(1.0, max(0.0, share))
    return Point(a.x + share * ex, a.y + share * ey)


def _before(curve: Curve, tip: Point) -> Point:
    """A point on the way to the tip, a head's length away."""
    points = list(flattened(curve))
    for point in reversed(points):
        if _distance(point, tip) >= _HEAD:
            return point
    return points[0] if points[0] != tip else Point(tip.x - 1, tip.y)


def _head(before: Point, tip: Point) -> Iterator[Point]:
    base = _along(before, tip, _HEAD)
    length = max(_distance(before, tip), _NONE)
    dx, dy = (tip.x - before.x) / length, (tip.y - before.y) / length
    yield tip
    yield Point(base.x - dy * _HALF, base.y + dx * _HALF)
    yield Point(base.x + dy * _HALF, base.y - dx * _HALF)


def _along(before: Point, tip: Point, back: float) -> Point:
    """`back` pixels before the tip."""
    length = max(_distance(before, tip), _NONE)
    share = back / length
    return Point(tip.x - (tip.x - before.x) * share, tip.y - (tip.y - before.y) * share)


def _path(curve: Sequence[Point]) -> str:
    pieces = [f"M{_written(curve[0])}"]
    pieces.extend(
        f"C{' '.join(_written(point) for point in curve[index : index + 3])}"
        for index in range(1, len(curve) - 2, 3)
    )
    return "".join(pieces)


def _written(point: Point) -> str:
    return f"{number(point.x)} {number(point.y)}"


def _distance(a: Point, b: Point) -> float:
    return hypot(a.x - b.x, a.y - b.y)
