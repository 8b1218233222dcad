"""A dashboard without a run: what it shows is made up, how it is served is not."""

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from infragraph.local.application import LocalApplication
from infragraph.local.dashboard.given import Given
from infragraph.local.dashboard.reader import Reader
from infragraph.local.dashboard.server import dashboard
from infragraph.local.dashboard.sessions import FILE, Sessions
from infragraph.local.dashboard.streams import Streams
from infragraph.local.dashboard.told import Kept, Told
from infragraph.local.serving import claimed
from infragraph.local.telemetry.collecting import collecting


def node(kind: str, name: str, service: str | None, **properties: Any) -> dict[str, Any]:
    """A node as the graph has it."""
    owner = "" if kind in ("service", "topic", "database", "cron") else f"{service}/"
    return {
        "id": f"{kind}:{owner}{name}",
        "kind": kind,
        "name": name,
        "service": service,
        "doc": None,
        "symbol": f"app.{name}",
        "location": {"path": "app.py", "line": 1, "column": 1, "end_line": 1, "end_column": 2},
        "properties": properties,
    }


def graph(*nodes: dict[str, Any], **others: Any) -> dict[str, Any]:
    whole = {"schema_version": 1, "application": "app", "nodes": list(nodes), "edges": []}
    return {**whole, "payloads": {}, "unresolved": [], "diagnostics": [], **others}


SERVICE = node("service", "a", "a", package="app", mounts=[])


@dataclass
class MadeUp:
    """A run that is none; `triggered` are the crons that were asked for."""

    application: LocalApplication
    url: str = "http://127.0.0.1:9"
    diagnostics: Sequence[Mapping[str, Any]] = ()
    triggered: list[str] = field(default_factory=list[str])

    def address(self, service: str) -> str:
        del service
        return self.url

    async def trigger(self, cron: str) -> str | None:
        if cron not in (it["name"] for it in self.application.of_kind("cron")):
            raise KeyError(cron)
        self.triggered.append(cron)
        return None


@dataclass(frozen=True)
class Dashboard:
    """`client` is a program that holds the run's token."""

    given: Given
    client: httpx.AsyncClient

    @property
    def url(self) -> str:
        return self.given.sessions.url

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    @property
    def token(self) -> str:
        return self.given.sessions.token


@asynccontextmanager
async def shown(  # noqa: PLR0913 - what a dashboard may be given
    folder: Path,
    whole: Mapping[str, Any] | None = None,
    *,
    streams: Streams | None = None,
    kept: Kept | None = None,
    reader: Reader | None = None,
    secrets: Sequence[str] = (),
    url: str = "http://127.0.0.1:9",
) -> AsyncGenerator[Dashboard]:
    """A dashboard that is served, of a graph."""
    used = graph(SERVICE) if whole is None else whole
    application = LocalApplication(root=folder, graph=used, text=json.dumps(used))
    application.state.mkdir(exist_ok=True)
    async with AsyncExitStack() as stack:
        collected = await stack.enter_async_context(collecting(application.state, secrets, {}))
        given = Given(
            run=MadeUp(application, url),
            collected=collected,
            sessions=Sessions(file=application.state / FILE),
            client=await stack.enter_async_context(httpx.AsyncClient()),
            broker="nats",
            streams=streams,
            reader=reader,
            told=None if kept is None else Told(store=collected.store, kept=kept),
        )
        await stack.enter_async_context(dashboard(given, stack.enter_context(claimed(0))))
        headers = {
            "authorization": f"Bearer {given.sessions.token}",
            "x-infragraph-dashboard": "1",
        }
        client = await stack.enter_async_context(
            httpx.AsyncClient(base_url=given.sessions.url, headers=headers, timeout=30)
        )
        yield Dashboard(given, client)
