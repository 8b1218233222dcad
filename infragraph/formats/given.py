"""What every format is given: values alone, so that none reads, writes or starts anything."""

from collections.abc import Callable
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.diagram import Diagram
from infragraph.views.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A diagram to draw, with the scene that it shows a part of.

    `lay_out` turns DOT text into the JSON of Graphviz; it ends the command where Graphviz is not
    there, so that only who needs it may call it. `source_url` is a template, for
    `infragraph.views.source_links`.
    """

    diagram: Diagram
    scene: Scene
    diagnostics: tuple[Diagnostic, ...]
    source_url: str | None
    lay_out: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A scene to write about, for a `target` where bindings are wanted."""

    scene: Scene
    diagnostics: tuple[Diagnostic, ...]
    target: str | None
    source_url: str | None
