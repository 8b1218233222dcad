"""What a service provides, consumes and depends on, as references to entities, sorted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from infragraph.documents.resources import is_resource
from infragraph.formats.backstage.apis import Api, of_endpoints, of_topics
from infragraph.formats.backstage.names import component_name, reference, resource_name
from infragraph.model.graph import Edge, InfraGraph, Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """`depends_on` names resources and other components."""

    provides: tuple[str, ...]
    consumes: tuple[str, ...]
    depends_on: tuple[str, ...]


def relations(graph: InfraGraph, service: Node, apis: tuple[Api, ...]) -> Relations:
    every = {node.id: node for node in graph.nodes}
    own = [edge for edge in graph.edges if _is_in(service, every.get(edge.source))]
    offered, topics = of_endpoints(apis), of_topics(apis)
    provided = {
        *(api.name for api in offered.get(service.name, ())),
        *(api.name for api in topics.values() if _defines(service, api.node)),
        *(topics[edge.target].name for edge in own if _leads(edge, "publishes", topics)),
    }
    received = {
        topics[edge.source].name
        for edge in graph.edges
        if edge.source in topics and _is_in(service, every.get(edge.target))
    }
    called = [
        target
        for edge in own
        if (target := every.get(edge.target)) is not None
        and target.kind == "endpoint"
        and target.service != service.name
    ]
    consumed = {*received, *_offering(called, offered)}
    return Relations(
        provides=tuple(sorted(provided)),
        consumes=tuple(sorted(consumed)),
        depends_on=tuple(sorted({*_resources(graph, own, every), *_components(graph, called)})),
    )


def _is_in(service: Node, node: Node | None) -> bool:
    """Whether the service, or something that it owns, is meant."""
    return node is not None and (node.id == service.id or node.service == service.name)


def _defines(service: Node, topic: Node) -> bool:
    """The owner of a topic says what its messages hold, but not where another program owns it."""
    return topic.service == service.name and topic.properties.get("external") is not True


def _leads(edge: Edge, relation: str, targets: Mapping[str, Api]) -> bool:
    return edge.relation == relation and edge.target in targets


def _offering(endpoints: Iterable[Node], offered: Mapping[str, tuple[Api, ...]]) -> Iterator[str]:
    """The APIs that these endpoints are in: the one for all, unless they are for inside alone."""
    for endpoint in endpoints:
        is_private = endpoint.properties.get("access") not in {"public", "auth"}
        for api in offered.get(endpoint.service or "", ()):
            if api.is_internal == is_private:
                yield api.name


def _resources(graph: InfraGraph, own: Iterable[Edge], every: Mapping[str, Node]) -> Iterator[str]:
    for edge in own:
        target = every.get(edge.target)
        if target is not None and is_resource(target):
            yield reference("resource", resource_name(graph.application, target))


def _components(graph: InfraGraph, called: Iterable[Node]) -> Iterator[str]:
    known = {node.name for node in graph.nodes if node.kind == "service"}
    for endpoint in called:
        if endpoint.service in known:
            yield reference("component", component_name(graph.application, endpoint.service))
