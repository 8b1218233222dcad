"""The run behind `infragraph analyze`: root, outcome, rendering, exit code."""

import sys
from collections.abc import Callable

from infragraph.cli import timings
from infragraph.cli.exits import Exit
from infragraph.cli.kept import place_of
from infragraph.cli.outcome import Outcome, outcome, root_of
from infragraph.cli.output import encoded, note, put
from infragraph.cli.progress import Progress, progress
from infragraph.cli.rendering import rendered
from infragraph.cli.request import Request
from infragraph.cli.stopwatch import Stopwatch
from infragraph.cli.warm import remember
from infragraph.diagnostics.render.verdict import verdict
from infragraph.frontend.extract.isolation.workers import usable_cores
from infragraph.model.stages import Stage
from infragraph.usecases.analyze import Compiler
from infragraph.usecases.reading import TOKENS, reading
from infragraph.workspace.inputs import noting


def run(request: Request, compiler: Compiler) -> Exit:
    """Analyze, print, and remember what was printed, so that the next run need not."""
    watch, shown = Stopwatch(), progress()
    noted = noting()
    watch.begin("find")
    chosen = root_of(request)
    try:
        place = place_of(chosen.root, request)
        with reading(jobs=request.jobs, told=_telling(watch, shown), place=place) as files:
            found = outcome(request, chosen, compiler, files)
        watch.begin("render")
        text = rendered(found, request)
    finally:
        if shown is not None:
            shown.clear()
    for line in found.notes:
        note(line)
    put(text, request.file)
    said = "".join(f"note: {line}\n" for line in found.notes)
    if request.file is not None and not found.tree.configuration_mistakes:
        told = f"{verdict(found.report)}\n"
        sys.stderr.write(told)
        said += told
    watch.begin("keep")
    files.keep()
    if request.is_cached:
        remember(
            sys.argv[1:],
            chosen.root,
            noted,
            (encoded(text, request.file), said, int(found.code)),
            TOKENS,
            is_shown=chosen.note is not None,
            is_everywhere=not found.tree.configuration_mistakes,
        )
    watch.end()
    if request.has_timings:
        timings.show(timings.lines(watch, used(request, found)))
    return found.code


def used(request: Request, found: Outcome) -> timings.Used:
    return timings.Used(
        seen=sum(not file.is_library for file in found.tree.sources),
        workers=usable_cores() if request.jobs is None else request.jobs,
        cache="the cache was used" if request.is_cached else "the cache was not used",
    )


def _telling(watch: Stopwatch, shown: Progress | None) -> Callable[[Stage, int, int], None]:
    """Both, of which one may not be there."""
    if shown is None:
        return watch.told

    def told(stage: Stage, done: int, total: int) -> None:
        watch.told(stage, done, total)
        shown.told(stage, done, total)

    return told
