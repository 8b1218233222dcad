"""A process from its start to its end: `infragraph serve`."""

import asyncio
import logging
import socket
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager

from infragraph.runtime.brokers.broker import BrokerError
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.composing import composed
from infragraph.runtime.http.front import Front
from infragraph.runtime.server import HttpServer, http_server, on_termination
from infragraph.runtime.serving import Plan, Process, carried
from infragraph.runtime.starting import StartError

LOG = logging.getLogger("infragraph")


async def serve(  # noqa: PLR0913 - what a process is started with
    plan: Plan,
    listening: socket.socket,
    variables: Mapping[str, str],
    when_ready: Callable[[], None],
    *,
    max_connections: int | None = None,
    answers_early: bool = False,
) -> int:
    """Serve until SIGTERM or SIGINT; gives the exit code.

    What is at work then has `plan.grace` seconds, or until a second signal. What was interrupted
    comes again elsewhere, and the exit code is 1. While it starts it `answers_early` that it is not
    ready; a signal ends it at once then.

    Raises:
        StartError: it did not start.
    """
    signals = _Signals()
    on_termination(signals.tell)
    front = Front(plan.services)
    server = http_server(front, plan.grace, max_connections)
    try:
        async with (
            _started(server, listening, is_wanted=answers_early),
            composed(
                plan.configuration, plan.graph, plan.services, variables, SystemClock()
            ) as parts,
            carried(plan, parts) as process,
        ):
            front.application = process.application
            async with _started(server, listening, is_wanted=not answers_early):
                signals.starting = None
                when_ready()
                LOG.info("%s: listening on port %d", _names(plan), listening.getsockname()[1])
                return await _until_told(plan, process, server, signals)
    except asyncio.CancelledError:
        if signals.starting is None:
            raise
        signals.starting.uncancel()
        LOG.info("%s: ended before it was ready", _names(plan))
        return 0
    except BrokerError as error:
        raise StartError(str(error)) from error


class _Signals:
    """The first asks to end, the second to end at once; `starting` is what the first interrupts."""

    def __init__(self) -> None:
        self.told, self.again = asyncio.Event(), asyncio.Event()
        self.starting = asyncio.current_task()

    def tell(self) -> None:
        (self.again if self.told.is_set() else self.told).set()
        if self.starting is not None:
            self.starting.cancel()


@asynccontextmanager
async def _started(
    server: HttpServer, listening: socket.socket, *, is_wanted: bool
) -> AsyncGenerator[None]:
    """A block in which the server is up, if it is not already, and wanted."""
    if not is_wanted:
        yield
        return
    server.serving = asyncio.create_task(server.serve([listening]))
    try:
        await server.up.wait()
        yield
    finally:
        server.should_exit = True
        if not server.serving.done():
            server.force_exit = True
        await asyncio.gather(server.serving, return_exceptions=True)


async def _until_told(plan: Plan, process: Process, server: HttpServer, signals: _Signals) -> int:
    serving = server.serving
    assert serving is not None, "it is up"
    asked = asyncio.create_task(signals.told.wait())
    await asyncio.wait((asked, serving), return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    if not signals.told.is_set():
        LOG.error("%s: the HTTP server ended by itself", _names(plan))
        return 1
    LOG.info("%s: draining", _names(plan))
    server.should_exit = True
    interrupted = await _drain(process, serving, signals.again, plan.grace)
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
