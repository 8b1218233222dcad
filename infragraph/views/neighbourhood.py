"""One service or topic, with what it is connected to."""

from collections.abc import Iterable, Iterator

from infragraph.model.diagram import Diagram
from infragraph.model.graph import InfraGraph, Node
from infragraph.views.groups import drawn_nodes
from infragraph.views.scene import Scene
from infragraph.views.selected import Selected, diagram

KINDS = ("service", "topic")


def neighbourhood(scene: Scene, centre: Node, depth: int) -> Diagram:
    """What lies at most `depth` edges from the centre, whichever way they lead.

    A service's centre is all that it owns. Edges between what is shown are all shown.
    """
    graph = scene.graph
    drawn = drawn_nodes(graph)
    inside = frozenset(node.id for node in drawn if _is_of(node, centre))
    near = _within(graph, inside, depth)
    beyond = len(_within(graph, near, 1) - near)
    return diagram(
        scene,
        Selected(
            name=f"{centre.kind}:{centre.name}",
            title=f"the {centre.kind} {centre.name}",
            nodes=tuple(node for node in drawn if node.id in near),
            edges=tuple(
                edge for edge in graph.edges if edge.source in near and edge.target in near
            ),
            is_grouped=True,
            centre=inside,
            notes=tuple(_beyond(beyond, depth)),
        ),
    )


def _is_of(node: Node, centre: Node) -> bool:
    return node.id == centre.id or (centre.kind == "service" and node.service == centre.name)


def _within(graph: InfraGraph, starts: Iterable[str], depth: int) -> frozenset[str]:
    beside: dict[str, set[str]] = {}
    for edge in graph.edges:
        beside.setdefault(edge.source, set()).add(edge.target)
        beside.setdefault(edge.target, set()).add(edge.source)
    found = set(starts)
    border = set(found)
    for _ in range(depth):
        border = {other for one in border for other in beside.get(one, ())} - found
        if not border:
            break
        found |= border
    return frozenset(found)


def _beyond(count: int, depth: int) -> Iterator[str]:
    if count:
        what = "1 more lies" if count == 1 else f"{count} more lie"
        yield f"{what} one step further; '--depth {depth + 1}' shows it"
