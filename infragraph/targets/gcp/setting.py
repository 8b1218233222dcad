"""What is lowered to Google Cloud, and for which environment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from infragraph.model.environment import Environment, Size
from infragraph.model.graph import Edge, InfraGraph, Node
from infragraph.targets.existing import parts

TARGET = "gcp"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Setting:
    """A graph and an environment whose project and its number are known.

    One is equal to itself alone, so that `lru_cache` need not compare graphs.
    """

    graph: InfraGraph
    environment: Environment

    @property
    def application(self) -> str:
        return self.graph.application

    @property
    def project(self) -> str:
        project = self.environment.project
        assert project is not None, "an environment on Google Cloud names its project"
        return project

    @property
    def project_number(self) -> str:
        number = self.environment.project_number
        assert number is not None, "an environment on Google Cloud names its project's number"
        return number

    @property
    def region(self) -> str:
        return self.environment.region

    @property
    def is_preview(self) -> bool:
        return self.environment.size is Size.PREVIEW

    @property
    def is_production(self) -> bool:
        return self.environment.size is Size.PRODUCTION


def nodes(setting: Setting, kind: str) -> Iterator[Node]:
    """The nodes of a kind, in the graph's order."""
    return iter(_by_kind(setting).get(kind, ()))


@lru_cache(maxsize=1)
def _by_kind(setting: Setting) -> Mapping[str, Sequence[Node]]:
    found: dict[str, list[Node]] = {}
    for node in setting.graph.nodes:
        found.setdefault(node.kind, []).append(node)
    return found


def node(setting: Setting, id_: str) -> Node:
    return _by_id(setting)[id_]


@lru_cache(maxsize=1)
def _by_id(setting: Setting) -> Mapping[str, Node]:
    return {node.id: node for node in setting.graph.nodes}


@lru_cache(maxsize=1)
def services(setting: Setting) -> tuple[str, ...]:
    return tuple(service.name for service in nodes(setting, "service"))


def edges(
    setting: Setting, relation: str, *, source: str | None = None, target: str | None = None
) -> Iterator[Edge]:
    """The edges of a relation, of those from or to a node where one is given."""
    for edge in _by_relation(setting).get(relation, ()):
        if source in {None, edge.source} and target in {None, edge.target}:
            yield edge


@lru_cache(maxsize=1)
def _by_relation(setting: Setting) -> Mapping[str, Sequence[Edge]]:
    found: dict[str, list[Edge]] = {}
    for edge in setting.graph.edges:
        found.setdefault(edge.relation, []).append(edge)
    return found


def owner(setting: Setting, id_: str) -> str | None:
    """The service that owns a node, None for what a library declares."""
    found = _by_id(setting).get(id_)
    return None if found is None else found.service


def existing(setting: Setting, bound: Node) -> dict[str, str] | None:
    """The parts of the address to which a node is bound, None where it is ours to create."""
    address = setting.environment.bindings.get(bound.id)
    found = None if address is None else parts(TARGET, bound.kind, address)
    return None if found is None else dict(found)
