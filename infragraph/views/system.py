"""The system: services as containers of what they own, with calls and the flow of events."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from infragraph.model.diagram import Diagram, Group, Mark, Shape
from infragraph.model.graph import InfraGraph, Node
from infragraph.views.arrows import arrows
from infragraph.views.groups import drawn_nodes, group_id, groups
from infragraph.views.marks import loops_of, marks_of
from infragraph.views.notes import unresolved_notes
from infragraph.views.scene import Scene
from infragraph.views.shapes import missing, shape_of

NAME = "system"

READABLE = 60
"""How many nodes one picture shows legibly; above that, services are collapsed."""


def system(scene: Scene, *, collapsed: Collection[str] | None = None) -> Diagram:
    """Each container whose id is in `collapsed` is one shape, and so are the arrows to it.

    Without `collapsed`, all containers are where the graph holds more than `READABLE` nodes, else
    none is.
    """
    graph = scene.graph
    closed = _closed(graph, collapsed)
    drawn = groups(scene, (group_id(node) for node in graph.nodes))
    shown = dict(_shown(graph, closed))
    shapes = {
        shape.id: shape
        for shape in (
            *(_collapsed(group, scene) for group in drawn if group.id in closed),
            *_nodes(scene, shown),
            *(missing(end) for end in _ends(graph) if end not in shown),
        )
    }
    shown.update({shape.id: shape.id for shape in shapes.values()})
    return Diagram(
        name=NAME,
        title=f"{graph.application}: the system",
        direction="right",
        groups=tuple(group for group in drawn if group.id not in closed),
        shapes=tuple(shapes[name] for name in sorted(shapes)),
        arrows=arrows(graph.edges, shown, loops_of(graph)),
        notes=(*_notes(graph, closed, is_chosen=collapsed is not None), *unresolved_notes(graph)),
    )


def containers(graph: InfraGraph) -> frozenset[str]:
    """The ids of all that can be collapsed."""
    return frozenset(filter(None, map(group_id, graph.nodes)))


def _closed(graph: InfraGraph, collapsed: Collection[str] | None) -> frozenset[str]:
    if collapsed is not None:
        return frozenset(collapsed)
    return containers(graph) if len(graph.nodes) > READABLE else frozenset()


def _shown(graph: InfraGraph, closed: frozenset[str]) -> Iterator[tuple[str, str]]:
    for node in graph.nodes:
        group = group_id(node)
        yield node.id, group if group is not None and group in closed else node.id


def _ends(graph: InfraGraph) -> Iterator[str]:
    for edge in graph.edges:
        yield edge.source
        yield edge.target


def _nodes(scene: Scene, shown: Mapping[str, str]) -> Iterator[Shape]:
    marks = marks_of(scene.graph, loops_of(scene.graph))
    for node in drawn_nodes(scene.graph):
        if shown[node.id] == node.id:
            yield shape_of(node, scene, group=group_id(node), marks=marks[node.id])


def _collapsed(group: Group, scene: Scene) -> Shape:
    inside = [node for node in scene.graph.nodes if group_id(node) == group.id]
    return Shape(
        id=group.id,
        kind=group.kind,
        node=group.node,
        label=group.label,
        detail=_contents(inside),
        group=None,
        service=None if group.kind != "service" else group.label,
        owner=group.owner,
        span=group.span,
        marks=tuple(sorted({*group.marks, Mark.COLLAPSED})),
    )


def _contents(nodes: Iterable[Node]) -> str | None:
    counts = Counter(node.kind for node in nodes if node.kind != "service")
    return (
        ", ".join(
            f"{count} {kind if count == 1 else f'{kind}s'}"
            for kind, count in sorted(counts.items())
        )
        or None
    )


def _notes(graph: InfraGraph, closed: frozenset[str], *, is_chosen: bool) -> Iterator[str]:
    if not closed:
        return
    why = "" if is_chosen else f": {len(graph.nodes)} nodes are more than {READABLE}"
    yield f"collapsed services show only what goes between them{why}"
