"""The dashboard of a run that is up."""

import socket
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx

from infragraph.local.configuration import Places
from infragraph.local.dashboard.given import Given, Shown
from infragraph.local.dashboard.reader import Reader
from infragraph.local.dashboard.server import dashboard
from infragraph.local.dashboard.sessions import FILE, Sessions
from infragraph.local.dashboard.streams import connected
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
        streams = None
        if places.provider == "nats" and places.broker is not None:
            streams = await stack.enter_async_context(connected(places.broker["servers"]))
        given = Given(
            run=run,
            collected=collected,
            sessions=sessions,
            client=await stack.enter_async_context(httpx.AsyncClient(trust_env=False)),
            broker=places.provider,
            streams=streams,
            reader=None if server is None else Reader(server=server),
        )
        await stack.enter_async_context(dashboard(given, listening))
        yield sessions
