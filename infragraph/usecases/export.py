"""Write documents about a graph.

scene ──render──▶ artifacts, each a path with a text, and what they cannot hold
"""

from dataclasses import dataclass, replace

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.formats.given import Document, Others
from infragraph.formats.tables import ALL_FORMATS, document_renderer, names, omissions_of
from infragraph.model.artifact import Artifact
from infragraph.usecases import diagram
from infragraph.views.scene import Scene

_DEPTH = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which documents; `form` is for those that have several."""

    what: str
    form: str | None
    target: str | None
    source_url: str | None


def export(
    scene: Scene, diagnostics: tuple[Diagnostic, ...], wanted: Wanted
) -> tuple[Artifact, ...]:
    """Sorted by path; no two have the same."""
    document = _document(scene, diagnostics, wanted)
    artifacts = tuple(sorted(document_renderer(wanted.what)(document)))
    paths = {artifact.path.casefold() for artifact in artifacts}
    # On some systems names that differ in case alone are one file.
    assert len(paths) == len(artifacts), "every artifact has a file of its own"
    return artifacts


def omissions(scene: Scene, diagnostics: tuple[Diagnostic, ...], wanted: Wanted) -> tuple[str, ...]:
    """What is in the graph and cannot be in these documents, a sentence each."""
    return omissions_of(wanted.what)(_document(scene, diagnostics, wanted))


def _document(scene: Scene, diagnostics: tuple[Diagnostic, ...], wanted: Wanted) -> Document:
    return Document(
        scene=scene,
        diagnostics=diagnostics,
        target=wanted.target,
        source_url=wanted.source_url,
        form=wanted.form,
        others=_others(scene, diagnostics, wanted),
    )


def _others(scene: Scene, diagnostics: tuple[Diagnostic, ...], wanted: Wanted) -> Others:
    def other(what: str) -> Wanted:
        return replace(wanted, what=what, form=None)

    def picture(form: str, view: str) -> str | None:
        if form not in names(ALL_FORMATS):
            return None
        picture = diagram.Wanted(form=form, view=view, depth=_DEPTH, source_url=wanted.source_url)
        drawn = diagram.draw(scene, diagnostics, picture, _laid_out_by_others)
        return drawn if isinstance(drawn, str) else None

    return Others(
        documents=lambda what, part: export(part, diagnostics, other(what)),
        omissions=lambda what, part: omissions(part, diagnostics, other(what)),
        picture=picture,
    )


def _laid_out_by_others(_text: str) -> str:
    """Pictures within documents are texts that a browser lays out."""
    raise AssertionError
