"""What an SVG of ours shows where, read from the SVG alone: nothing of how it was made is used.

python -m tests.formats.svg_geometry FILE…
"""

import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

Point = tuple[float, float]
Box = tuple[float, float, float, float]

_SVG = "{http://www.w3.org/2000/svg}"
_TOKENS = re.compile(r"[MLHVCAZhvaz]|-?[0-9]*\.?[0-9]+")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "A": 7, "h": 1, "v": 1, "a": 7, "Z": 0}
# What letters of Helvetica take, in their size; a browser measures in another test.
_NARROW = 0.3
_LETTER = 0.56
_TOUCHING = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    source: str
    target: str
    lines: tuple[tuple[Point, ...], ...]
    labels: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """Boxes by id, and arrows; `titles` are the words of containers."""

    shapes: dict[str, Box]
    groups: dict[str, Box]
    titles: dict[str, tuple[Box, ...]]
    arrows: tuple[Arrow, ...]


def geometry(text: str) -> Geometry:
    picture = next(it for it in fromstring(text) if it.get("id") == "picture")  # noqa: S314
    groups = {it.attrib["data-id"]: it for it in _of_class(picture, "group")}
    return Geometry(
        shapes={
            it.attrib["data-id"]: _outline(it, "outline") for it in _of_class(picture, "shape")
        },
        groups={name: _outline(it, "container") for name, it in groups.items()},
        titles={name: tuple(_texts(it)) for name, it in groups.items()},
        arrows=tuple(_arrow(it) for it in _of_class(picture, "arrow")),
    )


def overlaps(found: Geometry) -> list[str]:
    """Shapes, words on arrows and titles that stand on each other, and containers that do."""
    solid = [(f"shape {name}", box) for name, box in found.shapes.items()]
    for name, boxes in found.titles.items():
        solid.append(
            (f"title {name}", _around(corner for box in boxes for corner in _corners(box)))
        )
    for arrow in found.arrows:
        words = [corner for box in arrow.labels for corner in _corners(box)]
        if words:
            solid.append((f"label {arrow.source} -> {arrow.target}", _around(words)))
    return [
        f"{one} is on {other}"
        for boxes in (solid, [(f"group {name}", box) for name, box in found.groups.items()])
        for (one, box), (other, its_box) in combinations(boxes, 2)
        if _meet(box, its_box)
    ]


def crossings(found: Geometry) -> list[str]:
    """Arrows that go through a shape that is none of their ends, or through words."""
    said: list[str] = []
    for arrow in found.arrows:
        name = f"{arrow.source} -> {arrow.target}"
        ends = {arrow.source, arrow.target}
        obstacles = [
            (f"shape {other}", box) for other, box in found.shapes.items() if other not in ends
        ]
        obstacles += [
            (f"title {other}", box) for other, boxes in found.titles.items() for box in boxes
        ]
        # Also its own, which stand in a gap of its line.
        obstacles += [
            (f"label {other.source} -> {other.target}", box)
            for other in found.arrows
            for box in other.labels
        ]
        said += [
            f"{name} goes through {what}"
            for what, box in obstacles
            if any(_passes(line, box) for line in arrow.lines)
        ]
    return said


def _of_class(parent: Element, name: str) -> Iterator[Element]:
    for found in parent.iter(f"{_SVG}g"):
        if name in found.attrib.get("class", "").split():
            yield found


def _outline(parent: Element, name: str) -> Box:
    (path,) = (it for it in parent.iter(f"{_SVG}path") if it.get("class") == name)
    return _around(point for line in points(path.attrib["d"]) for point in line)


def _arrow(found: Element) -> Arrow:
    drawn = {it.attrib["class"]: it.attrib["d"] for it in found.iter(f"{_SVG}path")}
    return Arrow(
        source=found.attrib["data-source"],
        target=found.attrib["data-target"],
        lines=tuple(tuple(line) for line in (*points(drawn["line"]), *points(drawn["head"]))),
        labels=tuple(_texts(found)),
    )


