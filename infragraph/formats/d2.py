"""D2, laid out as its own formatter would.

Keys are numbered by us, so that none is a word of the language; what people wrote is in quoted
labels alone.
"""

from collections.abc import Iterable, Iterator, Mapping

from infragraph.formats.given import Picture
from infragraph.layout.palette import LIGHT
from infragraph.model.diagram import Arrow, Diagram, Group, Mark, Shape
from infragraph.views.source_links import source_link
from infragraph.views.writable import writable
from infragraph.views.written import lines, words

OUTLINES: Mapping[str, str] = {
    "bucket": "stored_data",
    "cron": "oval",
    "database": "cylinder",
    "dead-letter": "queue",
    "endpoint": "rectangle",
    "external": "cloud",
    "missing": "diamond",
    "secret": "document",
    "service": "package",
    "shared": "parallelogram",
    "subscription": "step",
    "topic": "hexagon",
}

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "$": "\\$"}


def render(picture: Picture) -> str:
    return "\n".join((*_lines(picture), ""))


def quoted(text: str) -> str:
    """A string in which nothing is filled in."""
    return f'"{"".join(_ESCAPES.get(it, it) for it in writable(text))}"'


def _lines(picture: Picture) -> Iterator[str]:
    diagram = picture.diagram
    yield f"direction: {diagram.direction}"
    if diagram.shapes or diagram.groups:
        yield from ("classes: {", *_classes(diagram), "}")
    yield from _words("title", diagram.title, ("near: top-center", "style.font-size: 24"))
    yield from _words("notes", "\n".join(diagram.notes), ("near: bottom-center",))
    groups = {group.id: f"g{number}" for number, group in enumerate(diagram.groups, 1)}
    keys = {shape.id: f"n{number}" for number, shape in enumerate(diagram.shapes, 1)}
    for group in diagram.groups:
        yield f"{groups[group.id]}: {_label(group)} {{"
        yield f"  class: {_class(group.kind)}-group"
        for shape in diagram.shapes:
            if shape.group == group.id:
                yield from (f"  {line}" for line in _shape(shape, keys, picture))
        yield "}"
    for shape in diagram.shapes:
        if shape.group is None:
            yield from _shape(shape, keys, picture)
    paths = {
        shape.id: ".".join(
            (*([groups[shape.group]] if shape.group is not None else []), keys[shape.id])
        )
        for shape in diagram.shapes
    }
    for arrow in diagram.arrows:
        yield from _arrow(arrow, paths)


def _words(key: str, text: str, style: Iterable[str]) -> Iterator[str]:
    # d2 refuses a text of nothing.
    if text.strip():
        yield f"{key}: {quoted(text)} {{"
        yield from ("  shape: text", *(f"  {line}" for line in style))
        yield "}"


def _classes(diagram: Diagram) -> Iterator[str]:
    kinds = {shape.kind for shape in diagram.shapes}
    for kind in sorted({group.kind for group in diagram.groups}):
        yield f"  {_class(kind)}-group: {{"
        yield f'    style.fill: "{LIGHT.container}"'
        yield f'    style.stroke: "{LIGHT.container_line}"'
        if kind == "shared":
            yield "    style.stroke-dash: 4"
        yield "  }"
    for kind in sorted(kinds):
        tint = LIGHT.kinds.get(kind, LIGHT.kinds["external"])
        yield f"  {_class(kind)}: {{"
        yield f"    shape: {OUTLINES.get(kind, 'rectangle')}"
        yield f'    style.fill: "{tint.fill}"'
        yield f'    style.stroke: "{tint.line}"'
        yield f'    style.font-color: "{LIGHT.ink}"'
        yield "  }"


def _class(kind: str) -> str:
    # `shape`, `label` and others are words of the language wherever they stand.
    return f"{kind}-kind"


def _shape(shape: Shape, keys: Mapping[str, str], picture: Picture) -> Iterator[str]:
    yield f"{keys[shape.id]}: {_label(shape)} {{"
    yield f"  class: {_class(shape.kind)}"
    link = source_link(picture.source_url, shape.span)
    if link is not None:
        yield f"  link: {quoted(link)}"
    if Mark.CENTRE in shape.marks:
        yield "  style.stroke-width: 4"
    yield "}"


def _arrow(arrow: Arrow, paths: Mapping[str, str]) -> Iterator[str]:
    line = f"{paths[arrow.source]} -> {paths[arrow.target]}"
    written = words(arrow)
    style = tuple(_style(arrow))
    label = f": {quoted(written)}" if written else ""
    if not style:
        yield f"{line}{label}"
        return
    yield f"{line}{label or ':'} {{"
    yield from style
    yield "}"


def _style(arrow: Arrow) -> Iterator[str]:
    if Mark.DEAD_LETTER in arrow.marks:
        yield f'  style.stroke: "{LIGHT.dead_letter}"'
    elif Mark.CYCLE in arrow.marks:
        yield f'  style.stroke: "{LIGHT.cycle}"'
        yield "  style.stroke-width: 4"
    if Mark.DEAD_LETTER in arrow.marks or Mark.STATED in arrow.marks:
        yield "  style.stroke-dash: 4"


def _label(part: Group | Shape) -> str:
    return quoted("\n".join(lines(part)))
