"""One outline for each kind, so that no kind is known by its colour alone.

An outline fills its box from edge to edge. Its corners are where arrows end; the strokes within it
are drawn but end nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from infragraph.layout.plane import Box, Point

Corners = tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The paths of SVG that draw it, and a polygon close to it; `is_dashed` is a line with gaps."""

    path: str
    strokes: tuple[str, ...]
    corners: Corners
    is_dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a kind is drawn, and how far its words keep from the left, the right, top and bottom."""

    draw: Callable[[Box], Outline]
    left: float = 12
    right: float = 12
    top: float = 7
    bottom: float = 8


def form_of(kind: str) -> Form:
    return _FORMS.get(kind, _PLAIN)


def number(value: float) -> str:
    """The shortest way to write it to a tenth of a pixel."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def closed(corners: Corners) -> str:
    first, *others = (f"{number(x)} {number(y)}" for x, y in corners)
    return f"M{first}{''.join(f'L{it}' for it in others)}Z"


def rounded(box: Box, radius: float) -> str:
    r = number(radius)
    across, down = number(box.width - 2 * radius), number(box.height - 2 * radius)
    return (
        f"M{number(box.left + radius)} {number(box.top)}h{across}a{r} {r} 0 0 1 {r} {r}"
        f"v{down}a{r} {r} 0 0 1 -{r} {r}h-{across}a{r} {r} 0 0 1 -{r} -{r}"
        f"v-{down}a{r} {r} 0 0 1 {r} -{r}Z"
    )


def _polygon(corners: Corners, *strokes: str, is_dashed: bool = False) -> Outline:
    return Outline(path=closed(corners), strokes=strokes, corners=corners, is_dashed=is_dashed)


def _corners(box: Box, cut: float = 0) -> Corners:
    """Of the box, or of the octagon that is left when its corners are cut off."""
    if cut == 0:
        return (
            Point(box.left, box.top),
            Point(box.right, box.top),
            Point(box.right, box.bottom),
            Point(box.left, box.bottom),
        )
    return (
        Point(box.left + cut, box.top),
        Point(box.right - cut, box.top),
        Point(box.right, box.top + cut),
        Point(box.right, box.bottom - cut),
        Point(box.right - cut, box.bottom),
        Point(box.left + cut, box.bottom),
        Point(box.left, box.bottom - cut),
        Point(box.left, box.top + cut),
    )


def _rectangle(box: Box) -> Outline:
    return _polygon(_corners(box), is_dashed=True)


def _service(box: Box) -> Outline:
    inner = box.grown(-3.5)
    return Outline(
        path=rounded(box, 6), strokes=(rounded(inner, 3),), corners=_corners(box, cut=1.5)
    )


def _endpoint(box: Box) -> Outline:
    radius = min(18, box.height / 2)
    return Outline(path=rounded(box, radius), strokes=(), corners=_corners(box, radius * 0.586))


def _topic(box: Box) -> Outline:
    slant = 13
    return _polygon(
        (
            Point(box.left + slant, box.top),
            Point(box.right - slant, box.top),
            Point(box.right, box.middle.y),
            Point(box.right - slant, box.bottom),
            Point(box.left + slant, box.bottom),
            Point(box.left, box.middle.y),
        )
    )


def _subscription(box: Box) -> Outline:
    point = 12
    return _polygon(
        (
            Point(box.left, box.top),
            Point(box.right - point, box.top),
            Point(box.right, box.middle.y),
            Point(box.right - point, box.bottom),
            Point(box.left, box.bottom),
            Point(box.left + point, box.middle.y),
        )
    )


def _cron(box: Box) -> Outline:
    return _polygon(_corners(box, cut=9))


def _database(box: Box) -> Outline:
    ry = 6.0
    rx = box.width / 2
    arc = f"a{number(rx)} {number(ry)} 0 0"
    left, top, across = number(box.left), number(box.top + ry), number(box.width)
    down = number(box.height - 2 * ry)
    side = rx * 0.3
    return Outline(
        path=f"M{left} {top}{arc} 1 {across} 0v{down}{arc} 1 -{across} 0Z",
        strokes=(f"M{left} {top}{arc} 0 {across} 0",),
        corners=(
            Point(box.left, box.top + ry),
            Point(box.left + side, box.top + 1.7),
            Point(box.middle.x, box.top),
            Point(box.right - side, box.top + 1.7),
            Point(box.right, box.top + ry),
            Point(box.right, box.bottom - ry),
            Point(box.right - side, box.bottom - 1.7),
            Point(box.middle.x, box.bottom),
            Point(box.left + side, box.bottom - 1.7),
            Point(box.left, box.bottom - ry),
        ),
    )


def _bucket(box: Box) -> Outline:
    slant = 11
    return _polygon(
        (
            Point(box.left, box.top),
            Point(box.right, box.top),
            Point(box.right - slant, box.bottom),
            Point(box.left + slant, box.bottom),
        )
    )


def _secret(box: Box) -> Outline:
    slant = 13
    return _polygon(
        (
            Point(box.left + slant, box.top),
            Point(box.right, box.top),
            Point(box.right - slant, box.bottom),
            Point(box.left, box.bottom),
        )
    )


def _external(box: Box) -> Outline:
    bars = tuple(
        f"M{number(x)} {number(box.top)}v{number(box.height)}"
        for x in (box.left + 6, box.right - 6)
    )
    return _polygon(_corners(box), *bars)


def _dead_letter(box: Box) -> Outline:
    fold = 11
    corners = (
        Point(box.left, box.top),
        Point(box.right - fold, box.top),
        Point(box.right, box.top + fold),
        Point(box.right, box.bottom),
        Point(box.left, box.bottom),
    )
    crease = f"M{number(box.right - fold)} {number(box.top)}v{fold}h{fold}"
    return _polygon(corners, crease)


_PLAIN = Form(draw=_rectangle)

_FORMS: Mapping[str, Form] = {
    "bucket": Form(draw=_bucket, left=18, right=18),
    "cron": Form(draw=_cron, left=13, right=13),
    "database": Form(draw=_database, top=15, bottom=11),
    "dead-letter": Form(draw=_dead_letter, right=18),
    "endpoint": Form(draw=_endpoint, left=15, right=15),
    "external": Form(draw=_external, left=16, right=16),
    "secret": Form(draw=_secret, left=20, right=20),
    "service": Form(draw=_service, left=14, right=14, top=10, bottom=11),
    "shared": Form(draw=_service, left=14, right=14, top=10, bottom=11),
    "subscription": Form(draw=_subscription, left=20, right=20),
    "topic": Form(draw=_topic, left=19, right=19),
}
