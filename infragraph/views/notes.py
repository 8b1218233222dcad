"""Sentences below a picture: what a reader must know that is not drawn."""

from collections.abc import Iterator

from infragraph.model.graph import InfraGraph

_SHOWN = 5


def unresolved_notes(graph: InfraGraph) -> Iterator[str]:
    """The uses that could not be tied to a resource, which may be arrows that are missing."""
    for one in graph.unresolved[:_SHOWN]:
        place = f"{one.span.path}:{one.span.line}"
        yield f"not drawn, since {one.reason}: {one.expression} ({place})"
    left = len(graph.unresolved) - _SHOWN
    if left > 0:
        uses = "use is" if left == 1 else "uses are"
        yield f"{left} more {uses} not drawn; 'infragraph analyze --format json' lists all"
