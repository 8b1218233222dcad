"""A picture that is always more than its format can hold."""

from infragraph.formats.given import Picture
from infragraph.model.diagram import Undrawable


def render(picture: Picture) -> Undrawable:
    return Undrawable(reason=f"'{picture.diagram.name}' is too much; draw less")
