"""A part of a graph as a picture: chosen nodes and edges, in their containers or in none."""

from collections.abc import Iterator
from dataclasses import dataclass

from infragraph.model.diagram import Arrow, Diagram, Mark, Shape
from infragraph.model.graph import Edge, Node
from infragraph.views.arrows import arrows, to_dead_letters
from infragraph.views.groups import group_id, groups
from infragraph.views.marks import loops_of, marks_of
from infragraph.views.notes import unresolved_notes
from infragraph.views.scene import Scene
from infragraph.views.shapes import (
    dead_letter_id,
    dead_letter_of,
    has_dead_letters,
    missing,
    shape_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """What a view has chosen; `centre` are the ids of what it is about."""

    name: str
    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    is_grouped: bool
    centre: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def diagram(scene: Scene, selected: Selected) -> Diagram:
    """A subscription stands beside the queue for what it cannot handle, if it has one."""
    loops = loops_of(scene.graph)
    shapes = {shape.id: shape for shape in _shapes(scene, selected)}
    drawn = (
        *arrows(selected.edges, {name: name for name in shapes}, loops),
        *_to_queues(selected, shapes),
    )
    return Diagram(
        name=selected.name,
        title=f"{scene.graph.application}: {selected.title}",
        direction="right",
        groups=groups(scene, (shape.group for shape in shapes.values())),
        shapes=tuple(shapes[name] for name in sorted(shapes)),
        arrows=tuple(sorted(drawn, key=lambda arrow: (arrow.source, arrow.target))),
        notes=(*selected.notes, *unresolved_notes(scene.graph)),
    )


def _shapes(scene: Scene, selected: Selected) -> Iterator[Shape]:
    marks = marks_of(scene.graph, loops_of(scene.graph))
    for end in sorted(end for edge in selected.edges for end in (edge.source, edge.target)):
        yield missing(end)
    # What is declared takes the place of what an edge alone tells.
    for node in selected.nodes:
        group = group_id(node) if selected.is_grouped else None
        own = {Mark.CENTRE} if node.id in selected.centre else set[Mark]()
        yield shape_of(node, scene, group=group, marks={*marks[node.id], *own})
        if has_dead_letters(node):
            yield dead_letter_of(node, scene, group=group)


def _to_queues(selected: Selected, shapes: dict[str, Shape]) -> Iterator[Arrow]:
    for node in selected.nodes:
        if has_dead_letters(node):
            yield to_dead_letters(node.id, shapes[dead_letter_id(node)])
