"""Who uses a store, how, and where that is written."""

from collections.abc import Iterator

from infragraph.documents.narrowing import text, texts
from infragraph.formats.catalog.contents import Contents
from infragraph.formats.catalog.page import Cell, Phrase, Text
from infragraph.model.graph import Edge, Node


def access(contents: Contents, store: Node) -> tuple[tuple[str, Phrase], ...]:
    """Each service that uses a store, with everything that it does to it."""
    found: dict[str, set[str]] = {}
    for edge in contents.edges_to(store):
        service = contents.service_of(edge.source)
        if service is not None:
            found.setdefault(service, set()).update(_verbs(edge))
    return tuple(
        (service, (Text(text=f" ({', '.join(sorted(verbs))})"),) if verbs else ())
        for service, verbs in sorted(found.items())
    )


def users(contents: Contents, target: Node, *relations: str) -> Iterator[tuple[Cell, ...]]:
    """A row for each edge to a node: who, of which service, how, and where."""
    for edge in contents.edges_to(target, *relations):
        yield (
            (_named(contents, edge.source),),
            (contents.service(contents.service_of(edge.source)),),
            how(edge),
            contents.evidence(edge.evidence),
        )


def how(edge: Edge) -> Cell:
    verbs = sorted(_verbs(edge)) or [edge.relation]
    return ((Text(text=", ".join(verbs)),),)


def _verbs(edge: Edge) -> set[str]:
    said = text(edge.properties.get("access"))
    if said is not None:
        return {f"{said} access" if said == "unknown" else said}
    return set(texts(edge.properties.get("operations")))


def _named(contents: Contents, node_id: str) -> Phrase:
    node = contents.nodes.get(node_id)
    kind = node_id.partition(":")[0] if node is None else node.kind
    return (Text(text=f"{kind} "), contents.named(node_id))
