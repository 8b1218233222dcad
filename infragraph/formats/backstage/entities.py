"""Entities of Backstage's catalogue, as its version v1alpha1 has them."""

from collections.abc import Iterator

from infragraph.documents.narrowing import Object, present
from infragraph.documents.resources import is_resource
from infragraph.formats.backstage.apis import Api
from infragraph.formats.backstage.names import component_name, resource_name, system_name
from infragraph.formats.backstage.owners import Owner, owner_of, owner_of_all
from infragraph.formats.backstage.relations import relations
from infragraph.formats.given import Document
from infragraph.model.graph import Node
from infragraph.views.source_links import source_link

LIFECYCLE = "production"
"""Source that is analyzed does not say; what is only tried out may be told apart by hand."""


def entities(given: Document, apis: tuple[Api, ...]) -> Iterator[Object]:
    graph = given.scene.graph
    services = [node for node in graph.nodes if node.kind == "service"]
    yield _system(given, services)
    for service in services:
        yield _component(given, service, apis)
    for api in apis:
        yield _api(given, api)
    for node in graph.nodes:
        if is_resource(node):
            yield _resource(given, node)


def _system(given: Document, services: list[Node]) -> Object:
    graph = given.scene.graph
    owner = owner_of_all(given.scene, (service.name for service in services))
    unresolved = len(graph.unresolved)
    annotations: Object = {
        **owner.annotations,
        **({"infragraph/unresolved": str(unresolved)} if unresolved else {}),
    }
    metadata = present(
        {
            "name": system_name(graph.application),
            "title": graph.application or None,
            "annotations": annotations or None,
        }
    )
    return _entity("System", metadata, {"owner": owner.reference})


def _component(given: Document, service: Node, apis: tuple[Api, ...]) -> Object:
    graph = given.scene.graph
    owner = owner_of(given.scene, service.name)
    related = relations(graph, service, apis)
    name = component_name(graph.application, service.name)
    return _entity(
        "Component",
        _metadata(given, name, service.name, service, owner),
        {
            "type": "service",
            "lifecycle": LIFECYCLE,
            "owner": owner.reference,
            "system": system_name(graph.application),
            "providesApis": related.provides or None,
            "consumesApis": related.consumes or None,
            "dependsOn": related.depends_on or None,
        },
    )


def _api(given: Document, api: Api) -> Object:
    owner = owner_of(given.scene, api.node.service)
    return _entity(
        "API",
        _metadata(given, api.name, api.title, api.node, owner),
        {
            "type": api.form,
            "lifecycle": LIFECYCLE,
            "owner": owner.reference,
            "system": system_name(given.scene.graph.application),
            "definition": {"$text": f"./{api.definition.path}"},
        },
    )


def _resource(given: Document, node: Node) -> Object:
    owner = owner_of(given.scene, node.service)
    application = given.scene.graph.application
    name = resource_name(application, node)
    return _entity(
        "Resource",
        _metadata(given, name, node.name, node, owner),
        {"type": node.kind, "owner": owner.reference, "system": system_name(application)},
    )


def _metadata(given: Document, name: str, title: str, node: Node, owner: Owner) -> Object:
    """With the way to the source where it is known how to link to it."""
    url = source_link(given.source_url, node.span)
    link: Object = {"url": url, "title": "Source"}
    location: Object = {} if url is None else {"backstage.io/source-location": f"url:{url}"}
    return present(
        {
            "name": name,
            "title": title or None,
            "description": node.doc,
            "annotations": {"infragraph/node": node.id, **location, **owner.annotations},
            "links": None if url is None else [link],
        }
    )


def _entity(kind: str, metadata: Object, spec: Object) -> Object:
    return {
        "apiVersion": "backstage.io/v1alpha1",
        "kind": kind,
        "metadata": metadata,
        "spec": present(spec),
    }
