"""The parts of a picture as groups of SVG, each with a title that says what it is."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from infragraph.formats.svg.elements import group, linked, outline, path, plate, text
from infragraph.layout.sheet import Card, Container, Way
from infragraph.layout.telling import arrow_sentence, group_sentence, shape_sentence
from infragraph.layout.words import printable
from infragraph.model.diagram import DEAD_LETTER, Mark, Shape
from infragraph.views.source_links import source_link


def container(parent: Element, one: Container, source_url: str | None) -> None:
    found = group(parent, "group", title=group_sentence(one.group), role="graphics-object")
    found.set("data-id", printable(one.group.id))
    plate(found, one.box, "container")
    name = linked(found, source_link(source_url, one.group.span))
    for line in one.lines:
        text(name, line)


def card(parent: Element, one: Card, source_url: str | None) -> None:
    found = group(
        parent,
        "shape",
        f"is-{one.shape.kind}",
        "dashed" if one.outline.is_dashed else "",
        "centre" if Mark.CENTRE in one.shape.marks else "",
        title=shape_sentence(one.shape),
        role="graphics-symbol",
    )
    found.set("data-id", printable(one.shape.id))
    place = linked(found, source_link(source_url, one.shape.span))
    outline(place, one.outline)
    for line in one.lines:
        text(place, line)


def arrow(parent: Element, way: Way, shapes: Mapping[str, Shape]) -> None:
    found = group(
        parent,
        "arrow",
        *arrow_classes(way),
        title=arrow_sentence(way.arrow, shapes),
        role="graphics-symbol",
    )
    found.set("data-source", printable(way.arrow.source))
    found.set("data-target", printable(way.arrow.target))
    path(found, way.route.line, "line")
    path(found, way.route.head, "head")
    for line in way.lines:
        text(found, line)


def arrow_classes(way: Way) -> tuple[str, ...]:
    drawn = {Mark.CYCLE: "cycle", Mark.STATED: "stated", Mark.DEAD_LETTER: DEAD_LETTER}
    return tuple(drawn[mark] for mark in way.arrow.marks if mark in drawn)
