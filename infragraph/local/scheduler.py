"""Asks services to run their crons, on time or when told to."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import httpx

from infragraph.local.application import LocalApplication
from infragraph.local.schedule import firings
from infragraph.runtime.clock import Clock
from infragraph.runtime.crons import PATH, SKIPPED
from infragraph.runtime.peers import SCHEDULER, Proof

LOG = logging.getLogger("infragraph.local")


def _nowhere(service: str) -> str:
    raise LookupError(service)


@dataclass(slots=True, kw_only=True)
class Scheduler:
    """`address` gives where a service answers now."""

    application: LocalApplication
    proof: Proof
    client: httpx.AsyncClient
    clock: Clock
    address: Callable[[str], str] = _nowhere
    _tasks: list[asyncio.Task[None]] = field(default_factory=list[asyncio.Task[None]])

    async def restart(self, application: LocalApplication) -> None:
        """Keep the times of another state of the source."""
        await self.stop()
        self.application = application
        self._tasks = [
            asyncio.create_task(self._keep(node), name=str(node["id"]))
            for node in self.application.of_kind("cron")
        ]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def trigger(self, name: str) -> str | None:
        """Run a cron now; gives what went wrong, None where it ran.

        Raises:
            KeyError: there is no such cron.
        """
        node = {node["name"]: node for node in self.application.of_kind("cron")}[name]
        return await self._run(node)

    async def _keep(self, node: Mapping[str, Any]) -> None:
        """One at a time, as a cloud's scheduler does: what is due meanwhile is left out."""
        fired = self.clock.now()
        while True:
            now = self.clock.now()
            # A clock that was set back meanwhile, or a sleep that ended early, fires nothing twice.
            due = next(firings(node["properties"], max(now, fired)))
            await self.clock.sleep((due - now).total_seconds())
            fired = due
            fault = await self._run(node)
            if fault is not None:
                LOG.warning("%s: %s", node["id"], fault)

    async def _run(self, node: Mapping[str, Any]) -> str | None:
        service = str(node["service"])
        headers = await self.proof.token(SCHEDULER, service)
        url = f"{self.address(service)}{PATH}/{node['name']}"
        try:
            answer = await self.client.post(url, headers=dict(headers))
        except httpx.HTTPError as error:
            return f"service {service!r} cannot be reached: {error}"
        if answer.status_code == HTTPStatus.NO_CONTENT:
            return None
        said = answer.json()
        return str(said.get(SKIPPED) or said.get("message"))


def next_firings(node: Mapping[str, Any], count: int) -> list[datetime]:
    """The next times of a cron's node."""
    times = firings(node["properties"], datetime.now(UTC))
    return [next(times) for _ in range(count)]
