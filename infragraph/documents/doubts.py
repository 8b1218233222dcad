"""What a document may lack."""

from collections.abc import Iterable

from infragraph.model.graph import Property, Unresolved


def doubts(unresolved: Iterable[Unresolved]) -> list[Property] | None:
    """The uses that could not be tied to a resource; None where there are none."""
    told: list[Property] = [
        {
            "location": f"{one.span.path}:{one.span.line}",
            "expression": one.expression,
            "reason": one.reason,
        }
        for one in unresolved
    ]
    return told or None
