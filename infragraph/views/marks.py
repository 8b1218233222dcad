"""What is special about nodes and edges, seen from the whole graph."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from infragraph.model.diagram import Mark
from infragraph.model.graph import Edge, InfraGraph
from infragraph.model.queries import STORES
from infragraph.model.theory import tangles


@dataclass(frozen=True, slots=True, kw_only=True)
class Loops:
    """Which nodes lead to themselves; nodes with the same number lead to each other."""

    by_node: Mapping[str, int]

    def holds(self, edge: Edge) -> bool:
        number = self.by_node.get(edge.source)
        return number is not None and number == self.by_node.get(edge.target)


def loops_of(graph: InfraGraph) -> Loops:
    found = tangles((edge.source, edge.target) for edge in graph.edges)
    return Loops(by_node={node: number for number, one in enumerate(found) for node in one})


def marks_of(graph: InfraGraph, loops: Loops) -> Mapping[str, frozenset[Mark]]:
    """The marks that each node has by its edges."""
    going: dict[str, int] = {}
    coming: dict[str, int] = {}
    for edge in graph.edges:
        coming[edge.target] = coming.get(edge.target, 0) + 1
        if edge.relation == "delivers":
            going[edge.source] = going.get(edge.source, 0) + 1
    found: dict[str, frozenset[Mark]] = {}
    for node in graph.nodes:
        marks = {Mark.CYCLE} if node.id in loops.by_node else set[Mark]()
        if node.kind == "topic":
            is_ours = node.properties.get("external") is not True
            marks.update(_of_topic(going.get(node.id, 0), coming.get(node.id, 0), is_ours=is_ours))
        elif node.kind == "subscription" and node.id not in coming:
            marks.add(Mark.UNFED)
        elif node.kind in STORES and node.id not in coming:
            marks.add(Mark.UNUSED)
        found[node.id] = frozenset(marks)
    return found


def _of_topic(going: int, coming: int, *, is_ours: bool) -> Iterator[Mark]:
    """Who reads an external topic, or fills it, is not in the graph."""
    if going > 1:
        yield Mark.FAN_OUT
    if is_ours and not going:
        yield Mark.UNREAD
    if is_ours and not coming:
        yield Mark.UNFED
