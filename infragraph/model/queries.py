"""Questions on a graph: who fills a topic, what a node leads to, and what leads to itself.

Everything is asked along the *flow*: from who acts to what is acted on, and from a topic to its
subscriptions. Two ways of asking add steps to it at the ends of a path: a service stands for what
it owns, and from a store the way goes on with those who read it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from infragraph.model.graph import Edge, Evidence, InfraGraph, Node
from infragraph.model.theory import shortest_cycle, shortest_paths, tangles

OWNS = "owns"
FEEDS = "feeds"
BELONGS = "belongs to"

STORES = ("bucket", "database", "secret")

_WRITING = frozenset({"upload", "delete"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From one node to the next: an edge, or what `OWNS`, `FEEDS` and `BELONGS` imply."""

    source: str
    relation: str
    target: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One result.

    `path` are the steps that lead there, or round. `members` are all nodes of a cycle's tangle,
    which may hold more ways round than the shortest. `reason` says why something is unused.
    """

    node: str
    path: tuple[Step, ...] = ()
    members: tuple[str, ...] = ()
    reason: str | None = None


def producers(graph: InfraGraph, topic: Node) -> tuple[Found, ...]:
    edges = (edge for edge in graph.edges if edge.target == topic.id)
    return tuple(
        Found(node=edge.source, path=(_step(edge),))
        for edge in edges
        if edge.relation == "publishes"
    )


def consumers(graph: InfraGraph, topic: Node) -> tuple[Found, ...]:
    edges = (edge for edge in graph.edges if edge.source == topic.id)
    return tuple(
        Found(node=edge.target, path=(_step(edge),))
        for edge in edges
        if edge.relation == "delivers"
    )


def impact(graph: InfraGraph, node: Node) -> tuple[Found, ...]:
    """All that lies downstream, the nearest first, each with one shortest path."""
    return tuple(
        sorted(
            _routes((*_steps(graph), *_outset(graph, node)), node.id),
            key=lambda found: (len(found.path), found.node),
        )
    )


def path(graph: InfraGraph, source: Node, target: Node) -> tuple[Found, ...]:
    """One shortest path, if there is any."""
    steps = (*_steps(graph), *_outset(graph, source), *_arrival(graph, target))
    return tuple(found for found in _routes(steps, source.id) if found.node == target.id)


def cycles(graph: InfraGraph) -> tuple[Found, ...]:
    """For each set of nodes that all lead to each other, one shortest way round."""
    pairs = [(edge.source, edge.target) for edge in graph.edges]
    by_ends = _by_ends(_steps(graph))
    found: list[Found] = []
    for tangle in tangles(pairs):
        first = min(tangle)
        way = shortest_cycle(pairs, tangle, first)
        steps = tuple(by_ends[ends] for ends in zip(way, (*way[1:], first), strict=True))
        found.append(Found(node=first, path=steps, members=tuple(sorted(tangle))))
    return tuple(found)


def _routes(steps: Iterable[Step], start: str) -> Iterator[Found]:
    by_ends = _by_ends(steps)
    for name, way in shortest_paths(by_ends, start).items():
        if name != start:
            path = tuple(by_ends[ends] for ends in pairwise(way))
            yield Found(node=name, path=path)


def _by_ends(steps: Iterable[Step]) -> Mapping[tuple[str, str], Step]:
    """Of two between the same nodes the first: an edge says more than what is implied."""
    found: dict[tuple[str, str], Step] = {}
    for step in steps:
        found.setdefault((step.source, step.target), step)
    return found


def _steps(graph: InfraGraph) -> tuple[Step, ...]:
    return tuple(_step(edge) for edge in graph.edges)


def _step(edge: Edge) -> Step:
    return Step(
        source=edge.source, relation=edge.relation, target=edge.target, evidence=edge.evidence
    )


def _outset(graph: InfraGraph, node: Node) -> Iterator[Step]:
    """The first steps that only count from where a path begins."""
    if node.kind == "service":
        for owned in graph.nodes:
            if owned.service == node.name and owned.id != node.id:
                yield Step(source=node.id, relation=OWNS, target=owned.id)
    if node.kind in STORES:
        for edge in graph.edges:
            if edge.target == node.id and _reads(edge):
                yield Step(
                    source=node.id, relation=FEEDS, target=edge.source, evidence=edge.evidence
                )


def _arrival(graph: InfraGraph, node: Node) -> Iterator[Step]:
    """The last step to a service: from whatever it owns."""
    if node.kind == "service":
        for owned in graph.nodes:
            if owned.service == node.name and owned.id != node.id:
                yield Step(source=owned.id, relation=BELONGS, target=node.id)


def _reads(edge: Edge) -> bool:
    """Whether something may come back from a store; what is not known may."""
    operations = edge.properties.get("operations")
    if isinstance(operations, Sequence) and operations:
        return not _WRITING.issuperset(str(one) for one in operations)
    return edge.properties.get("access") != "write"
