"""`infragraph.running`: a service within a program that starts by itself."""

import asyncio
import contextvars
import importlib
import json
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

import infragraph
from infragraph.local import nats
from infragraph.runtime.application import ApplicationError
from infragraph.runtime.configuration import ConfigurationError
from infragraph.sdk.slot import SLOT
from tests.runtime.applications import importable, write

FILES = {
    "infragraph.yaml": "application: kiosk\n",
    "kiosk/__init__.py": "",
    "kiosk/orders.py": """
from infragraph import Secret, Service, Topic

orders = Service("orders")
placed = Topic[str]("placed")
key = Secret("KIOSK_KEY")


@orders.subscribe(placed, "note")
async def note(name: str) -> None:
    noted.append(name + key.get())


@orders.post("/orders")
async def order(name: str) -> str:
    await placed.publish(name)
    return name


noted: list[str] = []
""",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    graph = write(tmp_path, FILES)
    resources: dict[str, Any] = {node: {"topic": "placed"} for node in graph.nodes}
    configuration = {
        "schema_version": 1,
        "application": "kiosk",
        "environment": "test",
        "provider": "memory",
        "resources": resources,
    }
    (tmp_path / "runtime.json").write_text(json.dumps(configuration))
    monkeypatch.setenv("INFRAGRAPH_CONFIG", str(tmp_path / "runtime.json"))
    monkeypatch.setenv("KIOSK_KEY", "!")
    with importable(tmp_path, "kiosk"):
        sys.path.insert(0, str(tmp_path))
        yield tmp_path


async def until(done: Any) -> None:
    async with asyncio.timeout(20):
        while not done():  # noqa: ASYNC110 - what the application did is seen, not told
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("root")
async def test_a_program_publishes_and_consumes_as_the_service() -> None:
    kiosk = importlib.import_module("kiosk.orders")

    async with infragraph.running("orders", consume=True):
        await kiosk.placed.publish("tea")
        await kiosk.order("coffee")
        await until(lambda: len(kiosk.noted) == 2)

    assert sorted(kiosk.noted) == ["coffee!", "tea!"]
    assert SLOT.environment is None


@pytest.mark.usefixtures("root")
async def test_it_is_the_lifespan_of_an_asgi_application() -> None:
    kiosk = importlib.import_module("kiosk.orders")

    async def sell(request: Request) -> JSONResponse:
        return JSONResponse(await kiosk.placed.publish(request.path_params["name"]))

    app = Starlette(routes=[Route("/{name}", sell)], lifespan=infragraph.running("orders"))

    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://kiosk") as client:
            # A request runs in a task that knows nothing of the lifespan's.
            task = asyncio.create_task(client.get("/tea"), context=contextvars.Context())
            answer = await task

    assert len(answer.json()) == 32
    assert kiosk.noted == []


@pytest.mark.usefixtures("root")
async def test_a_service_is_carried_once_in_a_process() -> None:
    async with infragraph.running("orders"):
        with pytest.raises(RuntimeError, match="runs already"):
            async with infragraph.running("orders"):
                pass


@pytest.mark.usefixtures("root")
async def test_a_service_that_the_graph_does_not_have_is_told() -> None:
    with pytest.raises(ApplicationError, match="there is no service 'sales': the graph has orders"):
        async with infragraph.running("sales"):
            pass


async def test_without_a_configuration_the_variable_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("INFRAGRAPH_CONFIG", raising=False)
    with pytest.raises(ConfigurationError, match="in the variable INFRAGRAPH_CONFIG"):
        async with infragraph.running("orders"):
            pass


CONSUMER = """
import asyncio, sys
import infragraph
from kiosk.orders import noted

async def main():
    async with infragraph.running("orders", consume=True):
        print("up", flush=True)
        while not noted:
            await asyncio.sleep(0.01)
    print(*noted, flush=True)

asyncio.run(main())
"""


@pytest.mark.slow
async def test_what_one_program_publishes_another_handles(root: Path) -> None:
    kiosk = importlib.import_module("kiosk.orders")
    path = root / "runtime.json"
    async with nats.running(root / "nats") as server:
        configuration = json.loads(path.read_text())
        broker = {"servers": [server.url]}
        path.write_text(json.dumps({**configuration, "provider": "nats", "broker": broker}))
        key = {"INFRAGRAPH_SIGNING_KEY": "k" * 32, "PYTHONPATH": str(root), "KIOSK_KEY": "?"}
        with pytest.MonkeyPatch.context() as patch:
            for name, value in key.items():
                patch.setenv(name, value)
            consumer = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", CONSUMER), stdout=subprocess.PIPE, cwd=root
            )
            assert consumer.stdout is not None
            try:
                async with asyncio.timeout(60):
                    assert await consumer.stdout.readline() == b"up\n"
                    await asyncio.sleep(1)
                    async with infragraph.running("orders"):
                        await kiosk.placed.publish("tea")
                    assert await consumer.stdout.readline() == b"tea?\n"
                    assert await consumer.wait() == 0
            finally:
                if consumer.returncode is None:
                    consumer.kill()
                    await consumer.wait()
