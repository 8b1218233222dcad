"""What is wrong with a sheet to the eye: things on each other, and lines through them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple

from infragraph.layout.plane import Box, around, crosses
from infragraph.layout.sheet import Sheet, Way

# What touches does not overlap, and numbers are rounded to a tenth.
_SLACK = 0.5


class Part(NamedTuple):
    """A shape or container by its id, words on an arrow by the arrow's number."""

    kind: Literal["shape", "label", "title", "container", "arrow"]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One part stands on another, or goes through it."""

    part: Part
    other: Part


def faults(sheet: Sheet) -> tuple[Fault, ...]:
    boxes = tuple(_boxes(sheet))
    return (*_overlaps(boxes), *_strays(sheet), *_crossings(sheet, boxes))


def _overlaps(boxes: tuple[tuple[Part, Box], ...]) -> Iterator[Fault]:
    by_left = sorted(boxes, key=lambda it: it[1].left)
    for number, (part, box) in enumerate(by_left):
        for other, its_box in by_left[number + 1 :]:
            if its_box.left >= box.right:
                break
            if box.overlaps(its_box):
                yield Fault(part=part, other=other)


def _strays(sheet: Sheet) -> Iterator[Fault]:
    """Containers on each other, and shapes that are not where they belong."""
    for one, other in combinations(sheet.containers, 2):
        if one.box.grown(-_SLACK).overlaps(other.box):
            yield Fault(
                part=Part("container", one.group.id), other=Part("container", other.group.id)
            )
    for container in sheet.containers:
        inner, outer = container.box.grown(-_SLACK), container.box.grown(_SLACK)
        for card in sheet.cards:
            is_inside = card.shape.group == container.group.id
            if not outer.holds(card.box) if is_inside else inner.overlaps(card.box):
                yield Fault(
                    part=Part("container", container.group.id), other=Part("shape", card.shape.id)
                )


def _crossings(sheet: Sheet, boxes: tuple[tuple[Part, Box], ...]) -> Iterator[Fault]:
    for number, way in enumerate(sheet.ways):
        own = {
            Part("shape", way.arrow.source),
            Part("shape", way.arrow.target),
            Part("label", str(number)),
        }
        reach = _reach(way)
        for part, box in boxes:
            if part in own or not box.overlaps(reach):
                continue
            if any(crosses(line, box) for line in way.route.stretches):
                yield Fault(part=Part("arrow", str(number)), other=part)


def _reach(way: Way) -> Box:
    return around(point for line in way.route.stretches for point in line)


def _boxes(sheet: Sheet) -> Iterator[tuple[Part, Box]]:
    for card in sheet.cards:
        yield Part("shape", card.shape.id), card.box.grown(-_SLACK)
    for number, way in enumerate(sheet.ways):
        if way.room is not None:
            yield Part("label", str(number)), way.room.grown(-_SLACK)
    for container in sheet.containers:
        yield Part("title", container.group.id), container.title.grown(-_SLACK)
