"""What the dashboard shows: a run, what it observed, and how its stores are reached."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from infragraph.local.application import LocalApplication
from infragraph.local.dashboard.reader import Reader
from infragraph.local.dashboard.sessions import Sessions
from infragraph.local.dashboard.streams import Streams
from infragraph.local.dashboard.told import Told
from infragraph.local.telemetry.collecting import Collected


class Shown(Protocol):
    """What a run tells of itself now; each reload may change it."""

    @property
    def application(self) -> LocalApplication: ...

    @property
    def url(self) -> str: ...

    @property
    def diagnostics(self) -> Sequence[Mapping[str, Any]]: ...

    def address(self, service: str) -> str:
        """Where a service answers; raises KeyError where it is not there."""
        ...

    async def trigger(self, cron: str) -> str | None:
        """Run a cron now; gives what went wrong.

        Raises:
            KeyError: there is none of that name.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """`reader` is None where the run has no database.

    `streams` are a broker's that shows what it holds; `told` stands in for one that does not.
    `closing` is set when the run ends, so that no stream of events holds it up.
    """

    run: Shown
    collected: Collected
    sessions: Sessions
    client: httpx.AsyncClient
    broker: str
    streams: Streams | None
    reader: Reader | None
    told: Told | None = None
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    pictures: dict[str, Any] = field(default_factory=dict[str, Any])
