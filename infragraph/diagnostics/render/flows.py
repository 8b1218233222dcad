"""The ways messages take that a finding is about: from publisher over topic to subscriber."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.graph import Edge, InfraGraph, Node
from infragraph.model.source import SourceSpan

MAXIMUM_FLOWS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    span: SourceSpan
    text: str


Flow: TypeAlias = tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """A graph, indexed by what the flows of its findings are looked up by."""

    nodes: Mapping[str, Node]
    at_line: Mapping[tuple[str, int], tuple[Node, ...]]
    publishes: Mapping[str, tuple[Edge, ...]]
    delivers: Mapping[str, tuple[Edge, ...]]


def index(graph: InfraGraph) -> Flows:
    at_line: dict[tuple[str, int], tuple[Node, ...]] = {}
    publishes: dict[str, tuple[Edge, ...]] = {}
    delivers: dict[str, tuple[Edge, ...]] = {}
    for node in graph.nodes:
        key = (node.span.path, node.span.line)
        at_line[key] = (*at_line.get(key, ()), node)
    for edge in graph.edges:
        if edge.relation == "publishes":
            publishes[edge.target] = (*publishes.get(edge.target, ()), edge)
        elif edge.relation == "delivers":
            delivers[edge.source] = (*delivers.get(edge.source, ()), edge)
    nodes = {node.id: node for node in graph.nodes}
    return Flows(nodes=nodes, at_line=at_line, publishes=publishes, delivers=delivers)


def flows_of(diagnostic: Diagnostic, flows: Flows) -> tuple[Flow, ...]:
    """At most ten flows of a finding; none where it is not about a topic."""
    if diagnostic.slug.endswith("cycle"):
        steps = [Step(span=diagnostic.span, text=diagnostic.expected or diagnostic.message)]
        steps += [Step(span=label.span, text=label.text) for label in diagnostic.labels]
        return (tuple(steps),)
    found: list[Flow] = []
    for topic, subscription in _routes(diagnostic, flows):
        for edge in flows.publishes.get(topic.id, ()):
            found.append(tuple(_steps(edge, topic, subscription)))
            if len(found) == MAXIMUM_FLOWS:
                return tuple(found)
    return tuple(found)


def _routes(diagnostic: Diagnostic, flows: Flows) -> Iterator[tuple[Node, Node | None]]:
    """Topic and subscription of every route through what stands where the finding points."""
    places = dict.fromkeys(
        (span.path, span.line)
        for span in (diagnostic.span, *(label.span for label in diagnostic.labels))
    )
    seen: set[tuple[str, str | None]] = set()
    for place in places:
        for node in flows.at_line.get(place, ()):
            for topic, subscription in _through(node, flows):
                key = (topic.id, subscription.id if subscription else None)
                if key not in seen:
                    seen.add(key)
                    yield topic, subscription


def _through(node: Node, flows: Flows) -> Iterator[tuple[Node, Node | None]]:
    if node.kind == "subscription":
        topic = flows.nodes.get(f"topic:{node.id.partition(':')[2].partition('/')[0]}")
        if topic is not None:
            yield topic, node
    elif node.kind == "topic":
        edges = flows.delivers.get(node.id, ())
        yield from ((node, flows.nodes.get(edge.target)) for edge in edges)
        if not edges:
            yield node, None


def _steps(edge: Edge, topic: Node, subscription: Node | None) -> Iterator[Step]:
    if edge.evidence:
        evidence = edge.evidence[0]
        through = f" through {' → '.join(evidence.via)}" if evidence.via else ""
        yield Step(span=evidence.span, text=f"{edge.source} publishes{through}")
    yield Step(span=topic.span, text=f"{topic.id} takes the message")
    if subscription is not None:
        yield Step(span=subscription.span, text=f"{subscription.id} receives it")
