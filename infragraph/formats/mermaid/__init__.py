"""A Mermaid flowchart, as GitHub and others draw it where it stands in Markdown.

What people wrote is in quoted labels alone, with an entity for whatever Mermaid, Markdown or HTML
could take for theirs.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from infragraph.formats.given import Picture
from infragraph.formats.mermaid.words import encoded, titled
from infragraph.layout.palette import LIGHT
from infragraph.model.diagram import Arrow, Diagram, Group, Mark, Shape, Undrawable
from infragraph.views.source_links import source_link
from infragraph.views.writable import writable
from infragraph.views.written import lines, words

MOST_TEXT = 50_000
MOST_ARROWS = 500
"""What Mermaid draws unless told otherwise, and pages such as GitHub's do not tell it."""

BRACKETS: Mapping[str, tuple[str, str]] = {
    "bucket": ("[\\", "/]"),
    "cron": ("([", "])"),
    "database": ("[(", ")]"),
    "dead-letter": ("[[", "]]"),
    "endpoint": ("(", ")"),
    "external": ("[/", "\\]"),
    "missing": ("[\\", "\\]"),
    "secret": ("[/", "/]"),
    "service": ("[", "]"),
    "shared": ("{", "}"),
    "subscription": (">", "]"),
    "topic": ("{{", "}}"),
}

_PLAIN = ("[", "]")
_DIRECTIONS = {"right": "LR", "down": "TB"}


def render(picture: Picture) -> str | Undrawable:
    diagram = picture.diagram
    text = "\n".join((*_lines(picture), ""))
    if len(diagram.arrows) > MOST_ARROWS:
        return _too_large(diagram, f"{MOST_ARROWS} arrows", str(len(diagram.arrows)))
    if len(text) > MOST_TEXT:
        return _too_large(diagram, f"{MOST_TEXT} characters", str(len(text)))
    return text


def _too_large(diagram: Diagram, limit: str, found: str) -> Undrawable:
    return Undrawable(
        reason=f"mermaid draws at most {limit}, and view '{diagram.name}' has {found}; "
        "draw a part of it with --view service:NAME, or all of it with --format svg"
    )


def _lines(picture: Picture) -> Iterator[str]:
    diagram = picture.diagram
    names = {shape.id: f"n{number}" for number, shape in enumerate(diagram.shapes, 1)}
    # The head is YAML, which JSON is a part of.
    yield from ("---", f"title: {json.dumps(titled(diagram.title), ensure_ascii=False)}", "---")
    yield f"flowchart {_DIRECTIONS[diagram.direction]}"
    for number, group in enumerate(diagram.groups, 1):
        yield f'    subgraph g{number}["{_label(group)}"]'
        yield from (
            f"        {_shape(shape, names)}" for shape in diagram.shapes if shape.group == group.id
        )
        yield "    end"
    yield from (f"    {_shape(it, names)}" for it in diagram.shapes if it.group is None)
    if diagram.notes:
        yield f'    notes["{_joined(diagram.notes)}"]:::notes'
    yield from (f"    {_arrow(it, names)}" for it in diagram.arrows)
    yield from (f"    {it}" for it in _links(picture, names))
    yield from (f"    {it}" for it in _classes(diagram, names))


def _shape(shape: Shape, names: Mapping[str, str]) -> str:
    opening, closing = BRACKETS.get(shape.kind, _PLAIN)
    return f'{names[shape.id]}{opening}"{_label(shape)}"{closing}:::{_class(shape.kind)}'


def _arrow(arrow: Arrow, names: Mapping[str, str]) -> str:
    is_broken = Mark.STATED in arrow.marks or Mark.DEAD_LETTER in arrow.marks
    line = "-.->" if is_broken else "==>" if Mark.CYCLE in arrow.marks else "-->"
    written = words(arrow)
    label = f'|"{_joined([written])}"|' if written else ""
    return f"{names[arrow.source]} {line}{label} {names[arrow.target]}"


def _links(picture: Picture, names: Mapping[str, str]) -> Iterator[str]:
    for shape in picture.diagram.shapes:
        link = source_link(picture.source_url, shape.span)
        if link is not None:
            yield f'click {names[shape.id]} href "{link}"'


def _classes(diagram: Diagram, names: Mapping[str, str]) -> Iterator[str]:
    kinds = {shape.kind for shape in diagram.shapes}
    for kind, tint in LIGHT.kinds.items():
        if kind in kinds:
            yield f"classDef {_class(kind)} fill:{tint.fill},stroke:{tint.line},color:{LIGHT.ink}"
    if diagram.notes:
        yield "classDef notes fill:none,stroke:none"
    centre = [names[shape.id] for shape in diagram.shapes if Mark.CENTRE in shape.marks]
    if centre:
        yield "classDef centre stroke-width:4px"
        yield f"class {','.join(centre)} centre"


def _class(kind: str) -> str:
    return "deadletter" if kind == "dead-letter" else kind


def _label(part: Group | Shape) -> str:
    return _joined(lines(part))


def _joined(texts: Iterable[str]) -> str:
    return "<br/>".join(encoded(line) for text in texts for line in writable(text).split("\n"))
