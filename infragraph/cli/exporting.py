"""The run behind `infragraph export`: graph, documents, files or differences."""

from dataclasses import dataclass

from infragraph.cli.drawing import demand_template
from infragraph.cli.exits import Exit
from infragraph.cli.generated import deliver, demand_file
from infragraph.cli.output import warn
from infragraph.cli.scenes import note_unresolved, scene_at
from infragraph.usecases.export import Wanted, export, omissions


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The command line of `export`, as it was typed."""

    what: str
    form: str | None
    path: str
    output: str
    is_check: bool
    target: str | None
    source_url: str | None
    application: str | None
    python: str | None


def run(request: Request) -> Exit:
    demand_file(request.output, is_check=request.is_check)
    demand_template(request.source_url)
    seen = scene_at(request.path, request.application, request.python)
    note_unresolved(seen.scene)
    wanted = Wanted(
        what=request.what,
        form=request.form,
        target=request.target,
        source_url=request.source_url,
    )
    artifacts = export(seen.scene, seen.diagnostics, wanted)
    for line in omissions(seen.scene, seen.diagnostics, wanted):
        warn(line)
    return deliver(artifacts, request.output, is_check=request.is_check)
