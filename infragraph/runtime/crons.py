"""Cron jobs: run when whoever keeps the time says so."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import Response
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

PATH = f"{INTERNAL}/cron"
SCHEDULER = "infragraph-scheduler"
"""As what the local scheduler shows itself to a service: the name of none."""


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
    return [_route(cron, proof, spans, threads) for service in services for cron in service.crons]


def _route(cron: Cron, proof: Proof, spans: Spans, threads: ThreadPoolExecutor) -> Route:
    path = f"{PATH}/{cron.name}"

    async def answer(request: Request) -> Response:
        try:
            asking = proof.verified(request.headers, cron.service)
        except IdentityError:
            asking = None
        if asking != SCHEDULER:
            return failure(PermissionDenied("for the application's scheduler alone"), path)
        try:
            await run_cron(cron, spans, threads)
        except Exception as error:  # noqa: BLE001 - whatever a job raises is answered
            return failure(error, f"cron:{cron.name}")
        return Response(status_code=204)

    return Route(path, answer, methods=["POST"])
