"""What every format is given: values alone, so that none reads, writes or starts anything."""

from collections.abc import Callable
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.artifact import Artifact
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
class Others:
    """What other formats make, for one that refers to it or shows it, since none imports another.

    `documents` takes the name of an export and a scene, as `omissions` of its documents does;
    `picture` those of a format and a view, and gives None where there is no such format or nothing
    to draw.
    """

    documents: Callable[[str, Scene], tuple[Artifact, ...]]
    omissions: Callable[[str, Scene], tuple[str, ...]]
    picture: Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A scene to write about, for a `target` where bindings are wanted.

    `form` is the one that is wanted of those that the export has; None stands for the first.
    """

    scene: Scene
    diagnostics: tuple[Diagnostic, ...]
    target: str | None
    source_url: str | None
    form: str | None
    others: Others
