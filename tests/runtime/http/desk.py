"""A small application with an endpoint of every sort."""

APPLICATION = {
    "desk/__init__.py": "",
    "desk/notes.py": """
import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from infragraph import Cookie, Header, Service, Topic

notes = Service("notes")
told = Topic[str]("told")


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    weight: float = 1.0


@notes.get("/notes/{id}", access="public")
async def read_note(id: str) -> str:
    return id


@notes.put("/notes/{id}", access="public")
async def write_note(id: str, note: Note) -> Note:
    return note


@notes.get("/notes/{id}/pages/", access="public")
async def pages(id: int) -> int:
    return id


@notes.get("/search", access="public")
async def search(
    q: str, exact: bool = False, tags: list[str] | None = None,
    x_tone: Header[list[str] | None] = None, theme: Cookie[str] = "plain",
) -> list[object]:
    return [q, exact, tags, x_tone, theme]


@notes.get("/weigh", access="public")
async def weigh() -> Note:
    return Note("heavy", float("inf"))


@notes.get("/turns/{name}", access="public")
async def turns(name: str, x_wait: Header[float] = 0.0) -> list[str]:
    from infragraph.runtime.context import RUNNING

    before = RUNNING.get()
    await asyncio.sleep(x_wait)
    after = RUNNING.get()
    TURNS.append(name)
    return [name, before.entry, str(before is after), str(before.deadline), str(TURNS)]


TURNS: list[str] = []


@notes.get("/stubborn", access="public", timeout="20ms")
async def stubborn() -> str:
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        return "done all the same"
    return "slept"


@notes.get("/own-timeout", access="public")
async def own_timeout() -> None:
    raise TimeoutError("of a library")


@notes.post("/slow-body", access="public", timeout="50ms")
async def slow_body(note: Note) -> None: ...


@notes.post("/small", access="public", body_limit="64B")
async def small(note: Note | None = None) -> Note | None:
    return note


@notes.subscribe(told, "listen")
async def listen(name: str) -> None: ...


@notes.raw("OPTIONS", "/search", access="public")
async def options(request: Request) -> Response:
    return PlainTextResponse("of its own", headers={"allow": "GET"})


@notes.raw("GET", "/files/{rest:path}", access="public")
async def files(request: Request) -> Response:
    async def parts() -> AsyncIterator[str]:
        await told.publish(request.path_params["rest"])
        yield "published"

    return StreamingResponse(parts())


async def count(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def swallow(request: Request) -> Response:
    try:
        await request.body()
    except Exception:
        return PlainTextResponse("nothing wrong")
    return PlainTextResponse("read")


async def page(request: Request) -> Response:
    return PlainTextResponse(f"{request.scope['root_path']} {request.url.path}")


inner = Starlette(
    routes=[
        Route("/count", count, methods=["POST"]),
        Route("/swallow", swallow, methods=["POST"]),
        Route("/", page),
    ]
)
notes.mount("/inner", inner, body_limit="16B")
""",
}
