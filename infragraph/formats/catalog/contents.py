"""What all pages are made from: the graph, looked up by what leads from page to page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from infragraph.documents.component_names import component_names
from infragraph.documents.resources import is_resource
from infragraph.documents.slugs import distinct, slug
from infragraph.formats.catalog.page import Cell, Code, Inline, Link, Outside, Phrase, Text
from infragraph.formats.given import Document
from infragraph.model.graph import Edge, Evidence, InfraGraph, Node
from infragraph.model.source import SourceSpan
from infragraph.views.source_links import source_link


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """`types` are short names of payload types, `places` the pages of what has one of its own."""

    given: Document
    graph: InfraGraph
    nodes: Mapping[str, Node]
    types: Mapping[str, str]
    places: Mapping[str, str]

    def link(self, node: Node) -> Inline:
        """The node by its name; what has no page stands on that of its service."""
        place = self.places.get(node.id) or self.places.get(f"service:{node.service}")
        name = node.name or node.id
        return Code(text=name) if place is None else Link(name=name, place=place)

    def named(self, node_id: str) -> Inline:
        """An end of an edge, which may not be in the graph."""
        node = self.nodes.get(node_id)
        return Code(text=node_id) if node is None else self.link(node)

    def service(self, name: str | None) -> Phrase:
        if name is None:
            return (Text(text="none"),)
        node = self.nodes.get(f"service:{name}")
        return (Code(text=name) if node is None else self.link(node),)

    def payload(self, payload: str) -> Inline:
        place = self.places.get(_payload(payload))
        return Code(text=payload) if place is None else Link(name=self.types[payload], place=place)

    def source(self, span: SourceSpan) -> Phrase:
        shown = f"{span.path}:{span.line}"
        url = source_link(self.given.source_url, span)
        return (Code(text=shown) if url is None else Outside(name=shown, url=url),)

    def evidence(self, found: Iterable[Evidence]) -> Cell:
        """Every place once, by line."""
        places = {
            (it.span.path, it.span.line): (
                *self.source(it.span),
                *((Text(text=" (stated by a comment)"),) if it.is_declared else ()),
            )
            for it in found
        }
        return tuple(dict.fromkeys(places.values()))

    def owner(self, service: str | None) -> Cell:
        owner = self.given.scene.owner_of(service)
        return () if owner is None else ((Text(text=owner),),)

    def edges_to(self, node: Node, *relations: str) -> tuple[Edge, ...]:
        return tuple(
            it for it in self.graph.edges if it.target == node.id and _is_one(it, relations)
        )

    def edges_from(self, node: Node, *relations: str) -> tuple[Edge, ...]:
        return tuple(
            it for it in self.graph.edges if it.source == node.id and _is_one(it, relations)
        )

    def service_of(self, node_id: str) -> str | None:
        """The name of the service that a node is, or is of."""
        node = self.nodes.get(node_id)
        if node is None:
            return None
        return node.name if node.kind == "service" else node.service

    def of_kind(self, kind: str) -> tuple[Node, ...]:
        return tuple(node for node in self.graph.nodes if node.kind == kind)

    def resources(self) -> tuple[Node, ...]:
        return tuple(node for node in self.graph.nodes if is_resource(node))


def contents(given: Document) -> Contents:
    graph = given.scene.graph
    types = component_names(graph.payloads)
    return Contents(
        given=given,
        graph=graph,
        nodes={node.id: node for node in graph.nodes},
        types=types,
        places={
            **{node.id: place for node in graph.nodes if (place := _place(node)) is not None},
            **{_payload(it): f"payloads/{name}" for it, name in distinct(types).items()},
        },
    )


def _place(node: Node) -> str | None:
    if node.kind in _FOLDERS:
        return f"{_FOLDERS[node.kind]}/{slug(node.name)}"
    return f"stores/{slug(node.kind)}-{slug(node.name)}" if is_resource(node) else None


def _payload(payload: str) -> str:
    return f"payload:{payload}"


def _is_one(edge: Edge, relations: Iterable[str]) -> bool:
    return not relations or edge.relation in relations


_FOLDERS = {"service": "services", "topic": "topics"}
