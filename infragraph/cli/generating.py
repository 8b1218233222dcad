"""The run behind `infragraph generate aws|gcp`: graph, environment, plan, files or differences.

    PATH ──analyze──▶ graph ──choose──▶ environment ──generate──▶ artifacts ──deliver──▶ files

Each step may end the run, with all that is wrong so far.
"""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from infragraph.cli.delivering import Delivery, delivered
from infragraph.cli.exits import Exit, stop
from infragraph.cli.generation import Request, analyzed, refused, tell
from infragraph.cli.outcome import Outcome
from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.selection import Selection, chosen
from infragraph.usecases.environments import NoEnvironment, chosen_key
from infragraph.usecases.generate import generate
from infragraph.usecases.generators import generator
from infragraph.usecases.preparing import Prepared, obstacles, prepare
from infragraph.workspace.manifest import Origin
from infragraph.workspace.overrides import read_overrides


def run(request: Request) -> Exit:
    found = analyzed(request, (request.what,))
    prepared = _prepared(request, found)
    report, configuration = found.report, found.tree.configuration
    standing = obstacles(report, configuration, prepared, datetime.now(tz=UTC).date())
    if standing or report.graph.unresolved:
        return refused(found, standing)
    environment = prepared.environment
    spans = prepared.overrides.spans
    made = generate(report.graph, environment, spans, generator(request.what), request.only)
    told = chosen(made.diagnostics, Selection(severity=configuration.severity))
    if not made.is_whole:
        errors = (one for one in made.diagnostics if one.severity == Severity.ERROR)
        return refused(found, (*told, *errors))
    tell(found, told)
    origin = Origin(
        application=report.graph.application, generator=request.what, environment=environment.name
    )
    own = Path(found.tree.root) / "deploy" / request.what / environment.name
    folder = own if request.output is None else Path(request.output)
    return delivered(request, found, Delivery(folder=folder, origin=origin, made=made.made))


def _prepared(request: Request, found: Outcome) -> Prepared:
    configuration = found.tree.configuration
    key = chosen_key(request.environment, configuration.environments, request.what)
    if isinstance(key, NoEnvironment):
        stop(key.reason)
    name = request.environment or key
    return prepare(name, key, configuration, partial(read_overrides, found.tree.root))
