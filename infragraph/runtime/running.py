"""A process from its start to its end: `infragraph serve`."""

import asyncio
import logging
import socket
from collections.abc import Callable, Mapping

from infragraph.runtime.clock import SystemClock
from infragraph.runtime.composing import composed
from infragraph.runtime.server import http_server, on_termination
from infragraph.runtime.serving import Plan, Process, carried

LOG = logging.getLogger("infragraph")


async def serve(
    plan: Plan,
    listening: socket.socket,
    variables: Mapping[str, str],
    when_ready: Callable[[], None],
) -> int:
    """Serve until SIGTERM or SIGINT; gives the exit code.

    What is at work then has `plan.grace` seconds, or until a second signal. What was interrupted
    comes again elsewhere, and the exit code is 1.
    """
    told, again = asyncio.Event(), asyncio.Event()

    def tell() -> None:
        (again if told.is_set() else told).set()

    on_termination(tell)
    async with (
        composed(plan.configuration, plan.graph, plan.services, variables, SystemClock()) as parts,
        carried(plan, parts) as process,
    ):
        server = http_server(process.application, plan.grace)
        serving = asyncio.create_task(server.serve([listening]))
        await server.up.wait()
        when_ready()
        LOG.info("%s: listening on port %d", _names(plan), listening.getsockname()[1])
        asked = asyncio.create_task(told.wait())
        await asyncio.wait((asked, serving), return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        if not told.is_set():
            LOG.error("%s: the HTTP server ended by itself", _names(plan))
            return 1
        LOG.info("%s: draining", _names(plan))
        server.should_exit = True
        interrupted = await _drain(process, serving, again, plan.grace)
        if interrupted:
            LOG.warning("%s: %d interrupted", _names(plan), interrupted)
        return 1 if interrupted else 0


async def _drain(
    process: Process, serving: asyncio.Task[None], again: asyncio.Event, grace: float
) -> int:
    """How many handlers and requests were interrupted."""
    consumers = asyncio.create_task(process.drain(grace))
    told = asyncio.create_task(again.wait())
    done = asyncio.gather(consumers, serving)
    await asyncio.wait((told, done), timeout=grace, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    interrupted = 0
    if not consumers.done():
        interrupted += await process.drain(0)
    if not serving.done():
        interrupted += 1
        serving.cancel()
    await asyncio.gather(consumers, serving, return_exceptions=True)
    return interrupted + consumers.result()


def _names(plan: Plan) -> str:
    return ", ".join(sorted(plan.services))
