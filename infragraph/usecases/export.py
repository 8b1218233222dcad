"""Write documents about a graph.

scene ──render──▶ artifacts, each a path with a text
"""

from infragraph.formats.given import Document
from infragraph.formats.tables import document_renderer
from infragraph.model.artifact import Artifact


def export(name: str, document: Document) -> tuple[Artifact, ...]:
    """Sorted by path; no two have the same."""
    artifacts = tuple(sorted(document_renderer(name)(document)))
    paths = {artifact.path.casefold() for artifact in artifacts}
    # On some systems names that differ in case alone are one file.
    assert len(paths) == len(artifacts), "every artifact has a file of its own"
    return artifacts
