"""Shapes and arrows as sentences: what is seen of them, for who hears it or points at it."""

from collections.abc import Iterator, Mapping

from infragraph.layout.cards import kind_words, mark_words
from infragraph.layout.words import printable
from infragraph.model.diagram import SEVERAL, Arrow, Diagram, Group, Mark, Shape


def shape_sentence(shape: Shape) -> str:
    return ", ".join(_of_shape(shape))


def group_sentence(group: Group) -> str:
    parts = [f"{kind_words(group.kind)} {printable(group.label)}"]
    parts.extend(printable(it) for it in (group.detail,) if it)
    if group.owner:
        parts.append(f"owner {printable(group.owner)}")
    return ", ".join(parts)


def arrow_sentence(arrow: Arrow, shapes: Mapping[str, Shape]) -> str:
    verb = printable(arrow.label) or ("" if arrow.relation == SEVERAL else arrow.relation)
    source, target = (_short(shapes[end]) for end in (arrow.source, arrow.target))
    parts = [f"{source} → {verb} → {target}" if verb else f"{source} → {target}"]
    if Mark.CYCLE in arrow.marks:
        parts.append("in a cycle")
    if Mark.STATED in arrow.marks:
        parts.append("stated by hand")
    return ", ".join(parts)


def diagram_sentence(diagram: Diagram) -> str:
    """How much there is, and what must be known of it."""
    counts = (
        (len(diagram.groups), "container"),
        (len(diagram.shapes), "shape"),
        (len(diagram.arrows), "arrow"),
    )
    said = ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts)
    return "; ".join((said, *(printable(note) for note in diagram.notes)))


def _of_shape(shape: Shape) -> Iterator[str]:
    yield _short(shape)
    if shape.detail:
        yield printable(shape.detail)
    yield from mark_words(shape)
    if shape.service and shape.kind != "service":
        yield f"of {printable(shape.service)}"
    if shape.owner:
        yield f"owner {printable(shape.owner)}"


def _short(shape: Shape) -> str:
    return f"{kind_words(shape.kind)} {printable(shape.label)}"
