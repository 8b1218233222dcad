"""Requests as they come over a connection, to a process's own application."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import httpx
import pytest

from infragraph.runtime.application import Graph
from infragraph.runtime.server import bound, http_server
from tests.runtime.applications import importable, process, write
from tests.runtime.http.desk import APPLICATION


@pytest.fixture(params=[False, True], ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": request.param}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def graph(root: Path) -> Iterator[Graph]:
    with importable(root, "desk"):
        yield write(root, APPLICATION)


@pytest.fixture
async def port(root: Path, graph: Graph) -> AsyncGenerator[int]:
    async with process(root, graph, "notes") as (served, _client, _made):
        server = http_server(served.application, 1)
        with bound("127.0.0.1", 0) as listening:
            serving = asyncio.create_task(server.serve([listening]))
            await server.up.wait()
            try:
                yield listening.getsockname()[1]
            finally:
                server.should_exit = server.force_exit = True
                await serving


async def answer(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """What comes back until the other side ends the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for part in parts:
        writer.write(part)
        await asyncio.sleep(pause)
    try:
        async with asyncio.timeout(5):
            return await reader.read()
    finally:
        writer.close()


def request(line: bytes, *headers: bytes) -> bytes:
    return b"\r\n".join(
        (line + b" HTTP/1.1", b"host: test", b"connection: close", *headers, b"", b"")
    )


async def test_a_head_has_the_length_of_a_body_that_is_not_sent(port: int) -> None:
    got = await answer(port, request(b"HEAD /notes/abc"))
    head, _, body = got.partition(b"\r\n\r\n")
    assert (head.splitlines()[0], body) == (b"HTTP/1.1 200 OK", b"")
    assert b"content-length: 5" in head


async def test_what_has_no_result_is_sent_without_a_body_or_its_type(port: int) -> None:
    body = b'{"text": "a"}'
    head = request(b"POST /slow-body", b"content-length: 13")
    got = await answer(port, head + body)
    assert got.startswith(b"HTTP/1.1 204 ")
    assert (b"content-type" in got, b"content-length" in got, got[-4:]) == (
        False,
        False,
        b"\r\n\r\n",
    )


@pytest.mark.parametrize("length", [b"-1", b"ten", b"1, 2", b"0x10"])
async def test_a_length_that_is_none_is_refused(port: int, length: bytes) -> None:
    got = await answer(port, request(b"POST /small", b"content-length: " + length) + b"{}")
    assert got.startswith(b"HTTP/1.1 400 ")


async def test_a_body_that_is_too_large_is_refused_before_it_is_asked_for(port: int) -> None:
    head = request(b"POST /small", b"content-length: 65", b"expect: 100-continue")
    assert (await answer(port, head)).startswith(b"HTTP/1.1 413 ")


async def test_a_body_is_asked_for(port: int) -> None:
    head = request(b"POST /small", b"content-length: 13", b"expect: 100-continue")
    got = await answer(port, head, b'{"text": "a"}', pause=0.1)
    assert got.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")


async def test_a_body_that_comes_too_slowly_is_past_the_deadline(port: int) -> None:
    got = await answer(port, request(b"POST /slow-body", b"content-length: 13"), b"{")
    assert got.startswith(b"HTTP/1.1 504 ")
    assert b"endpoint:notes/slow_body took longer than 0.05 s" in got


async def test_who_leaves_before_the_body_is_there_leaves_no_trace(
    port: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request(b"POST /small", b"content-length: 13") + b"{")
        await asyncio.sleep(0.05)
        writer.transport.abort()
        await asyncio.sleep(0.05)
    assert caplog.text == ""


async def test_who_leaves_while_a_handler_works_does_not_interrupt_it(port: int) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request(b"GET /turns/left", b"x-wait: 0.1"))
    await asyncio.sleep(0.05)
    writer.transport.abort()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        await asyncio.sleep(0.1)
        assert "left" in (await client.get("/turns/done")).json()[4]


async def test_a_path_that_begins_with_two_slashes_leads_nowhere_else(port: int) -> None:
    got = await answer(port, request(b"GET //evil.example/"))
    assert got.startswith(b"HTTP/1.1 404 ")
    assert b"nothing is served at GET //evil.example/" in got


async def test_a_large_header_is_read(port: int) -> None:
    got = await answer(port, request(b"GET /search?q=a", b"x-tone: " + b"a" * 40_000))
    assert got.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"a" * 40_000 in got


async def test_requests_of_one_connection_keep_their_contexts_apart(port: int) -> None:
    """A task that a connection starts has the context of whatever came before on it."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        assert (await client.get("/notes/a")).status_code == 200
        first, second = [(await client.get(f"/turns/{it}")).json() for it in ("a", "b")]
        assert first[1:3] == second[1:3] == ["endpoint:notes/turns", "True"]
        assert (await client.get("/inner/")).text == "/inner /inner/"
