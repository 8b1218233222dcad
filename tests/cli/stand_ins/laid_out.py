"""A picture that has to be laid out."""

from infragraph.formats.given import Picture


def render(picture: Picture) -> str:
    return picture.lay_out("digraph {}\n")
