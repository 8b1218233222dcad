"""Measures running services beside their peers, and writes the table."""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure.machine import machine
from benchmarks.runtime import nats_clients, nsq_clients
from benchmarks.runtime.http import APPLICATION, measured
from benchmarks.runtime.reloading import APART_SECONDS, reload_seconds
from infragraph.local import nats, nsq

RESULTS = Path(__file__).parents[1] / "RUNTIME.md"
_HEAD = """\
# What a running service costs

`python -m benchmarks.runtime` writes this page. Everything is measured in turns, in one run on one
machine; a figure is the median of its rounds, and only the ratios mean anything elsewhere.
"""
_PEERS = ("starlette", "fastapi", "uvicorn", "uvloop", "nats-py", "faststream", "ansq")
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
    yield from _nats(options, folder)
    yield from _nsq(options, folder)
    yield from _reload()
    yield "\n"
    for name, value in {**machine(), **{it: version(it) for it in _PEERS}}.items():
        yield f"- {name}: {value}\n"


def _http(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    graph = [sys.executable, "-m", "infragraph", "analyze", str(APPLICATION), "--format", "json"]
    (folder / "graph.json").write_bytes(
        subprocess.run(graph, capture_output=True, check=True).stdout
    )
    (folder / "runtime.json").write_text(json.dumps(_CONFIGURATION))
    found = asyncio.run(measured(folder, options.rounds, options.seconds))
    yield "\n## Requests\n\n"
    yield "A JSON body in and out, 32 connections, one process, uvicorn on uvloop. Spans go to a "
    yield "collector that takes them.\n\n"
    rates = {name: [it.rate for it in rounds] for name, rounds in found.items()}
    yield from _table(("server", "requests a second", "of Starlette"), rates, "Starlette")
    yield "\nProcessor time is steadier than rates, on a machine that does something else too.\n\n"
    yield "| server | µs of processor a request | of Starlette | MB when idle | MB after it |\n"
    yield "| --- | --- | --- | --- | --- |\n"
    base = statistics.median(it.microseconds for it in found["Starlette"])
    for name, rounds in found.items():
        spent = statistics.median(it.microseconds for it in rounds)
        idle = statistics.median(it.idle for it in rounds)
        after = statistics.median(it.after for it in rounds)
        yield f"| {name} | {spent:.1f} | {base / spent:.2f} | {idle:.0f} | {after:.0f} |\n"
    yield "\nMemory is resident. The last column is after "
    yield f"{options.seconds} s of requests as fast as they go.\n"


def _nats(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    @asynccontextmanager
    async def server(place: Path) -> AsyncGenerator[str]:
        async with nats.running(place) as running:
            yield running.url

    yield "\n## NATS JetStream\n\nEach publish is confirmed, each message settled.\n"
    yield from _messages(options, folder, server, nats_clients.CLIENTS, "nats-py")


def _nsq(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    @asynccontextmanager
    async def server(place: Path) -> AsyncGenerator[str]:
        async with nsq.running(place) as running:
            yield running.address

    yield "\n## NSQ\n\n"
    try:
        nsq.program()
    except nsq.NsqMissingError as error:
        yield f"Not measured: {error}.\n"
        return
    yield "nsqd as `infragraph run` starts it. Each publish is confirmed, each message finished.\n"
    yield from _messages(options, folder, server, nsq_clients.CLIENTS, "nsq: ansq")


Server = Callable[[Path], AbstractAsyncContextManager[str]]
"""A block in which a broker is up over a folder; gives its address."""


def _messages(
    options: argparse.Namespace,
    folder: Path,
    server: Server,
    clients: Iterable[str],
    peer: str,
) -> Iterator[str]:
    published: dict[str, list[float]] = {}
    handled: dict[str, list[float]] = {}
    for number in range(options.rounds):
        for place, name in enumerate(clients):
            at = folder / f"{peer.partition(':')[0]}-{place}-{number}"
            rates = asyncio.run(_client(name, server(at), options.messages))
            published.setdefault(name, []).append(rates[0])
            handled.setdefault(name, []).append(rates[1])
    for title, found in (("published", published), ("handled", handled)):
        yield "\n"
        yield from _table(("client", f"{title} a second", f"of {peer}"), found, peer)


async def _client(
    name: str, server: AbstractAsyncContextManager[str], count: int
) -> tuple[float, float]:
    async with server as address:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.runtime.messages", name, address, str(count)),
            stdout=asyncio.subprocess.PIPE,
        )
        output, _ = await process.communicate()
    published, handled = map(float, output.split())
    return published, handled


def _reload() -> Iterator[str]:
    seconds = asyncio.run(reload_seconds(5))
    yield "\n## Reload\n\n"
    yield "From the save until a request is answered by the new code, of one service of one, "
    yield f"saves {APART_SECONDS:g} s apart: "
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
