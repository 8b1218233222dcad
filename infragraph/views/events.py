"""Events: producers → topics → subscriptions, and where what fails goes."""

from collections.abc import Iterable, Iterator

from infragraph.model.diagram import Diagram
from infragraph.model.graph import Node
from infragraph.views.scene import Scene
from infragraph.views.selected import Selected, diagram

NAME = "events"

_RELATIONS = ("publishes", "delivers")
_KINDS = ("topic", "subscription")


def events(scene: Scene) -> Diagram:
    """In no containers, so that the flow alone decides where things stand."""
    edges = tuple(edge for edge in scene.graph.edges if edge.relation in _RELATIONS)
    producers = {edge.source for edge in edges}
    nodes = tuple(node for node in scene.graph.nodes if node.kind in _KINDS or node.id in producers)
    return diagram(
        scene,
        Selected(
            name=NAME,
            title="events",
            nodes=nodes,
            edges=edges,
            is_grouped=False,
            notes=tuple(_adrift(nodes)),
        ),
    )


def _adrift(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if node.kind == "subscription" and node.properties.get("topic") is None:
            yield f"the topic of {node.id} is not known"
