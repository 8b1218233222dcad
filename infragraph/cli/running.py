"""A run in the terminal: what is told of it, and how it ends."""

import asyncio
import contextlib
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infragraph.cli.exits import Exit
from infragraph.cli.output import columns
from infragraph.cli.output import is_coloured as output_is_coloured
from infragraph.cli.run_findings import news_is_coloured, tally
from infragraph.cli.service_lines import shown
from infragraph.local.analyzing import AnalysisError, analysis
from infragraph.local.application import LocalApplication
from infragraph.local.excerpts import excerpts
from infragraph.local.holding import HeldError
from infragraph.local.reloading import reload_on_change
from infragraph.local.run import Run
from infragraph.local.running import running
from infragraph.local.services import ServiceStartError
from infragraph.local.serving import PortTakenError
from infragraph.local.wanted import RunError, Told, Wanted
from infragraph.runtime.server import on_termination

_FAULTS = (RunError, HeldError, ServiceStartError, PortTakenError)
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
    return asyncio.run(_until_ended(request))


@dataclass(slots=True, kw_only=True)
class _Ending:
    """Whether the end was asked for; `starting` is what it cuts short, None once all is up."""

    asked: asyncio.Event
    starting: asyncio.Task[Any] | None

    def ask(self) -> None:
        if self.starting is not None and not self.asked.is_set():
            self.starting.cancel()
        self.asked.set()


async def _until_ended(request: Request) -> Exit:
    ending = _Ending(asked=asyncio.Event(), starting=asyncio.current_task())
    on_termination(ending.ask)
    try:
        return await _run(request, ending)
    except asyncio.CancelledError:
        if not ending.asked.is_set():
            raise
        _step("ended before it was up")
        return Exit.CLEAN


async def _run(request: Request, ending: _Ending) -> Exit:
    began = time.perf_counter()
    try:
        read = await analysis(request.path, request.application)
    except AnalysisError as error:
        _step(str(error))
        return Exit.WORLD
    application = read.application
    told = _told(application.root)
    if read.has_errors:
        told.findings(application)
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
    try:
        async with running(application, wanted, told) as run:
            ending.starting = None
            _summarise(run, time.perf_counter() - began)
            reloading = asyncio.create_task(
                reload_on_change(run, request.path, request.application, told)
                if request.reloads
                else ending.asked.wait()
            )
            asked = asyncio.create_task(ending.asked.wait())
            await asyncio.wait((reloading, asked), return_when=asyncio.FIRST_COMPLETED)
            _step("ending")
            reloading.cancel()
            asked.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await reloading
    except _FAULTS as error:
        _step(str(error))
        return Exit.FINDINGS
    return Exit.CLEAN


def _summarise(run: Run, seconds: float) -> None:
    nodes = run.application.graph["nodes"]
    counted = {
        kind: sum(it["kind"] == kind for it in nodes)
        for kind in ("service", "endpoint", "topic", "subscription", "cron", "database")
    }
    counts = ", ".join(
        f"{count} {kind if count == 1 else kind + 's'}" for kind, count in counted.items() if count
    )
    _step(f"{run.application.name}: {counts}")
    found = tally(run.application)
    if found:
        _step(f"the analyzer has {found}: 'infragraph analyze' or the dashboard shows them")
    _step(f"ready in {seconds:.1f} s at {run.url}; Ctrl-C ends it")
    _step(f"dashboard, for one browser: {run.dashboard}")


def _step(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _told(root: Path) -> Told:
    def findings(application: LocalApplication) -> None:
        _step(excerpts(application, columns(), is_coloured=news_is_coloured()))

    def line(service: str, written: str) -> None:
        """A service's own output, each with its colour where there are any."""
        is_coloured = output_is_coloured()
        name = f"{service:<12}"
        if is_coloured:
            name = f"\x1b[{_COLOURS[sum(service.encode()) % len(_COLOURS)]}m{name}\x1b[0m"
        for part in shown(service, written, root, is_coloured=is_coloured):
            sys.stdout.write(f"{name} {part}\n")
        sys.stdout.flush()

    return Told(step=_step, line=line, findings=findings)
