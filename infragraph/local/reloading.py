"""On each save: analyze, and bring what runs to the new state; what is broken is only shown."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, cast

import watchfiles

from infragraph.local.analyzing import AnalysisError, analysis
from infragraph.local.application import STATE
from infragraph.local.running import Run, RunError, Told
from infragraph.local.services import ServiceStartError

_DEBOUNCE_MS = 50
_STEP_MS = 10
_SKIPPED = frozenset({STATE, "__pycache__", "node_modules", ".venv", "venv", "site-packages"})


async def reload_on_change(run: Run, path: Path, name: str | None, told: Told) -> None:
    """Until it is cancelled."""
    async for changed in _changes(run.application.root):
        await reload(run, path, name, changed, told)


async def reload(
    run: Run, path: Path, name: str | None, changed: frozenset[Path], told: Told
) -> None:
    """One change; whatever is wrong with it, the version before it goes on serving."""
    began = asyncio.get_running_loop().time()
    try:
        read = await analysis(path, name)
        run.diagnostics = read.diagnostics
        if read.has_errors:
            told.findings(read.application)
            told.step("the version before this change goes on serving")
            return
        replaced = await run.replace(read.application, changed)
    except (AnalysisError, RunError, ServiceStartError) as error:
        told.step(f"{error}; the version before this change goes on serving")
        return
    seconds = asyncio.get_running_loop().time() - began
    if replaced:
        told.step(f"reloaded {', '.join(replaced)} in {seconds:.2f} s")


async def _changes(root: Path) -> AsyncIterator[frozenset[Path]]:
    watch = cast("Any", watchfiles).awatch  # its types are partly unknown
    watched = watch(root, watch_filter=_is_ours(root), debounce=_DEBOUNCE_MS, step=_STEP_MS)
    async for changes in watched:
        yield frozenset(Path(changed) for _, changed in changes)


def _is_ours(root: Path) -> Callable[[watchfiles.Change, str], bool]:
    def is_ours(_change: watchfiles.Change, path: str) -> bool:
        parts = Path(path).relative_to(root).parts
        return not any(part in _SKIPPED or part.startswith(".git") for part in parts)

    return is_ours
