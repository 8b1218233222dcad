"""The run behind `infragraph generate docker|ci`: text that people own from then on.

The image goes beside `infragraph.yaml`, the workflow to the top of the repository.
"""

from pathlib import Path

from infragraph.cli.delivering import Delivery, delivered
from infragraph.cli.exits import Exit, stop
from infragraph.cli.generation import Request, analyzed, refused
from infragraph.cli.outcome import Outcome
from infragraph.cli.output import note
from infragraph.diagnostics.diagnostic import Severity
from infragraph.scaffold.unsuitable import Unsuitable
from infragraph.usecases.boilerplate import Boilerplate, image, workflow
from infragraph.usecases.environment_checks import is_of_another
from infragraph.workspace.deployments import Made
from infragraph.workspace.manifest import Origin
from infragraph.workspace.reading import NotRead, read
from infragraph.workspace.repository import prefix_in_repository


def run(request: Request) -> Exit:
    if request.environment is not None:
        stop(f"'{request.what}' is the same for every environment; leave out --env")
    if request.only is not None:
        stop(f"'{request.what}' has one part alone; leave out --only")
    found = analyzed(request, ())
    configuration = found.tree.configuration
    standing = [
        one
        for one in found.report.diagnostics
        # Which environments there will be is not settled when an application begins.
        if one.severity == Severity.ERROR and not is_of_another(one, "", configuration)
    ]
    if standing:
        return refused(found, standing)
    made = _made(request.what, found)
    if isinstance(made, Unsuitable):
        stop(made.reason())
    for line in made.notes:
        note(line)
    origin = Origin(
        application=found.report.graph.application, generator=request.what, environment=None
    )
    files = tuple(Made(artifact=one, part=request.what) for one in made.artifacts)
    folder = _folder(request, found)
    delivery = Delivery(folder=folder, origin=origin, made=files, is_owned=True)
    return delivered(request, found, delivery)


def _made(what: str, found: Outcome) -> Boilerplate | Unsuitable:
    root = found.tree.root
    configuration = found.tree.configuration

    def beside(name: str) -> bytes | None:
        content = read(f"{root}/{name}")
        return None if isinstance(content, NotRead) else content

    if what == "docker":
        application = found.report.graph.application
        return image(application, found.tree.sources, configuration, beside)
    inside = prefix_in_repository(root).rstrip("/") or "."
    return workflow(found.report.graph, inside, configuration, beside)


def _folder(request: Request, found: Outcome) -> Path:
    if request.output is not None:
        return Path(request.output)
    root = Path(found.tree.root)
    if request.what == "docker":
        return root
    above = prefix_in_repository(found.tree.root).count("/")
    return root.joinpath(*[".."] * above)
