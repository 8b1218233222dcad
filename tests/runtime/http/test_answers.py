"""What requests that are out of the ordinary are answered, without a server between."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from infragraph.runtime.application import Graph
from infragraph.runtime.brokers.memory import MemoryBroker
from tests.runtime.applications import importable, process, write
from tests.runtime.http.desk import APPLICATION


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def graph(root: Path) -> Iterator[Graph]:
    with importable(root, "desk"):
        yield write(root, APPLICATION)


@asynccontextmanager
async def desk(root: Path, graph: Graph) -> AsyncGenerator[httpx.AsyncClient]:
    async with process(root, graph, "notes") as (_, client, _made):
        yield client


def says(error: str, message: str) -> dict[str, str]:
    return {"error": error, "message": message}


async def parts(*sent: bytes) -> AsyncIterator[bytes]:
    """A body whose length is not announced."""
    for part in sent:
        yield part


ANSWERS: list[tuple[str, str, dict[str, Any], int, object]] = [
    ("GET", "/notes/a%2Fb", {}, 200, "a/b"),
    ("GET", "/notes/%C3%A9t%C3%A9%3F", {}, 200, "été?"),
    ("GET", "/notes/a b", {}, 200, "a b"),
    ("GET", "/notes/%FF", {}, 200, "\N{REPLACEMENT CHARACTER}"),
    ("GET", "/search?q=a+b&tags=&tags=c", {}, 200, ["a b", False, ["", "c"], None, "plain"]),
    (
        "GET",
        "/search?q=%C3%A9&exact=true",
        {"headers": [("x-tone", "a"), ("X-Tone", "b"), ("cookie", "a=1; theme=dark")]},
        200,
        ["é", True, None, ["a", "b"], "dark"],
    ),
    (
        "GET",
        "/search?exact=true",
        {},
        400,
        says("InvalidArgument", "query parameter 'q' is missing"),
    ),
    (
        "GET",
        "/search?q=a&exact=perhaps",
        {},
        400,
        says("InvalidArgument", "query parameter 'exact': Expected `bool`, got `str`"),
    ),
    ("GET", "/notes/x/pages", {}, 307, "http://test/notes/x/pages/"),
    ("GET", "/notes/7/", {}, 307, "http://test/notes/7"),
    ("PUT", "/notes/7/?a=b", {}, 307, "http://test/notes/7?a=b"),
    ("GET", "/inner", {}, 307, "http://test/inner/"),
    ("GET", "/inner/", {}, 200, b"/inner /inner/"),
    ("OPTIONS", "/search", {}, 200, b"of its own"),
    ("POST", "/small", {}, 200, None),
    ("POST", "/small", {"content": b'{"text": "a"}'}, 200, {"text": "a", "weight": 1.0}),
    (
        "POST",
        "/small",
        {"content": parts(b'{"text": ', b'"' + b"a" * 64, b'"}')},
        413,
        says("BodyTooLarge", "the body has more than 64 bytes"),
    ),
    (
        "POST",
        "/small",
        {"content": parts(b'{"text"', b': "a"}')},
        200,
        {"text": "a", "weight": 1.0},
    ),
    (
        "POST",
        "/slow-body",
        {"content": parts(b"{")},
        400,
        says("InvalidArgument", "the body at $: Input data was truncated"),
    ),
    ("GET", "/stubborn", {}, 200, "done all the same"),
    ("GET", "/own-timeout", {}, 500, says("APIError", "an error within the service")),
    ("GET", "/weigh", {}, 500, says("APIError", "an error within the service")),
    ("GET", "/files/a/b", {}, 200, b"published"),
    ("POST", "/inner/count", {"content": b"a" * 16}, 200, b"16"),
    (
        "POST",
        "/inner/count",
        {"content": b"a" * 17},
        413,
        says("BodyTooLarge", "the body has more than 16 bytes"),
    ),
    (
        "POST",
        "/inner/count",
        {"content": parts(b"a" * 9, b"a" * 9)},
        413,
        says("BodyTooLarge", "the body has more than 16 bytes"),
    ),
    (
        "POST",
        "/inner/swallow",
        {"content": parts(b"a" * 9, b"a" * 9)},
        413,
        says("BodyTooLarge", "the body has more than 16 bytes"),
    ),
]


async def test_requests_out_of_the_ordinary_are_answered(root: Path, graph: Graph) -> None:
    async with desk(root, graph) as client:
        for method, path, options, status, expected in ANSWERS:
            got = await client.request(method, path, **options)
            answer: object = got.content
            if got.is_redirect:
                answer = got.headers["location"]
            elif not isinstance(expected, bytes):
                answer = got.json()
            assert (path, got.status_code, answer) == (path, status, expected)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/notes/7", "GET, HEAD, PUT"),
        ("OPTIONS", "/notes/7", "GET, HEAD, PUT"),
        ("POST", "/search", "GET, HEAD, OPTIONS"),
        ("BREW", "/small", "POST"),
        ("POST", "/__infragraph/live", "GET, HEAD"),
    ],
)
async def test_another_method_of_a_path_is_told_which_there_are(
    root: Path, graph: Graph, method: str, path: str, allowed: str
) -> None:
    async with desk(root, graph) as client:
        got = await client.request(method, path)
        assert got.json() == says("MethodNotAllowed", f"{method} {path} is not served; the path is")
        assert ", ".join(sorted(got.headers["allow"].split(", "))) == allowed
        assert got.status_code == 405


async def test_requests_at_the_same_time_are_told_apart(root: Path, graph: Graph) -> None:
    async with desk(root, graph) as client:
        waits = [0.03 * (7 - number % 7) for number in range(40)]
        answers = await asyncio.gather(
            *(
                client.get(f"/turns/{number}", headers={"x-wait": f"{wait}"})
                for number, wait in enumerate(waits)
            )
        )
        for number, answer in enumerate(answers):
            name, entry, is_same, *_ = answer.json()
            assert (name, entry, is_same) == (str(number), "endpoint:notes/turns", "True")


async def test_what_a_caller_is_willing_to_wait_shortens_the_deadline(
    root: Path, graph: Graph
) -> None:
    async with desk(root, graph) as client:
        headers = {"x-wait": "5", "x-infragraph-timeout-ms": "20"}
        got = await client.get("/turns/a", headers=headers)
        message = "endpoint:notes/turns took longer than 0.02 s"
        assert (got.status_code, got.json()) == (504, says("DeadlineExceeded", message))


async def test_a_number_that_is_none_is_told_in_the_log(
    root: Path, graph: Graph, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "infragraph.http"):
        async with desk(root, graph) as client:
            assert (await client.get("/weigh")).status_code == 500
    assert "$.weight: inf cannot be written as JSON" in caplog.text


async def test_what_a_response_does_while_it_is_sent_is_its_service_s(
    root: Path, graph: Graph
) -> None:
    async with process(root, graph, "notes") as (_, client, made):
        assert (await client.get("/files/a/b")).text == "published"
        assert isinstance(made.broker, MemoryBroker)
        (message,) = made.broker.published["topic:told"]
        assert (message.source, message.body) == ("service:notes", b'"a/b"')
