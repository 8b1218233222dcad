"""A run in the terminal: what is told of it, and how it ends."""

import asyncio
import contextlib
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from infragraph.cli.exits import Exit
from infragraph.cli.lines import harmless
from infragraph.local.analyzing import AnalysisError, analysis, findings
from infragraph.local.holding import HeldError
from infragraph.local.reloading import reload_on_change
from infragraph.local.running import Run, RunError, Told, Wanted, running
from infragraph.local.secrets import SecretsError
from infragraph.local.services import ServiceStartError
from infragraph.local.serving import PortTakenError
from infragraph.runtime.server import on_termination

_FAULTS = (RunError, HeldError, ServiceStartError, PortTakenError, SecretsError)
_COLOURS = (36, 33, 35, 32, 34, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The options of the command."""

    path: Path
    application: str | None
    port: int
    dashboard_port: int
    broker: str
    nsqd: str | None
    postgres: Path | None
    is_single: bool
    reloads: bool


def run_locally(request: Request) -> Exit:
    """Run until Ctrl-C; gives the exit code."""
    return asyncio.run(_run(request))


async def _run(request: Request) -> Exit:
    began = time.perf_counter()
    told = Told(step=_step, line=_line)
    try:
        read = await analysis(request.path, request.application)
    except AnalysisError as error:
        _step(str(error))
        return Exit.WORLD
    if read.has_errors:
        _step((await findings(request.path, request.application)).rstrip())
        _step("an application with errors is not run")
        return Exit.FINDINGS
    wanted = Wanted(
        port=request.port,
        dashboard_port=request.dashboard_port,
        broker=request.broker,
        nsqd=request.nsqd,
        is_single=request.is_single,
        postgres=request.postgres,
    )
    ended = asyncio.Event()
    on_termination(ended.set)
    try:
        async with running(read.application, wanted, told) as run:
            _summarise(run, time.perf_counter() - began)
            reloading = asyncio.create_task(
                reload_on_change(run, request.path, request.application, told)
                if request.reloads
                else ended.wait()
            )
            await ended.wait()
            _step("ending")
            reloading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await reloading
    except _FAULTS as error:
        _step(str(error))
        return Exit.FINDINGS
    return Exit.CLEAN


def _summarise(run: Run, seconds: float) -> None:
    nodes = run.application.graph["nodes"]
    counts = ", ".join(
        f"{sum(it['kind'] == kind for it in nodes)} {kind}s"
        for kind in ("service", "endpoint", "topic", "subscription", "cron", "database")
    )
    _step(f"{run.application.name}: {counts}")
    _step(f"ready in {seconds:.1f} s at {run.url}; Ctrl-C ends it")
    _step(f"dashboard, for one browser: {run.dashboard}")


def _step(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _line(service: str, line: str) -> None:
    """A service's own output, each with its colour where there are any."""
    name = f"{service:<12}"
    if sys.stdout.isatty():
        name = f"\x1b[{_COLOURS[sum(service.encode()) % len(_COLOURS)]}m{name}\x1b[0m"
    sys.stdout.write(f"{name} {harmless(line)}\n")
    sys.stdout.flush()
