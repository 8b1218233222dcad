"""Docstrings where a document has a place for one line and a place for more."""

from infragraph.model.graph import Property


def prose(doc: str | None) -> dict[str, Property]:
    """The first line as the summary, and all of it as the description where it has others."""
    if doc is None:
        return {}
    first = doc.partition("\n")[0]
    return {"summary": doc} if first == doc else {"summary": first, "description": doc}
