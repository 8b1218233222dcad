"""Containers: a service with what it owns, and one for what no service owns."""

from collections.abc import Iterable, Mapping

from infragraph.model.diagram import SHARED, Group, Mark
from infragraph.model.graph import InfraGraph, Node
from infragraph.views.scene import Scene
from infragraph.views.shapes import detail

UNOWNED = Group(
    id=SHARED,
    kind=SHARED,
    node=None,
    label="shared",
    detail="owned by no service",
    owner=None,
    span=None,
    marks=(Mark.UNOWNED,),
)


def group_id(node: Node) -> str | None:
    """The container of a node; what lies outside of the application has none."""
    if node.service is not None:
        return f"group:{node.service}"
    return None if node.kind == "external" else SHARED


def drawn_nodes(graph: InfraGraph) -> tuple[Node, ...]:
    """All nodes, but no service whose container says all about it.

    One that acts by itself, or owns nothing, is a shape in its own container.
    """
    ends = {end for edge in graph.edges for end in (edge.source, edge.target)}
    owners = {node.service for node in graph.nodes if node.kind != "service"}
    return tuple(
        node
        for node in graph.nodes
        if node.kind != "service" or node.id in ends or node.name not in owners
    )


def groups(scene: Scene, needed: Iterable[str | None]) -> tuple[Group, ...]:
    """The containers of these ids, sorted, the shared one last."""
    wanted = frozenset(needed)
    services = {node.name: node for node in scene.graph.nodes if node.kind == "service"}
    names = {node.service for node in scene.graph.nodes if group_id(node) in wanted}
    found = [_group(name, services, scene) for name in sorted(filter(None, names))]
    return (*found, *((UNOWNED,) if SHARED in wanted else ()))


def _group(name: str, services: Mapping[str, Node], scene: Scene) -> Group:
    """Also where the service itself is not in the graph."""
    node = services.get(name)
    return Group(
        id=f"group:{name}",
        kind="service",
        node=None if node is None else node.id,
        label=name,
        detail=None if node is None else detail(node),
        owner=scene.owners.get(name),
        span=None if node is None else node.span,
    )
