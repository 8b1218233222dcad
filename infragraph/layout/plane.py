"""Points, boxes and lines of a plane whose second axis points down, in pixels."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple


class Point(NamedTuple):
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def middle(self) -> Point:
        return Point(self.left + self.width / 2, self.top + self.height / 2)

    def grown(self, by: float) -> "Box":
        return Box(
            left=self.left - by,
            top=self.top - by,
            width=self.width + 2 * by,
            height=self.height + 2 * by,
        )

    def moved(self, by: Point) -> "Box":
        return Box(left=self.left + by.x, top=self.top + by.y, width=self.width, height=self.height)

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


Curve = tuple[Point, ...]
"""A start, and then three points for each Bézier curve that goes on from there."""

_STEPS = 12


def around(points: Iterable[Point]) -> Box:
    """The least box that holds all points."""
    xs, ys = zip(*points, strict=True)
    left, top = min(xs), min(ys)
    return Box(left=left, top=top, width=max(xs) - left, height=max(ys) - top)


def flattened(curve: Curve, steps: int = _STEPS) -> Iterator[Point]:
    """Points on a curve, close enough for straight lines between them."""
    yield curve[0]
    for index in range(0, len(curve) - 3, 3):
        a, b, c, d = curve[index : index + 4]
        for step in range(1, steps + 1):
            t = step / steps
            u = 1 - t
            w0, w1, w2, w3 = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            yield Point(
                w0 * a.x + w1 * b.x + w2 * c.x + w3 * d.x,
                w0 * a.y + w1 * b.y + w2 * c.y + w3 * d.y,
            )


def crosses(line: Sequence[Point], box: Box) -> bool:
    """Whether any part of a line of straight stretches is within a box."""
    return any(_stretch_crosses(start, end, box) for start, end in pairwise(line))


def _stretch_crosses(start: Point, end: Point, box: Box) -> bool:
    if max(start.x, end.x) <= box.left or min(start.x, end.x) >= box.right:
        return False
    if max(start.y, end.y) <= box.top or min(start.y, end.y) >= box.bottom:
        return False
    # Liang and Barsky: the part of the stretch that is on the inner side of all four edges.
    first, last = 0.0, 1.0
    dx, dy = end.x - start.x, end.y - start.y
    for delta, distance in (
        (-dx, start.x - box.left),
        (dx, box.right - start.x),
        (-dy, start.y - box.top),
        (dy, box.bottom - start.y),
    ):
        if delta == 0:
            if distance <= 0:
                return False
        elif delta < 0:
            first = max(first, distance / delta)
        else:
            last = min(last, distance / delta)
    return first < last
