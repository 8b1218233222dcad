"""The run behind `infragraph analyze`: tree, use case, renderer, exit code."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from infragraph.cli.exits import Exit, stop
from infragraph.cli.output import columns, encoded, is_coloured, note, put
from infragraph.cli.version import VERSION
from infragraph.cli.warm import remember
from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.render.excerpt import Page
from infragraph.diagnostics.render.verdict import severities, verdict
from infragraph.diagnostics.report import FileCounts, Report
from infragraph.diagnostics.selection import Selection
from infragraph.model.graph import InfraGraph
from infragraph.usecases.analyze import Compiler, analyze
from infragraph.usecases.applications import Undecided, choose_root
from infragraph.usecases.problems import (
    ALL_PROBLEMS,
    UnknownName,
    by_code,
    codes_by_slug,
    find,
)
from infragraph.usecases.reading import OnDisk, reading
from infragraph.workspace.inputs import noting
from infragraph.workspace.repository import prefix_in_repository
from infragraph.workspace.texts import Texts
from infragraph.workspace.tree import Surroundings, Tree, discover


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The command line of `analyze`, as it was typed."""

    path: str
    form: str
    output: str | None
    is_strict: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    targets: tuple[str, ...]
    python: str | None
    application: str | None
    is_cached: bool


def run(request: Request, compiler: Compiler) -> Exit:
    """Analyze, print, and remember what was printed, so that the next run need not."""
    noted = noting()
    with reading() as files:
        text, notes, root, code, closing = _analyzed(request, compiler, files)
    for line in notes:
        note(line)
    put(text, request.output)
    if request.output not in {None, "-"}:
        sys.stderr.write(f"{closing}\n")
    if request.is_cached:
        said = "".join(f"note: {line}\n" for line in notes)
        remember(sys.argv[1:], root, noted, (encoded(text), said, int(code)))
    return code


def _analyzed(
    request: Request, compiler: Compiler, files: OnDisk
) -> tuple[str, tuple[str, ...], str, Exit, str]:
    """What to print, what to note, the root, the exit code, and the verdict."""
    select, ignore = _codes(request.select), _codes(request.ignore)
    tree, said = _tree(request, files)
    if tree.configuration_mistakes:
        return _rendered(_mistaken(tree), tree, request), said, tree.root, Exit.WORLD, ""
    selection = Selection(
        select=frozenset(select) if request.select else None,
        ignore=frozenset(ignore),
        severity=tree.configuration.severity,
    )
    analysis = analyze(tree, compiler, codes_by_slug(ALL_PROBLEMS), selection, files)
    notes = (*said, *analysis.notes)
    code = _exit(analysis.report, is_strict=request.is_strict)
    return (
        _rendered(analysis.report, tree, request),
        notes,
        tree.root,
        code,
        verdict(analysis.report),
    )


def _tree(request: Request, files: OnDisk) -> tuple[Tree, tuple[str, ...]]:
    """The tree, and what is to be noted about the choice of its root."""
    path = Path(request.path)
    if not path.exists():
        stop(f"there is no '{request.path}'")
    if request.python is not None and not Path(request.python).exists():
        stop(f"there is no '{request.python}' for --python")
    folder = path if path.is_dir() else path.parent
    chosen = choose_root(str(folder), request.application)
    if isinstance(chosen, Undecided):
        stop(chosen.reason)
    said = () if chosen.note is None else (chosen.note,)
    surroundings = Surroundings(
        slugs=codes_by_slug(ALL_PROBLEMS),
        python=request.python,
        active_environment=os.environ.get("VIRTUAL_ENV"),
    )
    tree = discover(chosen.root, surroundings, files.survey, files.told)
    if request.targets:
        configuration = replace(tree.configuration, targets=request.targets)
        tree = replace(tree, configuration=configuration)
    return tree, said


def _codes(names: Iterable[str]) -> tuple[str, ...]:
    codes: list[str] = []
    for name in (part.strip() for written in names for part in written.split(",")):
        found = find(name, ALL_PROBLEMS)
        if isinstance(found, UnknownName):
            hint = f"; did you mean '{found.near}'?" if found.near else ""
            stop(f"there is no problem '{name}' to select or ignore{hint}")
        codes.append(found.code)
    return tuple(codes)


def _mistaken(tree: Tree) -> Report:
    """The mistakes of a configuration, and nothing of an application that was not read."""
    graph = InfraGraph(application="", nodes=(), edges=(), payloads={}, unresolved=())
    files = FileCounts(analyzed=0, skipped={})
    return Report(graph=graph, diagnostics=tree.configuration_mistakes, files=files)


def _rendered(report: Report, tree: Tree, request: Request) -> str:
    texts = Texts(tree.root, tree.sources)
    if request.form == "json":
        from infragraph.diagnostics.render import json  # noqa: PLC0415 - one format a run

        return json.render(report)
    if request.form == "sarif":
        from infragraph.diagnostics.render import sarif  # noqa: PLC0415

        origin = sarif.Origin(
            version=VERSION,
            problems=by_code(ALL_PROBLEMS),
            prefix=prefix_in_repository(tree.root),
            text_of=texts.text_of,
        )
        return sarif.render(report, origin)
    if request.form == "github":
        from infragraph.diagnostics.render import github  # noqa: PLC0415

        return github.render(report, prefix=prefix_in_repository(tree.root))
    from infragraph.diagnostics.render import text  # noqa: PLC0415

    to_screen = request.output is None
    page = Page(width=columns(), is_coloured=to_screen and is_coloured(), lines_of=texts.lines_of)
    if tree.configuration_mistakes:
        return text.render_findings(report, page)
    return text.render(report, page)


def _exit(report: Report, *, is_strict: bool) -> Exit:
    counts = severities(report)
    fails = counts[Severity.ERROR] + (counts[Severity.WARNING] if is_strict else 0)
    return Exit.FINDINGS if fails else Exit.CLEAN
