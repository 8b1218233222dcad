"""Data: who reads and writes which database, bucket and secret."""

from infragraph.model.diagram import Diagram
from infragraph.model.queries import STORES
from infragraph.views.scene import Scene
from infragraph.views.selected import Selected, diagram

NAME = "data"


def data(scene: Scene) -> Diagram:
    """Stores that nobody uses are there too; other nodes only where they use one."""
    stores = {node.id for node in scene.graph.nodes if node.kind in STORES}
    edges = tuple(edge for edge in scene.graph.edges if edge.target in stores)
    users = {edge.source for edge in edges}
    return diagram(
        scene,
        Selected(
            name=NAME,
            title="data",
            nodes=tuple(node for node in scene.graph.nodes if node.id in stores | users),
            edges=edges,
            is_grouped=True,
        ),
    )
