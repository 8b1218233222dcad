"""How Structurizr draws each kind and relation, by its tag."""

from collections.abc import Iterator, Mapping

from infragraph.formats.structurizr.words import mark_tag
from infragraph.layout.palette import LIGHT
from infragraph.model.diagram import Diagram, Mark

OUTLINES: Mapping[str, str] = {
    "bucket": "Bucket",
    "cron": "Circle",
    "database": "Cylinder",
    "dead-letter": "Folder",
    "endpoint": "WebBrowser",
    "external": "Window",
    "missing": "Diamond",
    "secret": "Ellipse",
    "service": "RoundedBox",
    "shared": "Box",
    "subscription": "Component",
    "topic": "Pipe",
}


def styles(diagram: Diagram) -> Iterator[str]:
    kinds = {"service", "shared", *(shape.kind for shape in diagram.shapes)}
    marks = {mark for arrow in diagram.arrows for mark in arrow.marks}
    yield "styles {"
    for kind in sorted(kinds & OUTLINES.keys()):
        tint = LIGHT.kinds[kind]
        yield f'    element "{kind}" {{'
        yield f"        shape {OUTLINES[kind]}"
        yield f"        background {tint.fill}"
        yield f"        stroke {tint.line}"
        yield f"        color {LIGHT.ink}"
        yield "    }"
    for mark, line in ((Mark.DEAD_LETTER, "Dashed"), (Mark.STATED, "Dotted")):
        if mark in marks:
            yield f'    relationship "{mark_tag(mark)}" {{'
            yield f"        style {line}"
            yield "    }"
    if Mark.CYCLE in marks:
        yield f'    relationship "{mark_tag(Mark.CYCLE)}" {{'
        yield f"        color {LIGHT.cycle}"
        yield "        thickness 4"
        yield "    }"
    yield "}"
