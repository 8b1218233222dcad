"""On each save: analyze, and bring what runs to the new state; what is broken is only shown."""

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncGenerator, Callable, Iterable
from pathlib import Path
from typing import Any, cast

import watchfiles

from infragraph.local.analyzing import AnalysisError, analysis
from infragraph.local.application import STATE
from infragraph.local.run import Run
from infragraph.local.services import ServiceStartError
from infragraph.local.wanted import RunError, Told

_DEBOUNCE_MS = 50
_STEP_MS = 10
_SKIPPED = frozenset({STATE, "__pycache__", "node_modules", ".venv", "venv", "site-packages"})


_BEGAN = time.time()
"""When this process did, but for a moment: what is saved since may not have been analyzed."""


async def reload_on_change(run: Run, path: Path, name: str | None, told: Told) -> None:
    """Until it is cancelled."""
    async for changed in changes(run.application.root, _BEGAN):
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


async def changes(root: Path, since: float) -> AsyncGenerator[frozenset[Path]]:
    """Files as they are saved; first those that were before anyone watched, but after `since`."""
    watch = cast("Any", watchfiles).awatch  # its types are partly unknown
    watched = watch(root, watch_filter=_is_ours(root), debounce=_DEBOUNCE_MS, step=_STEP_MS)
    first = asyncio.ensure_future(anext(watched))
    try:
        # It begins to watch at its first step.
        await asyncio.sleep(0)
        missed = await asyncio.to_thread(_saved_since, root, since)
        if missed:
            yield missed
        yield _paths(await first)
    finally:
        first.cancel()
    async for found in watched:
        yield _paths(found)


def _paths(found: Iterable[tuple[watchfiles.Change, str]]) -> frozenset[Path]:
    return frozenset(Path(path) for _, path in found)


def _saved_since(root: Path, since: float) -> frozenset[Path]:
    found: set[Path] = set()
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(it for it in folders if not _is_skipped(it))
        for name in names:
            path = Path(folder, name)
            with contextlib.suppress(OSError):
                if path.lstat().st_mtime > since:
                    found.add(path)
    return frozenset(found)


def _is_ours(root: Path) -> Callable[[watchfiles.Change, str], bool]:
    def is_ours(_change: watchfiles.Change, path: str) -> bool:
        return not any(_is_skipped(part) for part in Path(path).relative_to(root).parts)

    return is_ours


def _is_skipped(part: str) -> bool:
    return part in _SKIPPED or part.startswith(".git")
