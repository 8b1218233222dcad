"""The dashboard of a run that is up."""

import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import httpx

from infragraph.local.brokers import MEMORY, NATS, NSQ
from infragraph.local.configuration import Places
from infragraph.local.dashboard.given import Given, Shown
from infragraph.local.dashboard.memory_letters import MemoryLetters
from infragraph.local.dashboard.nsq_letters import nsq_letters
from infragraph.local.dashboard.reader import Reader
from infragraph.local.dashboard.server import dashboard
from infragraph.local.dashboard.sessions import FILE, Sessions
from infragraph.local.dashboard.streams import connected
from infragraph.local.dashboard.told import Kept, Told
from infragraph.local.postgres.server import Postgres
from infragraph.local.telemetry.collecting import Collected


@asynccontextmanager
async def showing(
    run: Shown,
    places: Places,
    server: Postgres | None,
    collected: Collected,
    listening: socket.socket,
) -> AsyncGenerator[Sessions]:
    """A block in which the dashboard is served; gives who may open it."""
    sessions = Sessions(file=run.application.state / FILE)
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(httpx.AsyncClient(trust_env=False))
        streams = None
        kept: Kept | None = None
        if places.provider == NATS and places.broker is not None:
            streams = await stack.enter_async_context(connected(places.broker["servers"]))
        elif places.provider == NSQ and places.broker is not None:
            kept = await stack.enter_async_context(nsq_letters(places.broker))
        elif places.provider == MEMORY:
            kept = MemoryLetters(client=client, address=_first(run), token=collected.token)
        given = Given(
            run=run,
            collected=collected,
            sessions=sessions,
            client=client,
            broker=places.provider,
            streams=streams,
            reader=None if server is None else Reader(server=server),
            told=None if kept is None else Told(store=collected.store, kept=kept),
        )
        await stack.enter_async_context(dashboard(given, listening))
        yield sessions


def _first(run: Shown) -> Callable[[], str]:
    """Where the one process of all services answers."""

    def address() -> str:
        return run.address(run.application.services()[0])

    return address
