from typing import Any

import infragraph
from infragraph.formats.openapi import responses
from tests.compiling import compiled
from tests.formats.documents import documents, graph, node

HEAD = """
from dataclasses import dataclass
from uuid import UUID

from infragraph import Cookie, Header, InvalidArgument, NotFound, Service
from starlette.requests import Request
from starlette.responses import Response

shop = Service("shop")

@dataclass
class Item:
    id: UUID
    parent: "Item | None" = None

@shop.auth_handler
async def who(request: Request) -> str: ...
"""


def made(source: str) -> dict[str, Any]:
    return documents("openapi", compiled({"shop.py": HEAD + source})[0])


def operation(source: str) -> Any:
    """The only one of the only document."""
    (document,) = made(source).values()
    (path,) = document["paths"].values()
    (found,) = path.values()
    return found


ERROR: dict[str, Any] = {"$ref": "#/components/responses/APIError"}


def test_an_endpoint_is_an_operation() -> None:
    found = operation('''
@shop.put("/items/{id}", access="auth", tags=("items",), timeout="5s", body_limit="1KiB")
async def keep(
    id: UUID,
    item: Item,
    dry: bool = False,
    label: list[str] | None = None,
    x_trace: Header[str | None] = None,
    session: Cookie[str] = "",
) -> Item:
    """Keep an item.

    The old one is gone.
    """
    if dry:
        raise NotFound("none")
    return item
''')

    item = {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}
    assert found == {
        "operationId": "keep",
        "summary": "Keep an item.",
        "description": "Keep an item.\n\nThe old one is gone.",
        "tags": ["items"],
        "parameters": [
            {
                "name": "id",
                "in": "path",
                "required": True,
                "schema": {"type": "string", "format": "uuid"},
            },
            {
                "name": "dry",
                "in": "query",
                "required": False,
                "schema": {"type": "boolean", "default": False},
            },
            {
                "name": "label",
                "in": "query",
                "required": False,
                "schema": {"type": "array", "items": {"type": "string"}},
            },
            {"name": "x-trace", "in": "header", "required": False, "schema": {"type": "string"}},
            {
                "name": "session",
                "in": "cookie",
                "required": False,
                "schema": {"type": "string", "default": ""},
            },
        ],
        "requestBody": {"required": True, "content": item},
        "responses": {
            "200": {"description": "The result.", "content": item},
            "401": {"$ref": "#/components/responses/Unauthenticated"},
            "404": {"$ref": "#/components/responses/NotFound"},
            "default": ERROR,
        },
        "security": [{"caller": []}],
        "x-infragraph": {
            "node": "endpoint:shop/keep",
            "access": "auth",
            "handler": "shop.keep",
            "timeout": 5,
            "body_limit": 1024,
        },
    }


def test_a_call_without_a_result_may_succeed_in_any_way() -> None:
    found = operation('@shop.get("/ping", access="public")\nasync def ping() -> None: ...\n')

    assert found["responses"] == {
        "2XX": {"description": "Done; the source names no result."},
        "default": ERROR,
    }
    assert "security" not in found


def test_a_raw_endpoint_says_what_is_known_of_it() -> None:
    found = operation("""
@shop.raw("POST", "/files/{name}/{rest:path}", access="public")
async def store(request: Request) -> Response:
    raise InvalidArgument("no")
""")

    rest = "The rest of the path, slashes included."
    text = {"type": "string"}
    assert found["parameters"] == [
        {"name": "name", "in": "path", "required": True, "schema": text},
        {"name": "rest", "in": "path", "required": True, "description": rest, "schema": text},
    ]
    assert found["responses"] == {
        "400": {"$ref": "#/components/responses/InvalidArgument"},
        "default": {
            "description": "Whatever the handler answers, which the source does not declare."
        },
    }
    assert found["x-infragraph"]["raw"] is True