def _texts(parent: Element) -> Iterator[Box]:
    sizes = {"title": 14.0, "subtitle": 11.0, "label": 10.0, "name": 13.0, "detail": 11.0}
    for found in parent.iter(f"{_SVG}text"):
        classes = found.attrib["class"].split()
        size = next(sizes[name] for name in classes if name in sizes)
        said = found.text or ""
        across = size * sum(_NARROW if it in "fijlrt ,." else _LETTER for it in said)
        x, y = float(found.attrib["x"]), float(found.attrib["y"])
        left = x - across / 2 if "centred" in classes else x
        yield left, y - size * 0.75, left + across, y + size * 0.2


def points(path: str) -> list[list[Point]]:
    """The lines that a path draws, curves and arcs as many short ones."""
    words = iter(_TOKENS.findall(path))
    lines: list[list[Point]] = []
    for command in words:
        values = [float(next(words)) for _ in range(_ARGUMENTS[command.replace("z", "Z")])]
        if command == "M":
            lines.append([(values[0], values[1])])
            continue
        line = lines[-1]
        x, y = line[-1]
        match command:
            case "L":
                line.append((values[0], values[1]))
            case "H" | "h":
                line.append((values[0] + (x if command == "h" else 0), y))
            case "V" | "v":
                line.append((x, values[0] + (y if command == "v" else 0)))
            case "C":
                line.extend(_bezier((x, y), values))
            case "A" | "a":
                base = (x, y) if command == "a" else (0.0, 0.0)
                end = (values[5] + base[0], values[6] + base[1])
                line.extend(_arc((x, y), end, values))
            case _:
                line.append(line[0])
    return lines


def _bezier(start: Point, values: list[float]) -> Iterator[Point]:
    (x0, y0), (x1, y1, x2, y2, x3, y3) = start, values
    for step in range(1, 25):
        t = step / 24
        u = 1 - t
        a, b, c, d = u**3, 3 * u * u * t, 3 * u * t * t, t**3
        yield a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3


def _arc(start: Point, end: Point, values: list[float]) -> Iterator[Point]:
    """By the formulas of SVG 2, appendix B.2.4, for arcs that are not turned."""
    rx, ry, _, large, sweep = values[:5]
    (x1, y1), (x2, y2) = start, end
    dx, dy = (x1 - x2) / 2, (y1 - y2) / 2
    scale = max(1.0, math.sqrt((dx / rx) ** 2 + (dy / ry) ** 2))
    rx, ry = rx * scale, ry * scale
    part = (rx * dy) ** 2 + (ry * dx) ** 2
    root = math.sqrt(max(0.0, ((rx * ry) ** 2 - part) / part)) * (-1 if large == sweep else 1)
    cx, cy = root * rx * dy / ry, -root * ry * dx / rx
    first = math.atan2((dy - cy) / ry, (dx - cx) / rx)
    turn = math.atan2((-dy - cy) / ry, (-dx - cx) / rx) - first
    turn += 2 * math.pi if sweep and turn < 0 else -2 * math.pi if not sweep and turn > 0 else 0
    cx, cy = cx + (x1 + x2) / 2, cy + (y1 + y2) / 2
    for step in range(1, 13):
        angle = first + turn * step / 12
        yield cx + rx * math.cos(angle), cy + ry * math.sin(angle)


def _around(found: Iterator[Point] | list[Point]) -> Box:
    xs, ys = zip(*found, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _corners(box: Box) -> tuple[Point, Point]:
    return (box[0], box[1]), (box[2], box[3])


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] + _TOUCHING < other[2]
        and other[0] + _TOUCHING < one[2]
        and one[1] + _TOUCHING < other[3]
        and other[1] + _TOUCHING < one[3]
    )


def _passes(line: tuple[Point, ...], box: Box) -> bool:
    """Whether any point of a line, one for each pixel of it, is within a box."""
    left, top, right, bottom = box
    left, top, right, bottom = left + _TOUCHING, top + _TOUCHING, right - _TOUCHING, bottom - 0.6
    if not _meet(_around(list(line)), box):
        return False
    for (x1, y1), (x2, y2) in pairwise(line):
        steps = max(1, math.ceil(math.hypot(x2 - x1, y2 - y1)))
        for step in range(steps + 1):
            x, y = x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps
            if left < x < right and top < y < bottom:
                return True
    return False


if __name__ == "__main__":
    for name in sys.argv[1:]:
        found_ = geometry(Path(name).read_text(encoding="utf-8"))
        sys.stdout.write(f"{name}: {overlaps(found_)} {crossings(found_)}\n")
