"""A suite in the terminal: what is told before pytest speaks for itself."""

import asyncio
import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path

from infragraph.cli.exits import Exit, stop
from infragraph.cli.output import columns
from infragraph.cli.run_findings import news_is_coloured
from infragraph.local.analyzing import AnalysisError, analysis
from infragraph.local.excerpts import excerpts
from infragraph.local.wanted import RunError
from infragraph.testing.suite import run_suite


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The options of the command; `arguments` are pytest's."""

    path: Path
    application: str | None
    postgres: Path | None
    arguments: tuple[str, ...]


def run_tests(request: Request) -> int:
    """Gives the exit code."""
    if importlib.util.find_spec("pytest") is None:
        stop("'pytest' is not installed: install it beside 'infragraph-cli[local]'")
    return asyncio.run(_run(request))


async def _run(request: Request) -> int:
    try:
        read = await analysis(request.path, request.application)
    except AnalysisError as error:
        _step(str(error))
        return Exit.WORLD
    if read.has_errors:
        _step(excerpts(read.application, columns(), is_coloured=news_is_coloured()))
        _step("an application with errors is not tested")
        return Exit.FINDINGS
    try:
        return await run_suite(read.application, request.arguments, request.postgres, _step)
    except RunError as error:
        _step(str(error))
        return Exit.WORLD


def _step(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
