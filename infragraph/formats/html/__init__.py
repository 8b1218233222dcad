"""HTML: one file to explore, which opens from disk and loads nothing."""

from infragraph.formats.given import Picture
from infragraph.formats.html.content import content
from infragraph.formats.html.page import page
from infragraph.layout.words import printable


def render(picture: Picture) -> str:
    return page(printable(picture.diagram.title), content(picture))
