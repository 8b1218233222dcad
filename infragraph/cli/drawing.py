"""The run behind `infragraph diagram`: graph, picture, file or difference."""

from dataclasses import dataclass

from infragraph.cli.exits import Exit, stop
from infragraph.cli.generated import deliver_text, demand_file
from infragraph.cli.scenes import note_unresolved, scene_at
from infragraph.usecases.diagram import Wanted, draw
from infragraph.views.source_links import template_fault
from infragraph.workspace import graphviz


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The command line of `diagram`, as it was typed."""

    path: str
    form: str
    view: str
    depth: int
    engine: str
    source_url: str | None
    output: str
    is_check: bool
    application: str | None
    python: str | None


def run(request: Request) -> Exit:
    demand_file(request.output, is_check=request.is_check)
    demand_template(request.source_url)
    seen = scene_at(request.path, request.application, request.python)
    note_unresolved(seen.scene)
    wanted = Wanted(
        form=request.form, view=request.view, depth=request.depth, source_url=request.source_url
    )

    def lay_out(dot: str) -> str:
        laid = graphviz.lay_out(request.engine, dot)
        if isinstance(laid, graphviz.NoLayout):
            stop(laid.reason)
        return laid

    text = draw(seen.scene, seen.diagnostics, wanted, lay_out)
    if not isinstance(text, str):
        stop(text.reason)
    return deliver_text(text, request.output, is_check=request.is_check)


def demand_template(source_url: str | None) -> None:
    """Ends the run where links could not be made with it."""
    fault = None if source_url is None else template_fault(source_url)
    if fault is not None:
        stop(f"--source-url takes the template of an address: {fault}")
