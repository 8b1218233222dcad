"""`infragraph analyze --watch`: the whole report, then what each change has changed."""

import os
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NoReturn, TypeAlias

from infragraph.cli import timings
from infragraph.cli.analysis import used
from infragraph.cli.changes import Seen, changes, seen
from infragraph.cli.collector import collect, paused
from infragraph.cli.exits import Exit, stop
from infragraph.cli.kept import place_of
from infragraph.cli.outcome import Outcome, outcome, root_of
from infragraph.cli.output import note, put, show
from infragraph.cli.rendering import page, rendered
from infragraph.cli.request import Request
from infragraph.cli.stopwatch import Stopwatch
from infragraph.cli.watched import Watched, watched
from infragraph.usecases.analyze import Compiler
from infragraph.usecases.applications import Chosen
from infragraph.usecases.reading import reading
from infragraph.workspace.inputs import Inputs, noting
from infragraph.workspace.snapshot import compared, taken

INSTALL = "python -m pip install 'infragraph-cli[watch]'"

_TOGETHER = 1_000
"""Milliseconds within which further saves belong to the same run, if none is later than …"""

_QUIET = 100
"""… so many after the one before."""

_PATIENCE = 250
"""Milliseconds after which the root is looked at, whose own end nobody tells."""

_Changes: TypeAlias = Iterator[Collection[tuple[int, str]]]


def watch(request: Request, compiler: Compiler) -> Exit:
    """Analyze again and again, until Ctrl-C, which is no failure."""
    watching = _watchfiles()
    if request.form != "text" and request.file is None:
        stop(
            f"--watch prints changes as text; name a file with --output, which is then written "
            f"as {request.form} after every change"
        )
    try:
        chosen = root_of(request)
        _go_on(request, chosen, compiler, watching)
    except KeyboardInterrupt:
        return Exit.CLEAN


def _watchfiles() -> Callable[[Watched], _Changes]:
    try:
        import watchfiles  # noqa: PLC0415 - an extra
    except ImportError:
        stop(f"--watch needs watchfiles, which is not installed; run: {INSTALL}")

    def watching(what: Watched) -> _Changes:
        return watchfiles.watch(
            *what.paths(),
            watch_filter=None,
            debounce=_TOGETHER,
            step=_QUIET,
            rust_timeout=_PATIENCE,
            yield_on_timeout=True,
            recursive=False,
            ignore_permission_denied=True,
        )

    return watching


def _go_on(
    request: Request,
    chosen: Chosen,
    compiler: Compiler,
    watching: Callable[[Watched], _Changes],
) -> NoReturn:
    root = _Root(chosen.root)
    before: Seen | None = None
    current: Watched | None = None
    changing: _Changes = iter(())
    while True:
        began = time.perf_counter()
        found, noted = _analyzed(request, chosen, compiler)
        what = watched(noted)
        is_over = True
        if current is None or what.folders != current.folders:
            changing = watching(what)
            next(changing)
            # Whatever changed before there was somebody to see it.
            is_over = compared(chosen.root, taken(noted, chosen.root)) is not None
        current = what
        before = _shown(request, found, before, time.perf_counter() - began)
        del found, noted
        collect()
        if is_over:
            for changed in changing:
                root.demand()
                if current.concerns(path for _, path in changed):
                    break


def _analyzed(request: Request, chosen: Chosen, compiler: Compiler) -> tuple[Outcome, Inputs]:
    stopwatch = Stopwatch()
    stopwatch.begin("find")
    noted = noting()
    place = place_of(chosen.root, request)
    with paused(), reading(jobs=request.jobs, told=stopwatch.told, place=place) as files:
        found = outcome(request, chosen, compiler, files)
    stopwatch.begin("keep")
    files.keep()
    stopwatch.end()
    if request.has_timings:
        timings.show(timings.lines(stopwatch, used(request, found)))
    return found, noted


def _shown(request: Request, found: Outcome, before: Seen | None, seconds: float) -> Seen:
    """Print what is to be printed of a run; what it showed is what the next is compared with."""
    shown = page(found.tree, is_for_screen=True)
    mistaken = bool(found.tree.configuration_mistakes)
    now = seen(found.report, shown, before, is_mistaken=mistaken)
    text = rendered(found, request)
    if request.file is not None and _content(request.file) != text.encode(
        "utf-8", "backslashreplace"
    ):
        put(text, request.file)
    if before is None:
        for line in found.notes:
            note(line)
        show(f"{now.verdict}\n" if request.file is not None else text)
        return now
    lines = changes(before, now, shown)
    if lines:
        show("".join(f"{line}\n" for line in (*lines, "")))
    else:
        show(f"nothing changed ({seconds:.2f} s)\n")
    return now


def _content(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except OSError:
        return None


class _Root:
    """The folder that is watched, which may go."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._full = os.path.realpath(path)
        self._inode = os.stat(self._full).st_ino  # noqa: PTH116

    def demand(self) -> None:
        """End the run where the folder is no longer there, or another stands in its place."""
        try:
            inode = os.stat(self._full).st_ino  # noqa: PTH116
            with os.scandir(self._full):
                pass
        except OSError as error:
            stop(f"'{self._path}' can no longer be read: {error.strerror}")
        if inode != self._inode:
            stop(f"'{self._path}' was replaced by another folder; run the command again")
