"""SVG: the picture by itself, for a page, a pull request or a print."""

from infragraph.formats.given import Picture
from infragraph.formats.svg.document import document
from infragraph.layout.arranging import arranged


def render(picture: Picture) -> str:
    return document(arranged(picture.diagram, picture.lay_out), picture.source_url)
