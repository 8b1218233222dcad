"""What is lowered to Google Cloud, and for which environment."""

from collections.abc import Iterator
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
    return (node for node in setting.graph.nodes if node.kind == kind)


def node(setting: Setting, id_: str) -> Node:
    return next(node for node in setting.graph.nodes if node.id == id_)


@lru_cache(maxsize=1)
def services(setting: Setting) -> tuple[str, ...]:
    return tuple(service.name for service in nodes(setting, "service"))


def edges(
    setting: Setting, relation: str, *, source: str | None = None, target: str | None = None
) -> Iterator[Edge]:
    """The edges of a relation, of those from or to a node where one is given."""
    for edge in setting.graph.edges:
        is_wanted = source in {None, edge.source} and target in {None, edge.target}
        if edge.relation == relation and is_wanted:
            yield edge


def owner(setting: Setting, id_: str) -> str | None:
    """The service that owns a node, None for what a library declares."""
    found = (node.service for node in setting.graph.nodes if node.id == id_)
    return next(found, None)


def existing(setting: Setting, bound: Node) -> dict[str, str] | None:
    """The parts of the address to which a node is bound, None where it is ours to create."""
    address = setting.environment.bindings.get(bound.id)
    found = None if address is None else parts(TARGET, bound.kind, address)
    return None if found is None else dict(found)
