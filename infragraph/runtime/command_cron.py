"""`infragraph cron NAME`: one firing, in a process of its own."""

import argparse
import asyncio
import logging
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from infragraph.runtime.application import ApplicationError, Graph, load_services
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.command_places import given_configuration, given_graph
from infragraph.runtime.composing import composed
from infragraph.runtime.crons import run_cron
from infragraph.runtime.logs import log_to
from infragraph.runtime.server import on_termination
from infragraph.runtime.serving import THREADS, Plan, carried
from infragraph.runtime.tracing.choosing import trace_ids
from infragraph.sdk.cron import Cron

LOG = logging.getLogger("infragraph.cron")


def run_one(options: argparse.Namespace) -> int:
    """Run it until it ends, or the process is told to; gives the exit code."""
    log_to(trace_ids=trace_ids(os.environ))
    configuration, graph = given_configuration(options), given_graph(options)
    node = _cron(graph, options.name)
    services = load_services(graph, (node["service"],), options.root.resolve())
    (cron,) = (
        it for service in services.values() for it in service.crons if it.name == options.name
    )
    plan = Plan(
        services=services,
        graph=graph,
        configuration=configuration,
        serves=False,
        consumes=False,
        grace=0.0,
    )
    return asyncio.run(_run(plan, cron))


def _cron(graph: Graph, name: str) -> Mapping[str, Any]:
    known = {str(node["name"]): node for node in graph.of_kind("cron")}
    if name not in known:
        has = ", ".join(sorted(known)) or "none"
        message = f"there is no cron {name!r}: the graph has {has}"
        raise ApplicationError(message)
    return known[name]


async def _run(plan: Plan, cron: Cron) -> int:
    job = asyncio.current_task()
    assert job is not None, "asyncio runs it"
    on_termination(lambda: _cancel(job))
    try:
        async with (
            composed(
                plan.configuration, plan.graph, plan.services, os.environ, SystemClock()
            ) as parts,
            carried(plan, parts),
        ):
            with ThreadPoolExecutor(THREADS) as threads:
                return await _outcome(cron, parts.spans, threads)
    except asyncio.CancelledError:
        LOG.warning("cron:%s: interrupted", cron.name)
        return 1


def _cancel(job: "asyncio.Task[Any]") -> None:
    job.cancel()


async def _outcome(cron: Cron, spans: Any, threads: ThreadPoolExecutor) -> int:
    try:
        await run_cron(cron, spans, threads)
    except Exception:
        LOG.exception("cron:%s: failed", cron.name)
        return 1
    LOG.info("cron:%s: ran", cron.name)
    return 0
