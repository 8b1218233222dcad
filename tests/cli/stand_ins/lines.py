"""A picture as lines: what a renderer is given, and nothing drawn."""

from infragraph.formats.given import Picture
from infragraph.views.source_links import source_link


def render(picture: Picture) -> str:
    links = (
        (shape.id, source_link(picture.source_url, shape.span)) for shape in picture.diagram.shapes
    )
    lines = (" ".join(filter(None, link)) for link in links)
    return "".join(f"{line}\n" for line in (picture.diagram.title, *lines))
