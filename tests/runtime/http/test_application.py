from collections.abc import Sequence

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from infragraph.runtime.http.application import Application
from infragraph.runtime.http.health import health_routes
from infragraph.runtime.http.routes import Route, Routes


async def tell(scope: Scope, receive: Receive, send: Send, values: Sequence[str]) -> None:
    await PlainTextResponse(f"{scope['method']} {list(values)}")(scope, receive, send)


def endpoint(method: str, path: str) -> Route:
    return Route(node=f"{method} {path}", method=method, path=path, answer=tell)


ENDPOINTS = (
    endpoint("GET", "/{rest:path}"),
    endpoint("GET", "/users/{id}"),
    endpoint("POST", "/users/me"),
    endpoint("HEAD", "/users/{id}"),
)
APPLICATION = Application(Routes(ENDPOINTS), health_routes(("a",), lambda: True))


@pytest.mark.parametrize(
    ("method", "path", "status", "text"),
    [
        ("GET", "/__infragraph/live", 200, '{"services":["a"]}'),
        ("GET", "/__infragraph", 200, "GET ['__infragraph']"),
        (
            "GET",
            "/__infragraph/none",
            404,
            '{"error": "NotFound", "message": "nothing is served at GET /__infragraph/none"}',
        ),
        # Another method of a more specific path hides nothing.
        ("GET", "/users/me", 200, "GET ['me']"),
        ("POST", "/users/me", 200, "POST []"),
        ("GET", "/users%2Fme", 200, "GET ['users/me']"),
    ],
)
async def test_a_request_finds_its_endpoint(method: str, path: str, status: int, text: str) -> None:
    transport = httpx.ASGITransport(APPLICATION)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        got = await client.request(method, path)
    assert (got.status_code, got.text) == (status, text)


@pytest.mark.parametrize(
    ("method", "path", "node"),
    [
        ("HEAD", "/users/7", "HEAD /users/{id}"),
        ("HEAD", "/pages", "GET /{rest:path}"),
        ("POST", "/users/me", "POST /users/me"),
        ("POST", "/users/7", None),
    ],
)
def test_the_endpoint_of_a_request_is_known(method: str, path: str, node: str | None) -> None:
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode()}
    assert APPLICATION.endpoint(scope) == node
