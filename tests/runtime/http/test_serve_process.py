"""A process that serves: how it starts, ends, and bears clients that are slow on purpose."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from infragraph.local import nats
from infragraph.local.ports import free_port
from tests.local.runs import until
from tests.runtime.applications import write

pytestmark = pytest.mark.slow

APPLICATION = {
    "stall/__init__.py": "",
    "stall/users.py": """
import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from infragraph import Service, Topic

users = Service("users")
signups = Topic[str]("signups")


@users.get("/slow", access="public")
async def slow() -> str:
    await asyncio.sleep(1)
    return "done"


@users.get("/quick", access="public")
async def quick() -> str:
    return "done"


@users.post("/signup", access="public")
async def sign_up() -> None:
    await signups.publish("ann")


@users.subscribe(signups, "welcome")
async def welcome(name: str) -> None:
    print("welcomes", name, flush=True)


@users.raw("POST", "/raw", access="public")
async def raw(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))
""",
}


class Process:
    """`infragraph serve` of the application, on a port of its own."""

    def __init__(self, root: Path, *options: str, broker: str = "memory", url: str = "") -> None:
        self.port = free_port("127.0.0.1")
        self.url = f"http://127.0.0.1:{self.port}"
        written = {
            "schema_version": 1,
            "application": "stall",
            "environment": "test",
            "provider": broker,
            "region": "local",
            "resources": {
                "topic:signups": {"topic": "signups"},
                "subscription:signups/welcome": {},
                "service:users": {"url": self.url, "audience": "service:users"},
            },
            **({"broker": {"servers": [url]}} if broker == "nats" else {}),
        }
        (root / "runtime.json").write_text(json.dumps(written))
        command = [sys.executable, "-m", "infragraph", "serve", "--service", "users"]
        command += ["--port", str(self.port), "--config", "runtime.json", *options]
        self.log = root / "log"
        with self.log.open("wb") as log:
            self.child = subprocess.Popen(
                command,
                cwd=root,
                env={**os.environ, "INFRAGRAPH_SIGNING_KEY": "k" * 32},
                stdout=log,
                stderr=log,
            )

    def status(self, path: str) -> int | None:
        try:
            return httpx.get(self.url + path, timeout=5).status_code
        except httpx.TransportError:
            return None

    def until(self, path: str, status: int, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while self.status(path) != status:
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.05)


@contextmanager
def serving(root: Path, *options: str, broker: str = "memory", url: str = "") -> Generator[Process]:
    process = Process(root, *options, broker=broker, url=url)
    try:
        yield process
    finally:
        process.child.kill()
        process.child.wait()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, APPLICATION)
    return tmp_path


async def test_at_sigterm_requests_in_flight_finish_and_new_ones_are_refused(root: Path) -> None:
    with serving(root, "--grace", "10") as process:
        process.until("/__infragraph/ready", 200)
        async with httpx.AsyncClient(base_url=process.url, timeout=20) as client:
            load = [asyncio.create_task(client.get("/slow")) for _ in range(50)]
            await asyncio.sleep(0.5)
            process.child.send_signal(signal.SIGTERM)
            began = time.monotonic()
            await asyncio.sleep(0.3)
            with pytest.raises(ConnectionRefusedError):
                await asyncio.open_connection("127.0.0.1", process.port)
            answers = await asyncio.gather(*load)

        assert [it.status_code for it in answers] == [200] * 50
        assert await asyncio.to_thread(process.child.wait, 10) == 0
        assert time.monotonic() - began < 5
        assert "users: draining" in process.log.read_text()


async def test_what_is_not_done_within_the_grace_is_interrupted_and_told(root: Path) -> None:
    with serving(root, "--grace", "0.2") as process:
        process.until("/__infragraph/ready", 200)
        async with httpx.AsyncClient(base_url=process.url, timeout=20) as client:
            request = asyncio.create_task(client.get("/slow"))
            await asyncio.sleep(0.3)
            process.child.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(process.child.wait, 10) == 1
            await asyncio.gather(request, return_exceptions=True)
        assert "users: 1 interrupted" in process.log.read_text()


async def test_a_broker_that_is_away_at_the_start_is_waited_for(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    port, token = free_port("127.0.0.1"), "t" * 32
    with serving(root, broker="nats", url=f"nats://{token}@127.0.0.1:{port}") as process:
        process.until("/__infragraph/live", 200)
        assert process.status("/__infragraph/ready") == 503
        assert process.status("/quick") == 503
        await asyncio.sleep(5.5)
        assert "the broker does not answer, and is waited for" in process.log.read_text()

        server = await nats.started(tmp_path_factory.mktemp("nats"), port, token)
        try:
            await asyncio.to_thread(process.until, "/__infragraph/ready", 200)
            async with httpx.AsyncClient(base_url=process.url) as client:
                assert (await client.post("/signup")).status_code == 204
            await asyncio.to_thread(until, lambda: "welcomes ann" in process.log.read_text())
            process.child.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(process.child.wait, 30) == 0
        finally:
            await server.child.stop(5)


def test_a_broker_that_stays_away_ends_the_start(root: Path) -> None:
    url = f"nats://127.0.0.1:{free_port('127.0.0.1')}"
    with serving(root, "--patience", "1", broker="nats", url=url) as process:
        assert process.child.wait(20) == 1
        last = process.log.read_text().splitlines()[-1]
        assert last.startswith("infragraph serve: the broker was not there for 1 s: ")


def test_a_start_that_waits_ends_at_sigterm(root: Path) -> None:
    url = f"nats://127.0.0.1:{free_port('127.0.0.1')}"
    with serving(root, broker="nats", url=url) as process:
        process.until("/__infragraph/live", 200)
        process.child.send_signal(signal.SIGTERM)
        assert process.child.wait(10) == 0
        assert "users: ended before it was ready" in process.log.read_text()


def test_a_port_that_is_taken_is_told(root: Path) -> None:
    with serving(root) as process:
        process.until("/__infragraph/ready", 200)
        command = [sys.executable, "-m", "infragraph", "serve", "--service", "users"]
        command += ["--port", str(process.port), "--config", "runtime.json"]
        second = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        said = f"infragraph serve: port {process.port} of 0.0.0.0 cannot be listened on: "
        assert (second.returncode, second.stderr) == (1, f"{said}Address already in use\n")


def test_head_is_a_get_without_its_body(root: Path) -> None:
    with serving(root) as process:
        process.until("/__infragraph/ready", 200)
        head = httpx.head(f"{process.url}/quick")
        assert (head.status_code, head.headers["content-length"], head.content) == (200, "6", b"")


async def test_connections_beyond_the_limit_are_answered_503(root: Path) -> None:
    with serving(root, "--max-connections", "20") as process:
        process.until("/__infragraph/ready", 200)
        idle = [await asyncio.open_connection("127.0.0.1", process.port) for _ in range(20)]
        assert process.status("/quick") == 503
        for _, writer in idle:
            writer.close()
        process.until("/quick", 200)
