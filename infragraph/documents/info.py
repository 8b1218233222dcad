"""What a document says of itself."""

from infragraph.documents.narrowing import Object, present

VERSION = "0.0.0"
"""The source of an application does not say which version it is."""


def info(title: str, doc: str | None, owner: str | None) -> Object:
    """The owner, whom the configuration names, is whom to ask."""
    contact: Object | None = None if owner is None else {"name": owner}
    return present({"title": title, "version": VERSION, "description": doc, "contact": contact})
