"""The infrastructure graph: what is declared, what uses what, and the evidence for each edge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from infragraph.model.source import SourceSpan

Property: TypeAlias = (
    str | int | float | bool | Sequence["Property"] | Mapping[str, "Property"] | None
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A declared thing; `service` is the name of the service that owns it, None for a library's."""

    id: str
    kind: str
    name: str
    service: str | None
    doc: str | None
    symbol: str
    span: SourceSpan
    properties: Mapping[str, Property]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Evidence:
    """One use that justifies an edge.

    `via` is the shortest call path to it, outermost first. It `is_declared` where a comment states
    it by hand.
    """

    span: SourceSpan
    via: tuple[str, ...]
    is_declared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    source: str
    relation: str
    target: str
    properties: Mapping[str, Property]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Unresolved:
    """A use that could not be tied to a resource; `reason` is shown to the user."""

    span: SourceSpan
    expression: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InfraGraph:
    """An immutable graph; nodes are sorted by id, edges by source, relation and target."""

    application: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    payloads: Mapping[str, Mapping[str, Property]]
    unresolved: tuple[Unresolved, ...]
