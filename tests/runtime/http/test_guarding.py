"""Clients that are slow on purpose, or send what has no end, by both parsers and event loops."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from websockets.asyncio.client import connect

from infragraph.runtime.http.guarding import guarded
from infragraph.runtime.server import HttpServer, bound
from tests.local.runs import until

pytestmark = pytest.mark.slow

SECONDS = 0.5
ENDED: list[str] = []


async def count(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def late(_request: Request) -> Response:
    await asyncio.sleep(3 * SECONDS)
    return PlainTextResponse("late")


async def endless(_request: Request) -> Response:
    async def parts() -> AsyncGenerator[bytes]:
        try:
            while True:
                yield b"a" * 65_536
                await asyncio.sleep(0)
        finally:
            ENDED.append("endless")

    return StreamingResponse(parts())


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    with contextlib.suppress(WebSocketDisconnect):
        while True:
            await socket.send_text(await socket.receive_text())


ROUTES = [
    Route("/count", count, methods=["POST"]),
    Route("/late", late, methods=["GET", "POST"]),
    Route("/endless", endless),
    WebSocketRoute("/echo", echo),
]


@asynccontextmanager
async def listening(protocol: type[asyncio.Protocol]) -> AsyncGenerator[int]:
    """A server with short limits; gives its port."""
    limits = {"head_seconds": SECONDS, "stalled_seconds": SECONDS, "head_bytes": 20_000}
    short: Any = type("Short", (guarded(protocol),), limits)
    config = uvicorn.Config(
        Starlette(routes=ROUTES), http=short, lifespan="off", log_config=None, access_log=False
    )
    server = HttpServer(config)
    with bound("127.0.0.1", 0) as socket:
        serving = asyncio.create_task(server.serve([socket]))
        await server.up.wait()
        try:
            yield socket.getsockname()[1]
        finally:
            server.should_exit = server.force_exit = True
            await serving


@pytest.fixture(params=[False, True], ids=["h11 on asyncio", "httptools on uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": request.param}


@pytest.fixture
async def port(anyio_backend: tuple[str, dict[str, bool]]) -> AsyncGenerator[int]:
    protocol = HttpToolsProtocol if anyio_backend[1]["use_uvloop"] else H11Protocol
    async with listening(protocol) as port:
        yield port


async def talk(port: int, *parts: bytes, pause: float = 0.0) -> tuple[bytes, float]:
    """What is answered until the connection ends, and how long that took; two seconds at most."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began = asyncio.get_running_loop().time()

    async def send() -> None:
        for part in parts:
            writer.write(part)
            await asyncio.sleep(pause)

    sending = asyncio.create_task(send())
    try:
        async with asyncio.timeout(5 * SECONDS):
            answer = await reader.read()
    except ConnectionError:
        answer = b""
    except TimeoutError:
        answer = b"it was not ended"
    seconds = asyncio.get_running_loop().time() - began
    sending.cancel()
    await let_go(writer)
    return answer, seconds


async def let_go(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


async def test_who_says_nothing_is_let_go(port: int) -> None:
    answer, seconds = await talk(port)
    assert (answer, seconds < 2 * SECONDS) == (b"", True)


async def test_a_head_that_trickles_is_not_waited_for(port: int) -> None:
    head = [b"POST /count HTTP/1.1\r\n", *(b"x-%d: 1\r\n" % number for number in range(99))]
    answer, seconds = await talk(port, *head, pause=SECONDS / 5)
    assert (answer, seconds < 2 * SECONDS) == (b"", True)


async def test_a_head_without_end_is_ended(port: int) -> None:
    head = [b"POST /count HTTP/1.1\r\n", *(b"x-%d: %s\r\n" % (n, b"a" * 500) for n in range(99))]
    answer, _ = await talk(port, *head, pause=0.001)
    assert not answer.startswith(b"HTTP/1.1 2")
    assert answer != b"it was not ended"


async def test_a_body_of_which_nothing_more_comes_is_ended(port: int) -> None:
    head = b"POST /count HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n"
    answer, seconds = await talk(port, head, b"a" * 50)
    assert (answer, seconds < 2 * SECONDS) == (b"", True)


async def test_a_body_that_comes_slowly_is_read(port: int) -> None:
    head = b"POST /count HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 8\r\n\r\n"
    answer, seconds = await talk(port, head, *[b"a"] * 8, pause=SECONDS / 4)
    assert (answer[-1:], seconds > SECONDS) == (b"8", True)


async def test_a_handler_may_take_its_time(port: int) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        for answer in (await client.get("/late"), await client.post("/late", content=b"a" * 9)):
            assert (answer.status_code, answer.text) == (200, "late")
        # A connection that is kept may be idle for longer than a head may take.
        await asyncio.sleep(2 * SECONDS)
        assert (await client.post("/count", content=b"abc")).text == "3"


async def test_an_answer_of_which_nothing_more_is_read_is_ended(port: int) -> None:
    ENDED.clear()
    _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
    writer.write(b"GET /endless HTTP/1.1\r\nhost: a\r\n\r\n")
    await asyncio.to_thread(until, lambda: ENDED, 10 * SECONDS)
    await let_go(writer)


async def test_a_websocket_may_be_silent(port: int) -> None:
    async with connect(f"ws://127.0.0.1:{port}/echo", proxy=None) as socket:
        await asyncio.sleep(2 * SECONDS)
        await socket.send("here")
        assert await socket.recv() == "here"
