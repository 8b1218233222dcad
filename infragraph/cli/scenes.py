"""From PATH to a graph, for the commands that start from one.

    PATH ──choose──▶ root ──discover──▶ tree ──analyze──▶ graph, owners, diagnostics

What there is to say about the way goes to standard error; findings stop nothing, since what is
known of an application is in its graph all the same.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infragraph.cli.collector import paused
from infragraph.cli.exits import Exit, stop
from infragraph.cli.output import columns, note
from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.render.excerpt import Page
from infragraph.diagnostics.render.text import render_findings
from infragraph.diagnostics.report import FileCounts, Report
from infragraph.diagnostics.selection import Selection
from infragraph.linking.compile import compile_application
from infragraph.model.graph import InfraGraph
from infragraph.usecases.analyze import analyze
from infragraph.usecases.applications import Undecided, choose_root
from infragraph.usecases.problems import ALL_PROBLEMS, codes_by_slug
from infragraph.usecases.reading import reading
from infragraph.views.scene import Scene
from infragraph.workspace.configuration import Setting
from infragraph.workspace.texts import Texts
from infragraph.workspace.tree import Surroundings, Tree, discover


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A scene and what is wrong with the application."""

    scene: Scene
    diagnostics: tuple[Diagnostic, ...]


def scene_at(path: str, application: str | None, python: str | None) -> Seen:
    """Where there is no application, or its configuration is wrong, the run ends."""
    root = _root(path, application, python)
    slugs = codes_by_slug(ALL_PROBLEMS)
    surroundings = Surroundings(
        slugs=slugs, python=python, active_environment=os.environ.get("VIRTUAL_ENV")
    )
    with paused(), reading() as files:
        tree = discover(root, surroundings, files.survey, files.told)
        if tree.configuration_mistakes:
            _show(tree)
            raise SystemExit(Exit.WORLD)
        selection = Selection(severity=tree.configuration.severity)
        analysis = analyze(tree, compile_application, slugs, selection, files)
    for line in analysis.notes:
        note(line)
    diagnostics = analysis.report.diagnostics
    _count(sum(found.severity == Severity.ERROR for found in diagnostics))
    owners = owners_of(tree.configuration.services)
    return Seen(scene=Scene(graph=analysis.report.graph, owners=owners), diagnostics=diagnostics)


def owners_of(services: Mapping[str, Setting]) -> Mapping[str, str]:
    """The owner of each service for which the configuration names one."""
    found: dict[str, str] = {}
    for name, settings in services.items():
        owner = settings.get("owner") if isinstance(settings, Mapping) else None
        if isinstance(owner, str):
            found[name] = owner
    return found


def _root(path: str, application: str | None, python: str | None) -> str:
    if not Path(path).exists():
        stop(f"there is no '{path}'")
    if python is not None and not Path(python).exists():
        stop(f"there is no '{python}' for --python")
    folder = Path(path) if Path(path).is_dir() else Path(path).parent
    chosen = choose_root(str(folder), application)
    if isinstance(chosen, Undecided):
        stop(chosen.reason)
    if chosen.note is not None:
        note(chosen.note)
    return chosen.root


def _show(tree: Tree) -> None:
    """The mistakes of a configuration, where no output can be mistaken for a result."""
    graph = InfraGraph(application="", nodes=(), edges=(), payloads={}, unresolved=())
    report = Report(
        graph=graph,
        diagnostics=tree.configuration_mistakes,
        files=FileCounts(analyzed=0, skipped={}),
    )
    texts = Texts(tree.root, tree.sources)
    page = Page(width=columns(), is_coloured=False, lines_of=texts.lines_of)
    sys.stderr.write(render_findings(report, page))


def _count(errors: int) -> None:
    if errors:
        what = "1 error" if errors == 1 else f"{errors} errors"
        note(
            f"the application has {what}, so that this may lack something; see 'infragraph analyze'"
        )
