"""What every `generate` begins with: its command line, an analysis, and what stands in the way."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace

from infragraph.cli.collector import paused
from infragraph.cli.exits import Exit
from infragraph.cli.outcome import Outcome, outcome, root_of
from infragraph.cli.output import note
from infragraph.cli.progress import progress
from infragraph.cli.rendering import page
from infragraph.cli.request import Request as Analyzed
from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.render.terminal import safe
from infragraph.diagnostics.render.text import render_findings
from infragraph.model.stages import untold
from infragraph.usecases.compiling import compile_application
from infragraph.usecases.reading import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The command line of `generate`, as it was typed."""

    what: str
    path: str
    environment: str | None
    output: str | None
    only: tuple[str, ...] | None
    is_check: bool
    is_forced: bool
    application: str | None
    python: str | None


def analyzed(request: Request, targets: tuple[str, ...]) -> Outcome:
    """The application, held against the limits of `targets`, or of those of its configuration.

    Where the configuration is wrong, the run ends.
    """
    asked = Analyzed(
        path=request.path,
        python=request.python,
        application=request.application,
        targets=targets,
        is_cached=False,
    )
    chosen = root_of(asked)
    shown = progress()
    try:
        with paused(), reading(told=untold if shown is None else shown.told) as files:
            found = outcome(asked, chosen, compile_application, files)
    finally:
        if shown is not None:
            shown.clear()
    for line in found.notes:
        note(line)
    if found.tree.configuration_mistakes:
        tell(found, found.report.diagnostics)
        raise SystemExit(found.code)
    return found


def refused(found: Outcome, findings: Iterable[Diagnostic]) -> Exit:
    """Tells all that stands in the way, also uses whose findings are not shown."""
    shown = tuple(findings)
    tell(found, shown)
    unresolved = found.report.graph.unresolved
    told = {one.span for one in shown}
    for use in unresolved:
        if use.span not in told:
            place = f"{use.span.path}:{use.span.line}"
            note(safe(f"{place}: '{use.expression}' could not be resolved: {use.reason}"))
    why = f"; {counted(len(unresolved), 'use')} could not be resolved" if unresolved else ""
    sys.stderr.write(f"nothing is generated until this is mended{why}\n")
    return Exit.FINDINGS


def tell(found: Outcome, findings: Iterable[Diagnostic]) -> None:
    """Where no output can be mistaken for a result; each once."""
    shown = tuple(sorted(dict.fromkeys(findings), key=lambda one: (one.span, one.code)))
    if shown:
        report = replace(found.report, diagnostics=shown)
        sys.stderr.write(render_findings(report, page(found.tree, is_for_screen=False)))


def counted(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"
