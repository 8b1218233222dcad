import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infragraph.runtime.application import Graph
from infragraph.runtime.brokers.memory import MemoryBroker
from tests.runtime.applications import importable, process, write
from tests.runtime.clocks import settle

SHOP = {
    "stall/__init__.py": "",
    "stall/users/__init__.py": """
from infragraph import Service

users = Service("users")
""",
    "stall/users/api.py": """
from dataclasses import dataclass
from uuid import UUID

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from infragraph import Cookie, Header, InvalidArgument, NotFound, Topic, Unauthenticated

from stall.users import users


@dataclass(frozen=True)
class User:
    id: int
    email: str


@dataclass(frozen=True)
class Identity:
    name: str


@users.auth_handler
async def authenticate(request: Request) -> Identity:
    if "authorization" not in request.headers:
        raise Unauthenticated("no token")
    return Identity(request.headers["authorization"])


signups = Topic[User]("signups")


@users.post("/users", access="public")
async def sign_up(user: User) -> User:
    if "@" not in user.email:
        raise InvalidArgument("an address has an @")
    await signups.publish(user)
    return user


@users.get("/users/{id}", access="public")
async def get_user(
    id: int, fields: list[str] | None = None, x_rate: Header[float] = 1.0
) -> list[str]:
    if id == 0:
        raise NotFound("there is no user 0")
    if id == 1:
        raise ValueError("a secret of ours")
    return [str(id), *(fields or []), str(x_rate)]


@users.get("/users/me", access="auth")
async def me() -> str:
    return await name_of()


@users.get("/plain/{rest:path}", access="public")
def plain(rest: str, day: Cookie[str] = "none") -> str:
    return f"{rest} {day}"


@users.get("/names")
async def name_of() -> str:
    return authenticate.caller().name


@users.raw("POST", "/raw", access="public", body_limit="8B")
async def raw(request: Request) -> Response:
    return PlainTextResponse(await request.body())


@users.delete("/users/{id}", access="public")
async def delete_user(id: UUID) -> None:
    return None


@users.get("/slow", access="public", timeout="50ms")
async def slow() -> None:
    import asyncio

    await asyncio.sleep(5)
""",
    "stall/mails/__init__.py": """
from infragraph import Service

mails = Service("mails")
""",
    "stall/mails/handlers.py": """
from stall.mails import mails
from stall.users.api import User, signups

SENT: list[str] = []


@mails.subscribe(signups, "welcome")
async def welcome(user: User) -> None:
    SENT.append(user.email)
""",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stall")


@pytest.fixture(scope="module")
def graph(root: Path) -> Iterator[Graph]:
    with importable(root, "stall"):
        yield write(root, SHOP)


async def test_what_one_service_publishes_another_handles(root: Path, graph: Graph) -> None:
    async with process(root, graph, "users", "mails") as (_, client, made):
        answer = await client.post("/users", json={"id": 3, "email": "a@example.com"})
        assert (answer.status_code, answer.json()) == (200, {"id": 3, "email": "a@example.com"})
        await settle()
        sent = importlib.import_module("stall.mails.handlers").SENT

        assert sent == ["a@example.com"]
        assert isinstance(made.broker, MemoryBroker)
        (message,) = made.broker.published["topic:signups"]
        assert (message.source, message.type) == ("service:users", "stall.users.api.User")


def says(error: str, message: str) -> dict[str, str]:
    return {"error": error, "message": message}


ANSWERS: list[tuple[str, str, dict[str, Any], int, object]] = [
    ("GET", "/users/7", {}, 200, ["7", "1.0"]),
    (
        "GET",
        "/users/7?fields=a&fields=b",
        {"headers": {"x-rate": "2.5"}},
        200,
        ["7", "a", "b", "2.5"],
    ),
    (
        "GET",
        "/users/x",
        {},
        400,
        says("InvalidArgument", "path parameter 'id': Expected `int`, got `str`"),
    ),
    ("GET", "/users/0", {}, 404, says("NotFound", "there is no user 0")),
    ("GET", "/users/1", {}, 500, says("APIError", "an error within the service")),
    (
        "POST",
        "/users",
        {"json": {"id": 1}},
        400,
        {
            "error": "InvalidArgument",
            "message": "the body at $: Object missing required field `email`",
        },
    ),
    (
        "POST",
        "/users",
        {"content": b"{"},
        400,
        says("InvalidArgument", "the body at $: Input data was truncated"),
    ),
    (
        "POST",
        "/users",
        {"json": {"id": 1, "email": "a"}},
        400,
        says("InvalidArgument", "an address has an @"),
    ),
    ("GET", "/users/me", {}, 401, says("Unauthenticated", "no token")),
    ("GET", "/users/me", {"headers": {"authorization": "ann"}}, 200, "ann"),
    (
        "GET",
        "/names",
        {},
        403,
        {
            "error": "PermissionDenied",
            "message": "this endpoint is for services of the application alone",
        },
    ),
    ("GET", "/plain/a/b", {"headers": {"cookie": "day=monday"}}, 200, "a/b monday"),
    (
        "GET",
        "/nowhere",
        {},
        404,
        says("NotFound", "nothing is served at GET /nowhere"),
    ),
    (
        "PUT",
        "/users",
        {},
        405,
        says("MethodNotAllowed", "PUT /users is not served; the path is"),
    ),
    ("POST", "/raw", {"content": b"12345678"}, 200, b"12345678"),
    (
        "POST",
        "/raw",
        {"content": b"123456789"},
        413,
        says("BodyTooLarge", "the body has more than 8 bytes"),
    ),
    ("DELETE", "/users/00000000-0000-0000-0000-000000000001", {}, 204, b""),
    (
        "GET",
        "/slow",
        {},
        504,
        says("DeadlineExceeded", "endpoint:users/slow took longer than 0.05 s"),
    ),
    ("GET", "/__infragraph/ready", {}, 200, {"ready": True}),
    (
        "GET",
        "/__infragraph/authenticate",
        {},
        403,
        says("PermissionDenied", "for services of the application alone"),
    ),
]


async def test_requests_are_answered(root: Path, graph: Graph) -> None:
    async with process(root, graph, "users") as (_, client, _made):
        for method, path, options, status, expected in ANSWERS:
            got = await client.request(method, path, **options)
            answer = got.content if isinstance(expected, bytes) else got.json()
            assert (path, got.status_code, answer) == (path, status, expected)
