"""A sheet as an SVG document: the picture between its title, its notes and its legend."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from infragraph.formats.svg.elements import words
from infragraph.formats.svg.legend import legend, legend_height
from infragraph.formats.svg.parts import arrow, card, container
from infragraph.layout.outlines import number
from infragraph.layout.sheet import Sheet
from infragraph.layout.style import style
from infragraph.layout.telling import diagram_sentence
from infragraph.layout.words import fitted, printable, width, wrapped

_MARGIN = 24
_HEADING = 18
_NOTE = 11
_LEADING = 17
_LEAST = 420

_OWN = (
    f".heading{{font-size:{_HEADING}px;font-weight:bold}}.note{{font-size:{_NOTE}px}}"
    ".caption{font-size:11px;font-weight:bold}"
)


def document(sheet: Sheet, source_url: str | None) -> str:
    across = max(_LEAST, sheet.width)
    notes = _notes(sheet, across)
    top = _MARGIN + _HEADING + 16
    below = top + sheet.height + (20 if notes else 8)
    under = below + len(notes) * _LEADING + 12
    full = across + 2 * _MARGIN
    height = under + legend_height(sheet, across) + _MARGIN
    root = _root(sheet, full, height)
    SubElement(root, "rect", {"class": "paper", "width": "100%", "height": "100%"})
    heading = fitted(printable(sheet.diagram.title), _HEADING, across, is_bold=True)
    words(root, heading, _MARGIN, _MARGIN + _HEADING - 3, "heading")
    _picture(root, sheet, source_url, _MARGIN + (across - sheet.width) / 2, top)
    for row, note in enumerate(notes):
        words(root, note, _MARGIN, below + row * _LEADING + _NOTE, "note")
    legend(root, sheet, _MARGIN, under, across)
    indent(root)
    return tostring(root, encoding="unicode") + "\n"


def _root(sheet: Sheet, across: float, down: float) -> Element:
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": number(across),
            "height": number(down),
            "viewBox": f"0 0 {number(across)} {number(down)}",
            "role": "graphics-document document",
            "aria-roledescription": "diagram",
            "aria-labelledby": "title",
            "aria-describedby": "desc",
        },
    )
    SubElement(root, "title", {"id": "title"}).text = printable(sheet.diagram.title)
    SubElement(root, "desc", {"id": "desc"}).text = diagram_sentence(sheet.diagram)
    SubElement(root, "style").text = f"\n{style()}\n{_OWN}\n"
    return root


def _picture(root: Element, sheet: Sheet, source_url: str | None, x: float, y: float) -> None:
    place = SubElement(
        root, "g", {"id": "picture", "transform": f"translate({number(x)} {number(y)})"}
    )
    shapes = {shape.id: shape for shape in sheet.diagram.shapes}
    for box in sheet.containers:
        container(place, box, source_url)
    for way in sheet.ways:
        arrow(place, way, shapes)
    for one in sheet.cards:
        card(place, one, source_url)


def _notes(sheet: Sheet, across: float) -> list[str]:
    lines: list[str] = []
    for note in sheet.diagram.notes:
        lines.extend(wrapped(printable(note), _NOTE, across))
    assert all(width(line, _NOTE) <= across for line in lines), "notes keep within the picture"
    return lines
