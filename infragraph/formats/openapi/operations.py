"""Endpoints as operations."""

from collections.abc import Mapping

from infragraph.documents.links import source
from infragraph.documents.narrowing import Object, present, texts
from infragraph.documents.payloads import changed, pointing
from infragraph.documents.prose import prose
from infragraph.formats.openapi.interface import is_private
from infragraph.formats.openapi.parameters import parameters, written
from infragraph.formats.openapi.responses import responses
from infragraph.formats.openapi.routes import Route
from infragraph.formats.openapi.security import requirement
from infragraph.model.graph import Node


def operation(route: Route, names: Mapping[str, str], source_url: str | None) -> Object:
    endpoint = route.endpoint
    return present(
        {
            "operationId": endpoint.name,
            **prose(endpoint.doc),
            "tags": texts(endpoint.properties.get("tags")) or None,
            "externalDocs": source(source_url, endpoint.span),
            "parameters": parameters(route, names),
            "requestBody": _body(endpoint, names),
            "responses": responses(endpoint, names),
            "security": requirement(endpoint),
            "x-internal": True if is_private(endpoint) else None,
            "x-infragraph": _extension(endpoint),
        }
    )


def _body(endpoint: Node, names: Mapping[str, str]) -> Object | None:
    """The one structured parameter, as JSON."""
    schema = endpoint.properties.get("request")
    if schema is None:
        return None
    given = written(endpoint.properties.get("parameters"))
    return {
        "required": any(it.get("in") == "body" and it.get("required") is True for it in given),
        "content": {"application/json": {"schema": changed(schema, pointing(names))}},
    }


def _extension(endpoint: Node) -> Object:
    """What OpenAPI has no words for; the limits are in seconds and bytes."""
    told = {
        it: endpoint.properties.get(it) for it in ("access", "handler", "timeout", "body_limit")
    }
    raw = True if endpoint.properties.get("raw") is True else None
    return present({"node": endpoint.id, **told, "raw": raw})
