"""Cron jobs: run when whoever keeps the time says so.

A job has no deadline, and in one process one run of it at a time: a firing that comes while it is
at work is left out, with a line in the log. Several processes may each be at work on one.
"""

import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.handlers import awaitable
from infragraph.runtime.http.headers import INTERNAL
from infragraph.runtime.http.responses import failure
from infragraph.runtime.identity import IdentityError
from infragraph.runtime.peers import Proof
from infragraph.runtime.tracing.spans import Spans
from infragraph.sdk.cron import Cron
from infragraph.sdk.errors import PermissionDenied
from infragraph.sdk.service import Service

LOG = logging.getLogger("infragraph.cron")

PATH = f"{INTERNAL}/cron"
SKIPPED = "skipped"
"""The member of an answer that says why a firing was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Firings:
    """The firings that come to one process."""

    spans: Spans
    threads: ThreadPoolExecutor
    _at_work: set[str] = field(default_factory=set[str])

    async def fire(self, cron: Cron) -> bool:
        """Run a job, unless it is at work; gives whether it was run, and raises what it raises."""
        if cron.name in self._at_work:
            LOG.warning("cron:%s: is at work still, so this firing is left out", cron.name)
            return False
        self._at_work.add(cron.name)
        try:
            await run_cron(cron, self.spans, self.threads)
        finally:
            self._at_work.discard(cron.name)
        return True


async def run_cron(cron: Cron, spans: Spans, threads: ThreadPoolExecutor) -> None:
    """Run a job once, as its service; what it raises goes to whoever asked."""
    node = f"cron:{cron.name}"
    token = RUNNING.set(Running(service=cron.service, entry=node))
    try:
        with spans.running(node):
            await awaitable(cron.handler, threads)()
    finally:
        RUNNING.reset(token)


def cron_routes(
    services: Iterable[Service], proof: Proof, spans: Spans, threads: ThreadPoolExecutor
) -> list[Route]:
    """Where a scheduler asks for a run, showing itself as one."""
    firings = Firings(spans=spans, threads=threads)
    return [_route(cron, proof, firings) for service in services for cron in service.crons]


def _route(cron: Cron, proof: Proof, firings: Firings) -> Route:
    path = f"{PATH}/{cron.name}"

    async def answer(request: Request) -> Response:
        try:
            proof.scheduled(request.headers, cron.name, cron.service)
        except IdentityError as error:
            LOG.warning("cron:%s: a firing is refused: %s", cron.name, error)
            return failure(PermissionDenied("for the application's scheduler alone"), path)
        try:
            was_run = await firings.fire(cron)
        except Exception as error:  # noqa: BLE001 - whatever a job raises is answered
            return failure(error, f"cron:{cron.name}")
        if was_run:
            return Response(status_code=204)
        # No failure: a scheduler would try again, and run later what is to be left out.
        return JSONResponse({SKIPPED: "it is at work still"})

    return Route(path, answer, methods=["POST"])
