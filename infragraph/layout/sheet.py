"""A diagram with a place for everything in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from infragraph.layout.cards import Line, label_lines, label_of, lines_in, title_lines, title_size
from infragraph.layout.outlines import Corners, Outline, form_of
from infragraph.layout.places import Places
from infragraph.layout.plane import Box, Point
from infragraph.layout.routes import Route, route
from infragraph.layout.titles import title_place
from infragraph.model.diagram import Arrow, Diagram, Group, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    group: Group
    box: Box
    title: Box
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    shape: Shape
    box: Box
    outline: Outline
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An arrow; `room` is where its words stand, None where there are none."""

    arrow: Arrow
    route: Route
    room: Box | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Containers, cards and ways in the order of the diagram; the upper left corner is 0, 0."""

    diagram: Diagram
    width: float
    height: float
    containers: tuple[Container, ...]
    cards: tuple[Card, ...]
    ways: tuple[Way, ...]


def sheet(diagram: Diagram, places: Places) -> Sheet:
    cards = tuple(_cards(diagram, places))
    ways = tuple(_ways(diagram, places, {card.shape.id: card.outline.corners for card in cards}))
    lines = [line for way in ways for line in way.route.stretches]
    return Sheet(
        diagram=diagram,
        width=places.width,
        height=places.height,
        containers=tuple(_containers(diagram, places, lines)),
        cards=cards,
        ways=ways,
    )


def _cards(diagram: Diagram, places: Places) -> Iterator[Card]:
    for position, shape in enumerate(diagram.shapes):
        box = places.nodes[f"n{position}"]
        outline = form_of(shape.kind).draw(box)
        yield Card(shape=shape, box=box, outline=outline, lines=lines_in(shape, box))


def _ways(diagram: Diagram, places: Places, corners: dict[str, Corners]) -> Iterator[Way]:
    for position, arrow in enumerate(diagram.arrows):
        words = label_of(arrow)
        room = places.nodes[f"l{position}"] if words else None
        names = (f"a{position}", f"b{position}") if words else (f"a{position}",)
        yield Way(
            arrow=arrow,
            route=route(
                [places.curves[name] for name in names],
                corners[arrow.source],
                corners[arrow.target],
            ),
            room=room,
            lines=() if room is None else label_lines(words, room),
        )


def _containers(
    diagram: Diagram, places: Places, lines: Sequence[Sequence[Point]]
) -> Iterator[Container]:
    for position, group in enumerate(diagram.groups):
        name = f"cluster_{position}"
        box = places.groups[name]
        title = title_place(box, places.titles[name].top, title_size(group), lines)
        yield Container(group=group, box=box, title=title, lines=title_lines(group, title))
