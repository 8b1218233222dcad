"""The view that a name means."""

from dataclasses import replace

from infragraph.diagnostics.words import nearest
from infragraph.model.diagram import Diagram
from infragraph.model.graph import InfraGraph
from infragraph.views import data, events, system
from infragraph.views.lookup import NotFound, find
from infragraph.views.neighbourhood import KINDS, neighbourhood
from infragraph.views.scene import Scene

WHOLE = {system.NAME: system.system, events.NAME: events.events, data.NAME: data.data}
"""The views of a whole application."""

NAMES = (*WHOLE, *(f"{kind}:NAME" for kind in KINDS))


def view(scene: Scene, name: str, *, depth: int) -> Diagram | NotFound:
    """The picture called `name`; `depth` is for those of one node."""
    whole = WHOLE.get(name)
    if whole is not None:
        return _never_blank(whole(scene))
    kind, colon, wanted = name.partition(":")
    if colon and kind in KINDS:
        found = find(scene.graph, wanted, {kind})
        return found if isinstance(found, NotFound) else neighbourhood(scene, found, depth)
    near = nearest(kind, (*WHOLE, *KINDS))
    hint = f"; did you mean '{near}'?" if near not in {None, name} else ""
    return NotFound(reason=f"there is no view '{name}'{hint}; the views are {', '.join(NAMES)}")


def offered(graph: InfraGraph) -> tuple[str, ...]:
    """Every view that there is of a graph."""
    single = (node.id for node in graph.nodes if node.kind in KINDS)
    return (*WHOLE, *single)


def _never_blank(diagram: Diagram) -> Diagram:
    """Nothing is said to be nothing, lest it is taken for a mistake of whoever draws it."""
    if diagram.shapes:
        return diagram
    return replace(diagram, notes=("there is nothing to show", *diagram.notes))
