"""Requests a second of one endpoint, on the same server, by wrk."""

import asyncio
import json
import os
import re
import shutil
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from infragraph.local.children import start
from infragraph.local.ports import free_port

APPLICATION = Path(__file__).parent / "application"
_HOST = "127.0.0.1"
_STARTING = 503
_RATE = re.compile(r"Requests/sec:\s+([0-9.]+)")
_BODY = json.dumps({"id": 1, "name": "a name", "tags": ["one", "two"]})
_SCRIPT = f"""
wrk.method = "POST"
wrk.body = [[{_BODY}]]
wrk.headers["Content-Type"] = "application/json"
"""


async def rates(folder: Path, rounds: int, seconds: int) -> Mapping[str, list[float]]:
    """Of each server, measured in turns."""
    found: dict[str, list[float]] = {}
    commands = _commands(folder)
    for _ in range(rounds):
        for name, (command, variables) in commands.items():
            async with _up(command, variables) as port:
                found.setdefault(name, []).append(await _wrk(folder, port, seconds))
    return found


def _commands(folder: Path) -> Mapping[str, tuple[Sequence[str], Mapping[str, str]]]:
    uvicorn = (sys.executable, "-m", "uvicorn", "--no-access-log", "--log-level", "warning")
    ours = (sys.executable, "-m", "infragraph", "serve", "--service", "bench", "--host", _HOST)
    where = ("--root", str(APPLICATION), "--graph", str(folder / "graph.json"))
    served = (*ours, *where, "--config", str(folder / "runtime.json"))
    traced = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://{_HOST}:9"}
    return {
        "Starlette": ((*uvicorn, "benchmarks.runtime.peers:starlette"), {}),
        "FastAPI": ((*uvicorn, "benchmarks.runtime.peers:fast"), {}),
        "infragraph": (served, {}),
        "infragraph, traced": (served, traced),
    }


@asynccontextmanager
async def _up(command: Sequence[str], variables: Mapping[str, str]) -> AsyncGenerator[int]:
    port = free_port(_HOST)
    child = await start(
        "server",
        [*command, "--port", str(port)],
        variables={**os.environ, **variables},
        output=asyncio.subprocess.DEVNULL,
    )
    try:
        answer: httpx.Response | None = None
        async with httpx.AsyncClient() as client:
            for _ in range(500):
                try:
                    answer = await client.post(
                        f"http://{_HOST}:{port}/orders", json=json.loads(_BODY)
                    )
                except httpx.HTTPError:
                    answer = None
                if answer is not None and answer.status_code != _STARTING:
                    break
                await asyncio.sleep(0.02)
            assert answer is not None, f"{command} did not start"
            assert answer.json() == json.loads(_BODY), answer.text
        yield port
    finally:
        await child.stop(5)


async def _wrk(folder: Path, port: int, seconds: int) -> float:
    program = shutil.which("wrk")
    assert program is not None, "wrk is installed"
    script = folder / "post.lua"
    script.write_text(_SCRIPT)
    process = await asyncio.create_subprocess_exec(
        *(program, "-t1", "-c32", f"-d{seconds}s", "-s", str(script)),
        f"http://{_HOST}:{port}/orders",
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    match = _RATE.search(output.decode())
    assert match is not None, output.decode()
    assert "Non-2xx" not in output.decode(), output.decode()
    return float(match[1])
