"""Render a graph as pages to read.

graph ──look up──▶ contents ──describe──▶ pages ──write──▶ Markdown or HTML
"""

from collections.abc import Iterator

from infragraph.formats.catalog import html, markdown
from infragraph.formats.catalog.contents import Contents, contents
from infragraph.formats.catalog.index_page import index_page
from infragraph.formats.catalog.page import Page
from infragraph.formats.catalog.service_page import service_page
from infragraph.formats.catalog.thing_pages import payload_page, store_page, topic_page
from infragraph.formats.given import Document
from infragraph.model.artifact import Artifact

HTML = "html"


def render(given: Document) -> tuple[Artifact, ...]:
    """A file a page. Markdown has pictures, which its readers draw; HTML has no scripts to."""
    is_html = given.form == HTML
    write = html if is_html else markdown
    found = contents(given)
    return tuple(
        Artifact(
            path=write.path(page.place), content=write.written(page, given.scene.graph.application)
        )
        for page in _pages(found, is_drawn=not is_html)
    )


def _pages(found: Contents, *, is_drawn: bool) -> Iterator[Page]:
    yield index_page(found)
    for service in found.of_kind("service"):
        yield service_page(found, service, is_drawn=is_drawn)
    for topic in found.of_kind("topic"):
        yield topic_page(found, topic)
    for store in found.resources():
        yield store_page(found, store)
    for payload in found.graph.payloads:
        yield payload_page(found, payload)
