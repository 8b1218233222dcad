"""The run behind `infragraph generate`: graph, environment, plan, files or differences.

    PATH ──analyze──▶ graph ──choose──▶ environment ──generate──▶ artifacts ──decide──▶ files

Each step may end the run, with all that is wrong so far.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from infragraph.cli.collector import paused
from infragraph.cli.exits import Exit, stop
from infragraph.cli.outcome import Outcome, outcome, root_of
from infragraph.cli.output import note, show, to_screen
from infragraph.cli.progress import progress
from infragraph.cli.rendering import page
from infragraph.cli.request import Request as Analyzed
from infragraph.cli.version import VERSION
from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.generation_problems import FILE_NOT_GENERATED, GENERATED_FILE_EDITED
from infragraph.diagnostics.render.text import render_findings
from infragraph.diagnostics.selection import Selection, chosen
from infragraph.model.source import SourceSpan
from infragraph.model.stages import untold
from infragraph.usecases.compiling import compile_application
from infragraph.usecases.environments import NoEnvironment, chosen_key
from infragraph.usecases.generate import generate
from infragraph.usecases.generators import generator
from infragraph.usecases.preparing import Prepared, obstacles, prepare
from infragraph.usecases.reading import reading
from infragraph.usecases.staleness import difference
from infragraph.workspace.deployments import (
    BESIDE,
    Deployment,
    Fate,
    Made,
    Outside,
    Step,
    after,
    carry_out,
    decide,
    inside,
    opened,
)
from infragraph.workspace.manifest import Manifest, Origin, Unusable
from infragraph.workspace.overrides import read_overrides


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


def run(request: Request) -> Exit:
    found = _analyzed(request)
    prepared = _prepared(request, found)
    report, configuration = found.report, found.tree.configuration
    standing = obstacles(report, configuration, prepared, datetime.now(tz=UTC).date())
    if standing or report.graph.unresolved:
        return _refused(found, standing)
    generation = generate(
        report.graph,
        prepared.environment,
        prepared.overrides.spans,
        generator(request.what),
        request.only,
    )
    told = chosen(generation.diagnostics, Selection(severity=configuration.severity))
    if not generation.is_whole:
        errors = (one for one in generation.diagnostics if one.severity == Severity.ERROR)
        return _refused(found, {*told, *errors})
    _print(found, told)
    return _delivered(request, found, prepared.environment.name, generation.made)


def _analyzed(request: Request) -> Outcome:
    analyzed = Analyzed(
        path=request.path,
        python=request.python,
        application=request.application,
        targets=(request.what,),
        is_cached=False,
    )
    chosen_root = root_of(analyzed)
    shown = progress()
    try:
        with paused(), reading(told=untold if shown is None else shown.told) as files:
            found = outcome(analyzed, chosen_root, compile_application, files)
    finally:
        if shown is not None:
            shown.clear()
    for line in found.notes:
        note(line)
    if found.tree.configuration_mistakes:
        _print(found, found.report.diagnostics)
        raise SystemExit(found.code)
    return found


def _prepared(request: Request, found: Outcome) -> Prepared:
    configuration = found.tree.configuration
    key = chosen_key(request.environment, configuration.environments, request.what)
    if isinstance(key, NoEnvironment):
        stop(key.reason)
    name = request.environment or key
    return prepare(name, key, configuration, partial(read_overrides, found.tree.root))


def _refused(found: Outcome, findings: Iterable[Diagnostic]) -> Exit:
    _print(found, findings)
    unresolved = len(found.report.graph.unresolved)
    why = f"; {_count(unresolved, 'use')} could not be resolved" if unresolved else ""
    sys.stderr.write(f"nothing is generated until this is mended{why}\n")
    return Exit.FINDINGS


def _print(found: Outcome, findings: Iterable[Diagnostic]) -> None:
    """Where no output can be mistaken for a result."""
    shown = tuple(sorted(findings, key=lambda one: one.span))
    if shown:
        report = replace(found.report, diagnostics=shown)
        sys.stderr.write(render_findings(report, page(found.tree, is_for_screen=False)))


def _delivered(request: Request, found: Outcome, environment: str, made: Iterable[Made]) -> Exit:
    origin = Origin(
        application=found.report.graph.application,
        generator=request.what,
        environment=environment,
    )
    folder = _folder(request, found, environment)
    deployment = opened(folder, origin)
    if isinstance(deployment, Unusable):
        stop(deployment.reason)
    steps = decide(deployment, made, request.only, is_forced=request.is_forced)
    manifest = after(deployment, steps, request.only, f"infragraph {VERSION}")
    if request.is_check:
        return _checked(deployment, steps, manifest)
    carry_out(deployment, steps, manifest)
    kept = tuple(_kept(step, folder) for step in steps if step.fate in _IN_THE_WAY)
    _print(found, kept)
    _summarize(folder, steps)
    return Exit.FINDINGS if kept else Exit.CLEAN


def _folder(request: Request, found: Outcome, environment: str) -> Path:
    root = Path(found.tree.root)
    if request.output is None:
        folder = root / "deploy" / request.what / environment
    else:
        folder = Path(request.output)
    refusal = inside(root, folder)
    if isinstance(refusal, Outside):
        stop(refusal.reason)
    return folder


_IN_THE_WAY = frozenset({Fate.EDITED, Fate.FOREIGN})


def _checked(deployment: Deployment, steps: Iterable[Step], manifest: Manifest) -> Exit:
    """The differences, without those beside files that stay: of these the files are told."""
    lines = [line for step in steps for line in _difference(deployment.folder, step)]
    before = deployment.before
    if not lines and (before is None or before.files != manifest.files):
        lines.append(f"{deployment.folder}: the list of generated files is not current")
    if not lines:
        return Exit.CLEAN
    show(to_screen("".join(f"{line}\n" for line in lines)))
    return Exit.FINDINGS


def _difference(folder: Path, step: Step) -> Iterator[str]:
    name = str(folder / step.path)
    if step.made is None:
        if step.fate == Fate.REMOVED:
            yield f"only in {folder}: {step.path}, which is generated no more"
    elif not step.path.endswith(BESIDE):
        yield from difference(name, step.present, step.made.artifact.content)
        if step.fate == Fate.WRITTEN and step.present == step.made.artifact.content.encode():
            yield f"{name} is not executable"


def _kept(step: Step, folder: Path) -> Diagnostic:
    path = str(folder / step.path)
    span = SourceSpan(path=path, line=1, column=1, end_line=1, end_column=1)
    problem = GENERATED_FILE_EDITED if step.fate == Fate.EDITED else FILE_NOT_GENERATED
    return problem.at(span, path=path, beside=f"{path}{BESIDE}")


def _summarize(folder: Path, steps: Iterable[Step]) -> None:
    fates = Counter(step.fate for step in steps)
    for step in steps:
        if step.fate == Fate.ORPHANED:
            note(
                f"'{folder / step.path}' is generated no more; it was changed by hand, so it stays"
            )
    parts = [
        f"{_count(fates[Fate.WRITTEN], 'file')} written",
        f"{fates[Fate.UNCHANGED]} unchanged",
        f"{fates[Fate.REMOVED]} removed" if fates[Fate.REMOVED] else "",
    ]
    sys.stderr.write(f"{folder}: {', '.join(filter(None, parts))}\n")


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"
