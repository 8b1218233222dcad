"""Services that are opened one at a time, where a picture shows them collapsed."""

from collections.abc import Iterator
from dataclasses import replace

from infragraph.model.diagram import Diagram, Mark
from infragraph.views import system
from infragraph.views.scene import Scene

FEW = 40
"""How many collapsed services are shown around an open one; of more, only those it touches."""


def expanded(diagram: Diagram, scene: Scene) -> Iterator[tuple[str, Diagram]]:
    """For each collapsed shape its id, and the system with it alone open."""
    closed = frozenset(shape.id for shape in diagram.shapes if Mark.COLLAPSED in shape.marks)
    for name in sorted(closed):
        opened = system.system(scene, collapsed=closed - {name})
        yield name, opened if len(closed) <= FEW else _around(opened, name)


def _around(diagram: Diagram, name: str) -> Diagram:
    inside = {shape.id for shape in diagram.shapes if shape.group == name}
    arrows = tuple(it for it in diagram.arrows if inside & {it.source, it.target})
    ends = inside | {end for arrow in arrows for end in (arrow.source, arrow.target)}
    hidden = sum(1 for shape in diagram.shapes if shape.id not in ends)
    note = f"{hidden} services that this one does not touch are not shown"
    return replace(
        diagram,
        shapes=tuple(shape for shape in diagram.shapes if shape.id in ends),
        arrows=arrows,
        notes=(*diagram.notes, note) if hidden else diagram.notes,
    )
