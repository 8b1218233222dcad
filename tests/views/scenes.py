"""Small applications as scenes, and diagrams as lines that read well in a test."""

from collections.abc import Mapping

from infragraph.model.diagram import Diagram
from infragraph.views.scene import Scene
from tests.compiling import compiled

HEAD = """\
from dataclasses import dataclass

from infragraph import Bucket, Secret, Service, SQLDatabase, Topic

@dataclass
class Order:
    id: str

"""


def scene(text: str, owners: Mapping[str, str] | None = None) -> Scene:
    """Of one module, `shop.py`, below what all need."""
    return scene_of({"shop.py": module(text)}, owners)


def module(text: str) -> str:
    return HEAD + text


def scene_of(files: Mapping[str, str], owners: Mapping[str, str] | None = None) -> Scene:
    graph, _ = compiled(files)
    return Scene(graph=graph, owners=owners or {})


def shapes(diagram: Diagram) -> list[str]:
    """`group > id | label | detail | marks`."""
    return [
        " | ".join(
            filter(
                None,
                (
                    f"{shape.group or '-'} > {shape.id}",
                    shape.label if shape.label not in shape.id else "",
                    shape.detail,
                    " ".join(shape.marks),
                ),
            )
        )
        for shape in diagram.shapes
    ]


def arrows(diagram: Diagram) -> list[str]:
    """`source -> target: label (marks)`."""
    return [
        f"{arrow.source} -> {arrow.target}: {arrow.label}"
        + (f" ({' '.join(arrow.marks)})" if arrow.marks else "")
        for arrow in diagram.arrows
    ]
