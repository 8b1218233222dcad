"""The application's graph, read by the analyzer in a process of its own."""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infragraph.local.application import LocalApplication


class AnalysisError(Exception):
    """The application cannot be read; the text is the analyzer's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """`diagnostics` are as in the JSON; `has_errors` where one of them is an error."""

    application: LocalApplication
    diagnostics: tuple[dict[str, Any], ...]

    @property
    def has_errors(self) -> bool:
        return any(found["severity"] == "error" for found in self.diagnostics)


async def analysis(path: Path, name: str | None) -> Analysis:
    """Analyze the application at `path`; `name` chooses one of several.

    Raises:
        AnalysisError: there is none, or its configuration is wrong.
    """
    options = [] if name is None else ["--app", name]
    code, output, notes = await _run(str(path), "--format", "json", *options)
    if code not in (0, 1):
        raise AnalysisError(notes.strip() or f"the analyzer ended with code {code}")
    graph = json.loads(output)
    return Analysis(
        application=LocalApplication(root=_resolved(path), graph=graph, text=output),
        diagnostics=tuple(graph["diagnostics"]),
    )


def _resolved(path: Path) -> Path:
    return path.resolve()


async def _run(*arguments: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "infragraph", "analyze", *arguments),
        env=dict(os.environ),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        output, notes = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    assert process.returncode is not None, "it has ended"
    return process.returncode, output.decode(), notes.decode("utf-8", "replace")
