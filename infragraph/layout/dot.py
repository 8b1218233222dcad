"""A diagram as DOT, for its places alone: numbers in the place of names, sizes of words.

What is written on an arrow is a node of its own on the way. Graphviz keeps room for it, leads no
other arrow through it, and ranks as it would without; its own labels make it fail in containers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from infragraph.layout.cards import Size, label_of, label_size, shape_size, title_size
from infragraph.model.diagram import Diagram

LARGE = 150
"""From so many arrows on, places are improved a few times and not until nothing is gained."""

_INCH = 72
_HURRIED = ", nslimit=0.2, nslimit1=0.2, mclimit=0.2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """How far apart things are kept, in pixels: along the arrows, and across them.

    `titles` is how much room the title of a container, by its id, has to move aside.
    """

    along: float
    across: float
    is_ranked_anew: bool
    titles: Mapping[str, float]


def dot(diagram: Diagram, spacing: Spacing) -> str:
    return "\n".join((*_head(diagram, spacing), *_body(diagram, spacing), "}", ""))


def _head(diagram: Diagram, spacing: Spacing) -> Iterator[str]:
    direction = {"right": "LR", "down": "TB"}[diagram.direction]
    ranking = "true" if spacing.is_ranked_anew else "false"
    hurried = _HURRIED if len(diagram.arrows) > LARGE else ""
    yield "digraph {"
    yield (
        f"graph [rankdir={direction}, ranksep={_inches(spacing.along)}, "
        f"nodesep={_inches(spacing.across)}, newrank={ranking}, labeljust=l{hurried}];"
    )
    yield 'node [shape=box, fixedsize=true, label=""];'
    yield "edge [arrowhead=none];"


def _body(diagram: Diagram, spacing: Spacing) -> Iterator[str]:
    numbers = {shape.id: number for number, shape in enumerate(diagram.shapes)}
    groups = {shape.id: shape.group for shape in diagram.shapes}
    inside: dict[str | None, list[str]] = {}
    edges: list[str] = []
    for number, shape in enumerate(diagram.shapes):
        inside.setdefault(shape.group, []).append(_node(f"n{number}", shape_size(shape)))
    for number, arrow in enumerate(diagram.arrows):
        source, target = f"n{numbers[arrow.source]}", f"n{numbers[arrow.target]}"
        lines = label_of(arrow)
        if not lines:
            edges.append(f"{source} -> {target} [id=a{number}, minlen=2];")
            continue
        ends = groups[arrow.source], groups[arrow.target]
        where = ends[0] if ends[0] == ends[1] else None
        inside.setdefault(where, []).append(_node(f"l{number}", label_size(lines)))
        edges.append(f"{source} -> l{number} [id=a{number}];")
        edges.append(f"l{number} -> {target} [id=b{number}];")
    for number, group in enumerate(diagram.groups):
        yield f"subgraph cluster_{number} {{"
        yield f"margin=14; label={_room(title_size(group), spacing.titles.get(group.id, 0))};"
        yield from inside.get(group.id, ())
        yield "}"
    yield from inside.get(None, ())
    yield from edges


def _node(name: str, size: Size) -> str:
    return f"{name} [width={_inches(size.width)}, height={_inches(size.height)}];"


def _room(size: Size, aside: float) -> str:
    """A label of this size and no letters, so that no font is measured."""
    across, down = round(size.width + aside), round(size.height)
    return (
        f'<<table border="0" cellborder="0" cellpadding="0" cellspacing="0" fixedsize="true" '
        f'width="{across}" height="{down}"><tr><td></td></tr></table>>'
    )


def _inches(pixels: float) -> str:
    return f"{pixels / _INCH:.4f}".rstrip("0").rstrip(".") or "0"
