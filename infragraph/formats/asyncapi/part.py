"""What one document is about: some topics, and who sends to them and receives from them."""

from collections.abc import Iterable
from dataclasses import dataclass

from infragraph.model.graph import InfraGraph, Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """`sends` pairs what publishes with its topic, `receives` a subscription with its topic."""

    title: str
    doc: str | None
    service: str | None
    topics: tuple[Node, ...]
    sends: tuple[tuple[Node, Node], ...]
    receives: tuple[tuple[Node, Node], ...]


def of_application(graph: InfraGraph) -> Part:
    return _part(graph, None, graph.nodes)


def of_service(graph: InfraGraph, service: Node) -> Part:
    """What the service does, on whose topic so ever, and the topics that it owns."""
    owned = [node for node in graph.nodes if node.service == service.name]
    return _part(graph, service, owned)


def _part(graph: InfraGraph, service: Node | None, nodes: Iterable[Node]) -> Part:
    every = {node.id: node for node in graph.nodes}
    own = {node.id for node in nodes}
    sends = tuple(
        (every[edge.source], every[edge.target])
        for edge in graph.edges
        if edge.relation == "publishes" and edge.source in own and edge.target in every
    )
    receives = tuple(
        (every[edge.target], every[edge.source])
        for edge in graph.edges
        if edge.relation == "delivers" and edge.target in own and edge.source in every
    )
    used = {topic.id for _, topic in (*sends, *receives)}
    topics = (it for it in graph.nodes if it.kind == "topic" and (it.id in own or it.id in used))
    return Part(
        title=graph.application if service is None else f"{graph.application} {service.name}",
        doc=None if service is None else service.doc,
        service=None if service is None else service.name,
        topics=tuple(topics),
        sends=sends,
        receives=receives,
    )
