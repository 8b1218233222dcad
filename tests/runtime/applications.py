"""Small applications, written to a folder, analyzed, and run in this process."""

import json
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx

from infragraph.runtime.application import Graph, load_services, read_graph
from infragraph.runtime.brokers.memory import MemoryBroker
from infragraph.runtime.clock import Clock
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.http.headers import SERVICE
from infragraph.runtime.identity import Signer
from infragraph.runtime.peers import Peers, SignedProof
from infragraph.runtime.secrets.variables import VariableSecrets
from infragraph.runtime.serving import Parts, Plan, Process, carried
from infragraph.runtime.tracing.spans import NoSpans
from infragraph.sdk.subscription import Subscription
from tests.runtime.clocks import ManualClock

KEY = b"a key of thirty-two bytes for us"


def write(root: Path, files: Mapping[str, str]) -> Graph:
    """Write the application and its graph."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    command = [sys.executable, "-m", "infragraph", "analyze", str(root), "--format", "json"]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert json.loads(done.stdout)["diagnostics"] == [], done.stdout
    (root / "infragraph.graph.json").write_text(done.stdout)
    return read_graph(root / "infragraph.graph.json")


@contextmanager
def importable(root: Path, package: str) -> Generator[None]:
    """What was imported from `root` is forgotten at the end."""
    try:
        yield
    finally:
        sys.path[:] = [entry for entry in sys.path if not entry.startswith(str(root))]
        for name in [it for it in sys.modules if it.partition(".")[0] == package]:
            del sys.modules[name]


def configuration(graph: Graph, urls: Mapping[str, str]) -> Configuration:
    resources: dict[str, dict[str, object]] = {
        node: {"topic": node} for node in graph.nodes if not node.startswith("endpoint:")
    }
    resources.update(
        {f"service:{name}": {"url": url, "audience": name} for name, url in urls.items()}
    )
    return Configuration(
        application=graph.application,
        environment="test",
        provider="memory",
        resources=resources,
        settings={},
    )


def parts(graph: Graph, settled: Configuration, clock: Clock, **changed: Any) -> Parts:
    signer = Signer(key=KEY)
    calls = {(it["source"], it["target"]) for it in graph.edges if it["relation"] == "calls"}
    owners = {node: it["service"] for node, it in graph.nodes.items()}
    made: dict[str, Any] = {
        "broker": MemoryBroker(clock),
        "client": httpx.AsyncClient(),
        "clock": clock,
        "signer": signer,
        "peers": Peers(
            configuration=settled,
            proof=SignedProof(signer=signer, clock=clock, header=SERVICE),
            calls=lambda service, node: any(
                target == node and owners[source] == service for source, target in calls
            ),
        ),
        "spans": NoSpans(),
        "databases": _nothing,
        "object_stores": _nothing,
        "secrets": VariableSecrets(variables={}),
        "outbox": None,
        "inboxes": _no_inbox,
        "relays": _no_relay,
    }
    return Parts(**{**made, **changed})


@asynccontextmanager
async def process(
    root: Path, graph: Graph, *services: str, **changed: Any
) -> AsyncGenerator[tuple[Process, httpx.AsyncClient, Parts]]:
    """The services, in this process, with a client of its own."""
    settled = configuration(graph, {})
    made = parts(graph, settled, ManualClock(), **changed)
    plan = Plan(
        services=load_services(graph, services, root),
        graph=graph,
        configuration=settled,
        serves=True,
        consumes=True,
    )
    async with carried(plan, made) as running:
        transport = httpx.ASGITransport(running.application)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            yield running, client, made


def _nothing(declared: object) -> Any:
    message = f"{declared!r} is not carried in this test"
    raise AssertionError(message)


def _no_inbox(_subscription: Subscription[Any]) -> None:
    return None


def _no_relay(database: str, service: str) -> Any:
    raise AssertionError(database, service)
