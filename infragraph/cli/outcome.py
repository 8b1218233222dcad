"""One analysis for a command: which root, which selection, and what came of it."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from infragraph.cli.exits import Exit, stop
from infragraph.cli.request import Request
from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.render.verdict import severities
from infragraph.diagnostics.report import FileCounts, Report
from infragraph.diagnostics.selection import Selection
from infragraph.model.graph import InfraGraph
from infragraph.usecases.analyze import Compiler, analyze
from infragraph.usecases.applications import Chosen, Undecided, choose_root
from infragraph.usecases.reading import OnDisk
from infragraph.usecases.slugs import Slugs
from infragraph.workspace.tree import Surroundings, Tree, discover

SLUGS = Slugs()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A report with the tree that it is about; `notes` are for whoever ran the command."""

    tree: Tree
    report: Report
    notes: tuple[str, ...]
    code: Exit


def root_of(request: Request) -> Chosen:
    """The folder to analyze; where none can be meant, the run ends."""
    path = Path(request.path)
    if not path.exists():
        stop(f"there is no '{request.path}'")
    if request.python is not None and not Path(request.python).exists():
        stop(f"there is no '{request.python}' for --python")
    folder = path if path.is_dir() else path.parent
    chosen = choose_root(str(folder), request.application)
    if isinstance(chosen, Undecided):
        stop(chosen.reason)
    return chosen


def outcome(request: Request, chosen: Chosen, compiler: Compiler, files: OnDisk) -> Outcome:
    """What the application of the chosen root consists of, and what is wrong with it."""
    select, ignore = _codes(request.select), _codes(request.ignore)
    said = () if chosen.note is None else (chosen.note,)
    tree = _tree(request, chosen.root, files)
    if tree.configuration_mistakes:
        return Outcome(tree=tree, report=_mistaken(tree), notes=said, code=Exit.WORLD)
    selection = Selection(
        select=frozenset(select) if request.select else None,
        ignore=frozenset(ignore),
        severity=tree.configuration.severity,
    )
    analysis = analyze(tree, compiler, SLUGS, selection, files)
    return Outcome(
        tree=tree,
        report=analysis.report,
        notes=(*said, *analysis.notes),
        code=_exit(analysis.report, is_strict=request.is_strict),
    )


def _tree(request: Request, root: str, files: OnDisk) -> Tree:
    surroundings = Surroundings(
        slugs=SLUGS,
        python=request.python,
        active_environment=os.environ.get("VIRTUAL_ENV"),
    )
    tree = discover(root, surroundings, files.survey, files.told, files.memory)
    if not request.targets:
        return tree
    configuration = replace(tree.configuration, targets=request.targets)
    return replace(tree, configuration=configuration)


def _codes(names: Iterable[str]) -> tuple[str, ...]:
    if not names:
        return ()
    from infragraph.usecases.problems import ALL_PROBLEMS, UnknownName, find  # noqa: PLC0415

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


def _exit(report: Report, *, is_strict: bool) -> Exit:
    counts = severities(report)
    fails = counts[Severity.ERROR] + (counts[Severity.WARNING] if is_strict else 0)
    return Exit.FINDINGS if fails else Exit.CLEAN
