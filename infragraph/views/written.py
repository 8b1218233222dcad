"""What stands on the parts of a diagram, line by line, for formats that are text alone."""

from collections.abc import Iterator

from infragraph.model.diagram import Arrow, Group, Shape


def lines(part: Group | Shape) -> tuple[str, ...]:
    """Its kind, its name, what tells it from others of its kind, whose it is, and its marks."""
    return tuple(_lines(part))


def words(arrow: Arrow) -> str:
    """Its label, and its marks in brackets."""
    marks = ", ".join(mark for mark in arrow.marks if mark != arrow.relation)
    return " ".join(filter(None, (arrow.label, f"({marks})" if marks else "")))


def _lines(part: Group | Shape) -> Iterator[str]:
    yield f"«{part.kind}»"
    yield part.label
    if part.detail:
        yield part.detail
    if isinstance(part, Group) and part.owner:
        yield f"owned by {part.owner}"
    marks = ", ".join(mark for mark in part.marks if mark != part.kind)
    if marks:
        yield f"({marks})"
