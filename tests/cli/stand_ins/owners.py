"""Documents: who owns which service."""

from infragraph.formats.given import Document
from infragraph.model.artifact import Artifact


def render(document: Document) -> tuple[Artifact, ...]:
    services = (node.name for node in document.scene.graph.nodes if node.kind == "service")
    return tuple(
        Artifact(path=f"{name}.txt", content=f"{document.scene.owners.get(name)}\n")
        for name in services
    )
