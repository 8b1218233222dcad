"""Elements of SVG, with nothing in them but what a serialiser escapes."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from infragraph.layout.cards import Line
from infragraph.layout.outlines import Outline, number, rounded
from infragraph.layout.plane import Box


def group(parent: Element, *classes: str, title: str | None = None, role: str = "") -> Element:
    """With a title, it is a thing of its own to who cannot see it."""
    found = SubElement(parent, "g", {"class": " ".join(filter(None, classes))})
    if title is not None:
        found.set("role", role)
        SubElement(found, "title").text = title
    return found


def linked(parent: Element, address: str | None) -> Element:
    """Where to draw what leads to an address, if there is one."""
    if address is None:
        return parent
    return SubElement(parent, "a", {"href": address, "target": "_blank", "rel": "noopener"})


def text(parent: Element, line: Line) -> None:
    words(parent, line.text, line.at.x, line.at.y, line.role, "centred" if line.is_centred else "")


def words(parent: Element, said: str, x: float, y: float, *classes: str) -> None:
    attributes = {"x": number(x), "y": number(y), "class": " ".join(filter(None, classes))}
    SubElement(parent, "text", attributes).text = said


def path(parent: Element, drawn: str, kind: str) -> None:
    SubElement(parent, "path", {"class": kind, "d": drawn})


def outline(parent: Element, drawn: Outline) -> None:
    path(parent, drawn.path, "outline")
    for stroke in drawn.strokes:
        path(parent, stroke, "stroke")


def plate(parent: Element, box: Box, kind: str) -> None:
    path(parent, rounded(box, 8), kind)


def classes(names: Iterable[str]) -> str:
    return " ".join(names)
