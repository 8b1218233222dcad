"""One OpenAPI document."""

from collections.abc import Iterable, Mapping

from infragraph.documents.component_names import component_names
from infragraph.documents.info import info
from infragraph.documents.narrowing import Object, mapping, present, texts
from infragraph.documents.payloads import changed, components, pointing
from infragraph.formats.given import Document
from infragraph.formats.openapi import responses
from infragraph.formats.openapi.interface import Interface
from infragraph.formats.openapi.operations import operation
from infragraph.formats.openapi.parameters import written
from infragraph.formats.openapi.routes import Omitted, Route, routes
from infragraph.formats.openapi.security import scheme
from infragraph.model.graph import InfraGraph, Property

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def document(interface: Interface, given: Document) -> Object:
    graph = given.scene.graph
    owner = given.scene.owner_of(interface.service)
    found, omitted = routes(interface.endpoints)
    names = component_names(graph.payloads)
    return present(
        {
            "openapi": "3.1.0",
            "info": info(interface.title, interface.doc, owner),
            "jsonSchemaDialect": DIALECT,
            "tags": _tags(found),
            "paths": _paths(found, names, given.source_url),
            "components": _components(interface, found, graph, names),
            "x-infragraph-mounts": interface.mounts or None,
            "x-infragraph-omitted": _told(omitted),
        }
    )


def _tags(found: Iterable[Route]) -> list[Property] | None:
    tags = {tag for it in found for tag in texts(it.endpoint.properties.get("tags"))}
    return [{"name": tag} for tag in sorted(tags)] or None


def _paths(found: Iterable[Route], names: Mapping[str, str], source_url: str | None) -> Object:
    paths: dict[str, dict[str, Property]] = {}
    for route in found:
        paths.setdefault(route.template, {})[route.method] = operation(route, names, source_url)
    return paths


def _components(
    interface: Interface, found: Iterable[Route], graph: InfraGraph, names: Mapping[str, str]
) -> Object | None:
    endpoints = [route.endpoint for route in found]
    used = [
        schema
        for it in endpoints
        for schema in (
            *(one.get("schema") for one in written(it.properties.get("parameters"))),
            it.properties.get("request"),
            it.properties.get("response"),
        )
    ]
    types = components(graph.payloads, used, names)
    errors = {name for it in endpoints for name in responses.error_names(it)}
    is_secured = any(it.properties.get("access") == "auth" for it in endpoints)
    is_declared = any(it.properties.get("raw") is not True for it in endpoints)
    return (
        present(
            {
                "schemas": {
                    name: mapping(changed(schema, pointing(names)))
                    for name, schema in types.items()
                }
                or None,
                "responses": responses.components(errors, is_open=is_declared) or None,
                "securitySchemes": scheme(interface.auth_handler) if is_secured else None,
            }
        )
        or None
    )


def _told(omitted: Iterable[Omitted]) -> list[Property] | None:
    return [
        present(
            {
                "node": it.endpoint.id,
                "method": it.endpoint.properties.get("method"),
                "path": it.endpoint.properties.get("path"),
                "reason": it.reason,
            }
        )
        for it in omitted
    ] or None
