"""Two services in processes of their own, which call each other over HTTP."""

import importlib
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from infragraph.runtime.application import Graph, load_services
from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.http.headers import CALLER, SERVICE
from infragraph.runtime.serving import Plan, carried
from infragraph.sdk.errors import PermissionDenied
from tests.runtime.applications import configuration, importable, parts, write
from tests.runtime.clocks import ManualClock

FILES = {
    "depot/__init__.py": "",
    "depot/users.py": """
from dataclasses import dataclass

from starlette.requests import Request

from infragraph import Cookie, Header, NotFound, Service, Unauthenticated

users = Service("users")


@dataclass(frozen=True)
class Identity:
    name: str


@dataclass(frozen=True)
class Found:
    id: int
    tags: list[str]


@users.auth_handler
async def authenticate(request: Request) -> Identity:
    if "authorization" not in request.headers:
        raise Unauthenticated("no token for " + request.method + " " + request.url.path)
    return Identity(request.headers["authorization"])


@users.post("/find/{id}/{rest:path}")
async def find(
    id: int, rest: str, found: Found, tags: list[str], x_one: Header[str], two: Cookie[str]
) -> Found:
    if id == 0:
        raise NotFound("no 0")
    return Found(id, [rest, *tags, x_one, two, *found.tags, authenticate.caller().name])


@users.get("/hidden")
async def hidden() -> str:
    return "hidden"
""",
    "depot/orders.py": """
from infragraph import Service

from depot.users import Found, find

orders = Service("orders")


@orders.post("/orders/{id}", access="auth")
async def place(id: int) -> Found:
    return await find(id, "a b/c", Found(1, ["é/"]), ["x", "y&z"], x_one="1", two="two")
""",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("depot")


@pytest.fixture(scope="module")
def graph(root: Path) -> Iterator[Graph]:
    with importable(root, "depot"):
        yield write(root, FILES)


class Network(httpx.AsyncBaseTransport):
    """Hands a request to the process whose name is the host."""

    def __init__(self) -> None:
        self.processes: dict[str, httpx.ASGITransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host not in self.processes:
            message = "nobody listens"
            raise httpx.ConnectError(message)
        # What a process carries is the slot's: each request finds its own.
        return await self.processes[request.url.host].handle_async_request(request)


@asynccontextmanager
async def apart(
    root: Path, graph: Graph, *, up: tuple[str, ...] = ("users", "orders")
) -> AsyncGenerator[httpx.AsyncClient]:
    network = Network()
    urls = {name: f"http://{name}" for name in ("users", "orders")}
    settled = configuration(graph, urls)
    client = httpx.AsyncClient(transport=network)
    made = parts(graph, settled, ManualClock(), client=client)
    services = load_services(graph, ("users", "orders"), root)
    plans = {
        name: Plan(
            services={name: services[name]},
            graph=graph,
            configuration=settled,
            serves=True,
            consumes=True,
        )
        for name in ("users", "orders")
    }
    # `orders`, which calls, is carried last: the slot of this process is its.
    async with carried(plans["users"], made) as users, carried(plans["orders"], made) as orders:
        running = {"users": users, "orders": orders}
        network.processes = {name: httpx.ASGITransport(running[name].application) for name in up}
        async with client:
            yield client


async def test_a_call_carries_arguments_the_result_and_who_called(root: Path, graph: Graph) -> None:
    async with apart(root, graph) as client:
        answer = await client.post("http://orders/orders/7", headers={"authorization": "ann"})
        assert (answer.status_code, answer.json()) == (
            200,
            {"id": 7, "tags": ["a b/c", "x", "y&z", "1", "two", "é/", "ann"]},
        )


async def test_an_error_of_the_other_service_is_the_same_error(root: Path, graph: Graph) -> None:
    async with apart(root, graph) as client:
        answer = await client.post("http://orders/orders/0", headers={"authorization": "ann"})
        assert (answer.status_code, answer.json()) == (
            404,
            {"error": "NotFound", "message": "no 0"},
        )


async def test_the_auth_handler_sees_the_first_request(root: Path, graph: Graph) -> None:
    async with apart(root, graph) as client:
        answer = await client.post("http://orders/orders/0")
        assert answer.json() == {
            "error": "Unauthenticated",
            "message": "no token for POST /orders/0",
        }


async def test_a_service_that_is_down_is_unavailable(root: Path, graph: Graph) -> None:
    async with apart(root, graph, up=("orders",)) as client:
        answer = await client.post("http://orders/orders/0", headers={"authorization": "ann"})
        assert (answer.status_code, answer.json()["error"]) == (503, "Unavailable")


async def test_only_calls_of_the_graph_are_let_in(root: Path, graph: Graph) -> None:
    hidden = importlib.import_module("depot.users").hidden
    async with apart(root, graph):
        RUNNING.set(Running(service="orders"))
        with pytest.raises(PermissionDenied, match="has no call of endpoint:users/hidden"):
            await hidden()


async def test_a_token_of_ours_for_another_service_proves_nothing(root: Path, graph: Graph) -> None:
    async with apart(root, graph) as client:
        made = parts(graph, configuration(graph, {}), ManualClock())
        token = made.signer.sign({"sub": "service:orders"}, audience="orders", now=made.clock.now())
        answer = await client.post("http://users/find/1/x", headers={SERVICE: token, CALLER: "x"})
        assert answer.status_code == 403
