"""What is an API: the endpoints of a service, those for inside alone apart, and every topic.

A topic is one rather than a resource, since others rely on what its messages hold: an API has a
definition, whoever provides it and whoever consumes it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from infragraph.documents.slugs import slug
from infragraph.formats.backstage.names import api_name
from infragraph.formats.given import Document
from infragraph.model.artifact import Artifact
from infragraph.model.graph import InfraGraph, Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """An API with its definition, which is a file of its own; `node` is what it is of."""

    name: str
    title: str
    form: str
    node: Node
    is_internal: bool
    definition: Artifact


def apis(given: Document) -> tuple[Api, ...]:
    return (*_of_services(given), *_of_topics(given))


def of_endpoints(found: tuple[Api, ...]) -> Mapping[str, tuple[Api, ...]]:
    """By service, the one for all before the one for inside."""
    return {
        node.name: tuple(api for api in found if api.node is node)
        for node in (api.node for api in found)
        if node.kind == "service"
    }


def of_topics(found: tuple[Api, ...]) -> Mapping[str, Api]:
    """By the topic's id."""
    return {api.node.id: api for api in found if api.node.kind == "topic"}


def _of_services(given: Document) -> Iterator[Api]:
    graph = given.scene.graph
    made = {it.path: it for it in given.others.documents("openapi", given.scene)}
    for service in graph.nodes:
        if service.kind != "service":
            continue
        for purpose, file, more in _INTERFACES:
            document = made.get(f"{slug(service.name)}/{file}")
            if document is not None:
                yield Api(
                    name=api_name(graph.application, purpose, service.name),
                    title=f"{service.name} {more}",
                    form="openapi",
                    node=service,
                    is_internal=purpose == _INTERNAL,
                    definition=Artifact(
                        path=f"openapi/{slug(service.name)}/{file}", content=document.content
                    ),
                )


def _of_topics(given: Document) -> Iterator[Api]:
    graph = given.scene.graph
    for topic in graph.nodes:
        if topic.kind == "topic":
            owner = given.scene.owner_of(topic.service)
            scene = replace(given.scene, graph=_around(graph, topic), owner=owner)
            (document,) = (
                it for it in given.others.documents("asyncapi", scene) if it.path == _ASYNCAPI
            )
            yield Api(
                name=api_name(graph.application, "topic", topic.name),
                title=topic.name,
                form="asyncapi",
                node=topic,
                is_internal=False,
                definition=Artifact(
                    path=f"asyncapi/{slug(topic.name)}.yaml", content=document.content
                ),
            )


def _around(graph: InfraGraph, topic: Node) -> InfraGraph:
    """The topic, and who sends to it and receives from it; what is unresolved is no part of it."""
    edges = tuple(edge for edge in graph.edges if topic.id in {edge.source, edge.target})
    ends = {end for edge in edges for end in (edge.source, edge.target)} | {topic.id}
    return replace(
        graph,
        application=f"{graph.application} {topic.name}",
        nodes=tuple(node for node in graph.nodes if node.id in ends),
        edges=edges,
        unresolved=(),
    )


_INTERNAL = "internal"
_INTERFACES = (
    ("api", "openapi.yaml", "endpoints"),
    (_INTERNAL, "openapi.internal.yaml", "endpoints, with those for inside"),
)
_ASYNCAPI = "asyncapi.yaml"
