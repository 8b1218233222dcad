"""Draw a part of a graph.

    scene ──view──▶ diagram ──render──▶ text

Laying out needs a program of its own, so that it is an argument.
"""

from collections.abc import Callable
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.formats.given import Picture
from infragraph.formats.tables import picture_renderer
from infragraph.model.diagram import Undrawable
from infragraph.views.choosing import view
from infragraph.views.lookup import NotFound
from infragraph.views.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which picture, in which of the formats that there are."""

    form: str
    view: str
    depth: int
    source_url: str | None


def draw(
    scene: Scene,
    diagnostics: tuple[Diagnostic, ...],
    wanted: Wanted,
    lay_out: Callable[[str], str],
) -> str | NotFound | Undrawable:
    diagram = view(scene, wanted.view, depth=wanted.depth)
    if isinstance(diagram, NotFound):
        return diagram
    picture = Picture(
        diagram=diagram,
        scene=scene,
        diagnostics=diagnostics,
        source_url=wanted.source_url,
        lay_out=lay_out,
    )
    return picture_renderer(wanted.form)(picture)
