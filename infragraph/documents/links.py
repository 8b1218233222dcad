"""Links from a document to the source that it was made from."""

from infragraph.documents.narrowing import Object
from infragraph.model.source import SourceSpan
from infragraph.views.source_links import source_link


def source(template: str | None, span: SourceSpan) -> Object | None:
    """As `externalDocs`; None where no template says how to link."""
    url = source_link(template, span)
    return None if url is None else {"description": "Source", "url": url}
