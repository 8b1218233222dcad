"""One endpoint on the same server, by wrk: requests a second, processor time, memory.

Linux tells the latter two of a process, below `/proc`.
"""

import asyncio
import json
import os
import re
import shutil
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from infragraph.local.children import start
from infragraph.local.ports import free_port

APPLICATION = Path(__file__).parent / "application"
_HOST = "127.0.0.1"
_STARTING = 503
_SETTLED_SECONDS = 0.5
_RATE = re.compile(r"Requests/sec:\s+([0-9.]+)")
_BODY = json.dumps({"id": 1, "name": "a name", "tags": ["one", "two"]})
_SCRIPT = f"""
wrk.method = "POST"
wrk.body = [[{_BODY}]]
wrk.headers["Content-Type"] = "application/json"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One round of one server; memory is resident, in MB, once it is up and once it was asked."""

    rate: float
    microseconds: float
    idle: float
    after: float


async def measured(folder: Path, rounds: int, seconds: int) -> Mapping[str, list[Measured]]:
    """Of each server, in turns."""
    found: dict[str, list[Measured]] = {}
    async with _up(_peer("peers:sink"), {}, "/v1/traces") as (sink, _):
        commands = _commands(folder, sink)
        for _ in range(rounds):
            for name, (command, variables) in commands.items():
                async with _up(command, variables, "/orders") as (port, pid):
                    found.setdefault(name, []).append(await _round(folder, port, pid, seconds))
    return found


async def _round(folder: Path, port: int, pid: int, seconds: int) -> Measured:
    await asyncio.sleep(_SETTLED_SECONDS)
    idle, began = _memory(pid), _processor_seconds(pid)
    rate = await _wrk(folder, port, seconds)
    spent = _processor_seconds(pid) - began
    return Measured(
        rate=rate,
        microseconds=spent / (rate * seconds) * 1e6,
        idle=idle,
        after=_memory(pid),
    )


def _peer(name: str) -> Sequence[str]:
    uvicorn = (sys.executable, "-m", "uvicorn", "--no-access-log", "--log-level", "warning")
    return (*uvicorn, f"benchmarks.runtime.{name}")


def _commands(folder: Path, sink: int) -> Mapping[str, tuple[Sequence[str], Mapping[str, str]]]:
    ours = (sys.executable, "-m", "infragraph", "serve", "--service", "bench", "--host", _HOST)
    where = ("--root", str(APPLICATION), "--graph", str(folder / "graph.json"))
    served = (*ours, *where, "--config", str(folder / "runtime.json"))
    traced = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://{_HOST}:{sink}"}
    return {
        "Starlette": (_peer("peers:starlette"), {}),
        "FastAPI": (_peer("peer_fastapi:fast"), {}),
        "infragraph": (served, {}),
        "infragraph, traced": (served, traced),
    }


def _processor_seconds(pid: int) -> float:
    """User's and system's, of all threads."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    match = re.search(r"VmRSS:\s+([0-9]+) kB", Path(f"/proc/{pid}/status").read_text())
    assert match is not None, "a process has memory"
    return int(match[1]) / 1024


@asynccontextmanager
async def _up(
    command: Sequence[str], variables: Mapping[str, str], path: str
) -> AsyncGenerator[tuple[int, int]]:
    """A block in which a server is up; gives its port and its process."""
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
                        f"http://{_HOST}:{port}{path}", json=json.loads(_BODY)
                    )
                except httpx.HTTPError:
                    answer = None
                if answer is not None and answer.status_code != _STARTING:
                    break
                await asyncio.sleep(0.02)
            assert answer is not None, f"{command} did not start"
            assert answer.json() == json.loads(_BODY), answer.text
        yield port, child.process.pid
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