def test_private_endpoints_are_in_a_document_of_their_own_with_all_others() -> None:
    found = made("""
@shop.get("/a", access="public")
async def a() -> str: ...

@shop.get("/b")
async def b() -> str: ...
""")

    offered, internal = found["shop/openapi.yaml"], found["shop/openapi.internal.yaml"]
    assert list(offered["paths"]) == ["/a"]
    assert list(internal["paths"]) == ["/a", "/b"]
    assert internal["paths"]["/b"]["get"]["x-internal"] is True
    assert "x-internal" not in internal["paths"]["/a"]["get"]


def test_a_service_with_private_endpoints_alone_offers_nothing() -> None:
    found = made('@shop.get("/b")\nasync def b() -> str: ...\n')

    assert list(found) == ["shop/openapi.internal.yaml"]


def test_a_service_without_endpoints_has_no_document() -> None:
    assert made("") == {}


def test_two_paths_alike_keep_each_function_s_name_of_the_parameter() -> None:
    (document,) = made("""
@shop.get("/items/{id}", access="public")
async def a(id: UUID) -> Item: ...

@shop.delete("/items/{key}", access="public")
async def b(key: UUID) -> None: ...
""").values()

    assert list(document["paths"]) == ["/items/{id}"]
    assert document["paths"]["/items/{id}"]["delete"]["parameters"] == [
        {
            "name": "id",
            "in": "path",
            "required": True,
            "description": "The function calls it 'key'.",
            "schema": {"type": "string", "format": "uuid"},
        }
    ]


def test_what_the_document_cannot_hold_is_told() -> None:
    (document,) = made("""
@shop.get("/items/{id}", access="public")
async def a(id: str) -> Item: ...

@shop.get("/items/{rest:path}", access="public")
async def b(rest: str) -> Item: ...

async def app(scope, receive, send): ...
shop.mount("/old", app)
""").values()

    assert document["x-infragraph-omitted"] == [
        {
            "node": "endpoint:shop/b",
            "method": "GET",
            "path": "/items/{rest:path}",
            "reason": "OpenAPI cannot tell its path from that of 'a' (GET /items/{id})",
        }
    ]
    assert [it["path"] for it in document["x-infragraph-mounts"]] == ["/old"]


def test_every_error_of_the_sdk_has_its_status() -> None:
    errors = {
        one.__name__: str(one.status)
        for one in (getattr(infragraph, name) for name in infragraph.__all__)
        if isinstance(one, type)
        and issubclass(one, infragraph.APIError)
        and one is not infragraph.APIError
    }
    endpoint = node("endpoint:shop/a", {"errors": sorted(errors), "response": {}})

    found: Any = responses.responses(endpoint, {})
    assert {
        it["$ref"].rpartition("/")[2]: status for status, it in found.items() if "$ref" in it
    } == {
        **errors,
        "APIError": "default",
    }


def test_the_body_of_an_error_names_its_class_and_has_its_text() -> None:
    found = responses.components(["NotFound"], is_open=False)

    schema = {
        "type": "object",
        "properties": {"error": {"const": "NotFound"}, "message": {"type": "string"}},
        "required": ["error", "message"],
    }
    assert found == {
        "NotFound": {
            "description": "What was asked for does not exist: HTTP 404.",
            "content": {"application/json": {"schema": schema}},
        }
    }


def test_a_recursive_type_is_a_component_once() -> None:
    (document,) = made('@shop.get("/a", access="public")\nasync def a() -> Item: ...\n').values()

    assert list(document["components"]["schemas"]) == ["Item"]


def test_a_declaration_with_mistakes_is_no_mistake_here() -> None:
    endpoint = node("endpoint:shop/a", {"path": None, "method": None, "access": None})
    service = node("service:shop")

    (document,) = documents("openapi", graph(endpoint, service)).values()

    assert document["paths"] == {}
    assert document["x-infragraph-omitted"] == [
        {"node": "endpoint:shop/a", "reason": "its path is not known"}
    ]
