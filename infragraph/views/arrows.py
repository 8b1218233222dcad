"""Arrows for edges: what is written on them, and several as one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from infragraph.model.diagram import DEAD_LETTER, SEVERAL, Arrow, EdgeKey, Mark, Shape
from infragraph.model.graph import Edge
from infragraph.views.marks import Loops

_TIMES = "\N{MULTIPLICATION SIGN}"
_ACCESS = {"read": "reads", "write": "writes", "read-write": "reads, writes"}


def key_of(edge: Edge) -> EdgeKey:
    return EdgeKey(source=edge.source, relation=edge.relation, target=edge.target)


def arrows(edges: Iterable[Edge], shown: Mapping[str, str], loops: Loops) -> tuple[Arrow, ...]:
    """One arrow for each pair of shapes; `shown` has the shape that stands for each node.

    An edge within one shape is not drawn, unless it leads from a node to itself.
    """
    by_ends: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        source, target = shown[edge.source], shown[edge.target]
        if source != target or edge.source == edge.target:
            by_ends.setdefault((source, target), []).append(edge)
    return tuple(_arrow(ends, by_ends[ends], loops) for ends in sorted(by_ends))


def to_dead_letters(subscription: str, queue: Shape) -> Arrow:
    """What a subscription implies: no edge of the graph says it."""
    return Arrow(
        source=subscription,
        target=queue.id,
        relation=DEAD_LETTER,
        label="fails",
        edges=(),
        marks=(Mark.DEAD_LETTER,),
    )


def _arrow(ends: tuple[str, str], edges: Sequence[Edge], loops: Loops) -> Arrow:
    relations = {edge.relation for edge in edges}
    marks = {Mark.CYCLE for edge in edges if loops.holds(edge)}
    if all(edge.evidence and all(one.is_declared for one in edge.evidence) for edge in edges):
        marks.add(Mark.STATED)
    return Arrow(
        source=ends[0],
        target=ends[1],
        relation=relations.pop() if len(relations) == 1 else SEVERAL,
        label=_label(edges),
        edges=tuple(sorted(key_of(edge) for edge in edges)),
        marks=tuple(sorted(marks)),
    )


def _label(edges: Sequence[Edge]) -> str:
    """The words of all edges, each with how many there are where there are several."""
    counts = Counter(_word(edge) for edge in edges)
    return ", ".join(
        word if count == 1 else f"{word} {_TIMES}{count}" for word, count in sorted(counts.items())
    )


def _word(edge: Edge) -> str:
    if edge.relation == "queries":
        return _ACCESS.get(str(edge.properties.get("access")), "queries")
    operations = edge.properties.get("operations")
    if edge.relation == "stores" and isinstance(operations, Sequence):
        return ", ".join(str(one) for one in operations) or edge.relation
    return edge.relation
