"""From PATH to a graph, for the commands that start from one.

    PATH ──choose──▶ root ──discover──▶ tree ──analyze──▶ graph, owners, diagnostics

What there is to say about the way goes to standard error; findings stop nothing, since what is
known of an application is in its graph all the same.
"""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from infragraph.cli.collector import paused
from infragraph.cli.outcome import outcome, root_of
from infragraph.cli.output import note
from infragraph.cli.rendering import page
from infragraph.cli.request import Request
from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.render.text import render_findings
from infragraph.usecases.compiling import compile_application
from infragraph.usecases.reading import reading
from infragraph.views.scene import Scene
from infragraph.workspace.configuration import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A scene and what is wrong with the application."""

    scene: Scene
    diagnostics: tuple[Diagnostic, ...]


def scene_at(path: str, application: str | None, python: str | None) -> Seen:
    """Where there is no application, or its configuration is wrong, the run ends."""
    request = Request(path=path, python=python, application=application, is_cached=False)
    chosen = root_of(request)
    with paused(), reading() as files:
        found = outcome(request, chosen, compile_application, files)
    for line in found.notes:
        note(line)
    if found.tree.configuration_mistakes:
        # Where no output can be mistaken for a result.
        sys.stderr.write(render_findings(found.report, page(found.tree, is_for_screen=False)))
        raise SystemExit(found.code)
    diagnostics = found.report.diagnostics
    graph, configuration = found.report.graph, found.tree.configuration
    errors = sum(one.severity == Severity.ERROR for one in diagnostics)
    _count(errors)
    names = (node.name for node in graph.nodes if node.kind == "service")
    owners = owners_of(configuration.services, configuration.owner, names)
    scene = Scene(graph=graph, owners=owners, owner=configuration.owner)
    return Seen(scene=scene, diagnostics=diagnostics)


def note_unresolved(scene: Scene) -> None:
    """What is known to be missing from a picture or a document."""
    count = len(scene.graph.unresolved)
    if count:
        what = "1 use" if count == 1 else f"{count} uses"
        note(
            f"{what} could not be resolved, so that this may lack something; "
            "see 'infragraph analyze'"
        )


def owners_of(
    services: Mapping[str, Setting], owner: str | None, names: Iterable[str]
) -> Mapping[str, str]:
    """The owner of each service that has one: its own, else that of the application."""
    found = {} if owner is None else dict.fromkeys(names, owner)
    for name, settings in services.items():
        own = settings.get("owner") if isinstance(settings, Mapping) else None
        if isinstance(own, str):
            found[name] = own
    return found


def _count(errors: int) -> None:
    if errors:
        what = "1 error" if errors == 1 else f"{errors} errors"
        note(
            f"the application has {what}, so that this may lack something; see 'infragraph analyze'"
        )
