"""DOT, for Graphviz and all that reads its language.

What people wrote is in quoted strings alone, never in labels that are like HTML, and an address is
only what `source_link` made.
"""

from collections.abc import Iterable, Iterator, Mapping

from infragraph.formats.given import Picture
from infragraph.layout.palette import LIGHT
from infragraph.model.diagram import Arrow, Diagram, Group, Mark, Shape
from infragraph.model.source import SourceSpan
from infragraph.views.source_links import source_link
from infragraph.views.writable import writable
from infragraph.views.written import lines, words

OUTLINES: Mapping[str, str] = {
    "bucket": "invtrapezium",
    "cron": "oval",
    "database": "cylinder",
    "dead-letter": "folder",
    "endpoint": "box",
    "external": "component",
    "missing": "plain",
    "secret": "note",
    "service": "tab",
    "shared": "diamond",
    "subscription": "cds",
    "topic": "hexagon",
}

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\\": "\\\\", '"': '\\"', "\n": "\\n"}
_DIRECTIONS = {"right": "LR", "down": "TB"}


def render(picture: Picture) -> str:
    return "\n".join((*_lines(picture), ""))


def quoted(text: str) -> str:
    """A string that Graphviz shows as it is; a newline is a line that is centred."""
    return f'"{"".join(_ENTITIES.get(it, it) for it in writable(text))}"'


def _lines(picture: Picture) -> Iterator[str]:
    diagram = picture.diagram
    names = {shape.id: f"n{number}" for number, shape in enumerate(diagram.shapes, 1)}
    yield f"digraph {quoted(diagram.name)} {{"
    yield from (f"    {name}={quoted(value)}" for name, value in _graph(diagram))
    yield '    node [fontname="Helvetica", fontsize="11", style="filled"]'
    yield f'    edge [color="{LIGHT.arrow}", fontname="Helvetica", fontsize="9"]'
    for number, group in enumerate(diagram.groups, 1):
        yield f"    subgraph cluster_{number} {{"
        yield from (f"        {name}={quoted(value)}" for name, value in _cluster(group, picture))
        yield from (
            f"        {_node(shape, names, picture)}"
            for shape in diagram.shapes
            if shape.group == group.id
        )
        yield "    }"
    yield from (
        f"    {_node(shape, names, picture)}" for shape in diagram.shapes if shape.group is None
    )
    yield from (f"    {_edge(arrow, names)}" for arrow in diagram.arrows)
    yield "}"


def _graph(diagram: Diagram) -> Iterator[tuple[str, str]]:
    yield "label", "\n".join((diagram.title, *diagram.notes))
    yield "labelloc", "t"
    yield "rankdir", _DIRECTIONS[diagram.direction]
    yield "compound", "true"
    yield "fontname", "Helvetica"


def _cluster(group: Group, picture: Picture) -> Iterator[tuple[str, str]]:
    yield "label", "\n".join(lines(group))
    yield "style", "dashed" if group.kind == "shared" else "rounded"
    yield "bgcolor", LIGHT.container
    yield "color", LIGHT.container_line
    yield from _address(picture, group.span)


def _node(shape: Shape, names: Mapping[str, str], picture: Picture) -> str:
    return f"{names[shape.id]} {_attributes(_of_node(shape, picture))}"


def _of_node(shape: Shape, picture: Picture) -> Iterator[tuple[str, str]]:
    tint = LIGHT.kinds.get(shape.kind, LIGHT.kinds["external"])
    yield "label", "\n".join(lines(shape))
    yield "shape", OUTLINES.get(shape.kind, "box")
    yield "fillcolor", tint.fill
    yield "color", tint.line
    if shape.kind == "endpoint":
        yield "style", "filled,rounded"
    if Mark.CENTRE in shape.marks:
        yield "penwidth", "3"
    yield from _address(picture, shape.span)


def _edge(arrow: Arrow, names: Mapping[str, str]) -> str:
    return f"{names[arrow.source]} -> {names[arrow.target]} {_attributes(_of_edge(arrow))}"


def _of_edge(arrow: Arrow) -> Iterator[tuple[str, str]]:
    yield "label", words(arrow)
    if Mark.DEAD_LETTER in arrow.marks:
        yield "color", LIGHT.dead_letter
    elif Mark.CYCLE in arrow.marks:
        yield "color", LIGHT.cycle
        yield "penwidth", "2"
    if Mark.DEAD_LETTER in arrow.marks or Mark.STATED in arrow.marks:
        yield "style", "dashed"


def _address(picture: Picture, span: SourceSpan | None) -> Iterator[tuple[str, str]]:
    link = source_link(picture.source_url, span)
    if link is not None:
        yield "URL", link


def _attributes(pairs: Iterable[tuple[str, str]]) -> str:
    return f"[{', '.join(f'{name}={quoted(value)}' for name, value in pairs)}]"
