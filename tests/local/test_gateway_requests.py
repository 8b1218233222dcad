"""Requests go on as they came, and what nobody serves is told as services tell it."""

from pathlib import Path

import httpx
import pytest
from starlette.types import Scope

from infragraph.local.application import LocalApplication
from infragraph.local.client import local_client
from infragraph.local.gateway import Gateway, as_it_came
from tests.local.dashboard.shown import SERVICE, graph, node


@pytest.mark.parametrize(
    ("raw", "query", "sent"),
    [
        (b"/a/b", b"", "/a/b"),
        (b"/a%2Fb%3Fc", b"d=%26&d=", "/a%2Fb%3Fc?d=%26&d="),
        (None, b"", "/a%3Fb"),
    ],
)
def test_an_escape_stays_one(raw: bytes | None, query: bytes, sent: str) -> None:
    scope: Scope = {"type": "http", "path": "/a?b", "raw_path": raw, "query_string": query}
    assert as_it_came(scope) == sent


async def test_what_is_not_served_is_told_in_json() -> None:
    hello = node(
        "endpoint", "hello", "a", path="/hello/{name}", method="GET", access="public", raw=False
    )
    whole = graph(SERVICE, hello)
    application = LocalApplication(root=Path(), graph=whole, text="")
    async with local_client() as client:
        app = Gateway(address=lambda _: "http://127.0.0.1:9", client=client).application(
            application
        )
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as browser:
            answers = [
                await browser.get("/nothing"),
                await browser.post("/hello/ann"),
                await browser.get("/hello/ann"),
            ]
    assert [(it.status_code, it.json()["error"]) for it in answers] == [
        (404, "NotFound"),
        (405, "MethodNotAllowed"),
        (503, "Unavailable"),
    ]
    assert answers[1].json()["message"] == "/hello/ann is not for POST: it takes GET, HEAD"
