"""Measures running services beside their peers, and writes the table."""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure.machine import machine
from benchmarks.runtime.http import APPLICATION, rates
from benchmarks.runtime.messages import CLIENTS
from benchmarks.runtime.reloading import reload_seconds
from infragraph.local import nats

RESULTS = Path(__file__).parents[1] / "RUNTIME.md"
_HEAD = """\
# What a running service costs

`python -m benchmarks.runtime` writes this page. Everything is measured in turns, in one run on one
machine; a figure is the median of its rounds, and only the ratios mean anything elsewhere.
"""
_PEERS = ("starlette", "fastapi", "uvicorn", "nats-py", "faststream")
_CONFIGURATION = {
    "schema_version": 1,
    "application": "bench",
    "environment": "benchmark",
    "provider": "memory",
    "region": "local",
    "resources": {
        "service:bench": {"url": "http://127.0.0.1:9", "audience": "service:bench"},
        "topic:orders": {"topic": "orders"},
        "subscription:orders/count": {},
    },
}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.runtime", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4, help="of each round of requests")
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--write", action="store_true", help="into benchmarks/RUNTIME.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        text = "".join(_page(options, Path(folder)))
    sys.stdout.write(text)
    if options.write:
        RESULTS.write_text(text, encoding="utf-8")
    return 0


def _page(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    yield _HEAD
    yield from _http(options, folder)
    yield from _messages(options, folder)
    yield from _reload()
    yield "\n"
    versions = {
        it: version(it) for it in ("starlette", "fastapi", "uvicorn", "nats-py", "faststream")
    }
    for name, value in {**machine(), **versions}.items():
        yield f"- {name}: {value}\n"


def _http(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    graph = [sys.executable, "-m", "infragraph", "analyze", str(APPLICATION), "--format", "json"]
    (folder / "graph.json").write_bytes(
        subprocess.run(graph, capture_output=True, check=True).stdout
    )
    (folder / "runtime.json").write_text(json.dumps(_CONFIGURATION))
    found = asyncio.run(rates(folder, options.rounds, options.seconds))
    yield "\n## Requests\n\nA JSON body in and out, 32 connections, one process, uvicorn.\n\n"
    yield from _table(("server", "requests a second", "of Starlette"), found, "Starlette")


def _messages(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    published: dict[str, list[float]] = {}
    handled: dict[str, list[float]] = {}
    for number in range(options.rounds):
        for name in CLIENTS:
            rates = asyncio.run(_client(name, folder / f"{name}-{number}", options.messages))
            published.setdefault(name, []).append(rates[0])
            handled.setdefault(name, []).append(rates[1])
    yield "\n## Messages\n\nNATS JetStream: each publish is confirmed, each message settled.\n"
    for title, found in (("published", published), ("handled", handled)):
        yield "\n"
        yield from _table(("client", f"{title} a second", "of nats-py"), found, "nats-py")


async def _client(name: str, folder: Path, count: int) -> tuple[float, float]:
    async with nats.running(folder) as server:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.runtime.messages", name, server.url, str(count)),
            stdout=asyncio.subprocess.PIPE,
        )
        output, _ = await process.communicate()
    published, handled = map(float, output.split())
    return published, handled


def _reload() -> Iterator[str]:
    seconds = asyncio.run(reload_seconds(5))
    yield "\n## Reload\n\n"
    yield "From the save until a request is answered by the new code, of one service of one: "
    yield f"{statistics.median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f}).\n"


def _table(
    head: tuple[str, str, str], found: Mapping[str, list[float]], peer: str
) -> Iterator[str]:
    base = statistics.median(found[peer])
    yield f"| {' | '.join(head)} | lowest to highest |\n| --- | --- | --- | --- |\n"
    for name, values in found.items():
        median = statistics.median(values)
        spread = f"{min(values):,.0f} to {max(values):,.0f}"
        yield f"| {name} | {median:,.0f} | {median / base:.2f} | {spread} |\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
