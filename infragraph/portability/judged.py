"""What the rules look at: an application's declarations with their options, for one target."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from infragraph.kinds.cron import Cron
from infragraph.kinds.endpoint import Endpoint
from infragraph.kinds.subscription import Subscription
from infragraph.kinds.topic import Topic
from infragraph.linking.checks.linked import Linked
from infragraph.model.declaration import Declaration
from infragraph.model.graph import Node
from infragraph.model.resource import Resource
from infragraph.model.source import SourceSpan
from infragraph.portability.places import is_written, place
from infragraph.portability.targets import Target

R = TypeVar("R", Topic, Subscription, Cron, Endpoint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One application before one target."""

    target: Target
    application: str
    resources: Mapping[str, Resource]
    declarations: Mapping[str, Declaration]
    nodes: Mapping[str, Node]

    def each(self, kind: type[R]) -> Iterator[R]:
        """The resources of a kind, sorted by place."""
        found = (one for one in self.resources.values() if isinstance(one, kind))
        yield from sorted(found, key=lambda one: one.span)

    def place(self, resource: Resource, option: str) -> SourceSpan:
        """Where an option is written; see `places.place`."""
        return place(self.declarations[resource.key], option)

    def is_written(self, resource: Resource, option: str) -> bool:
        return is_written(self.declarations[resource.key], option)

    def node(self, resource: Resource) -> Node:
        return self.nodes[resource.id]


def judged(linked: Linked, target: Target) -> Judged:
    return Judged(
        target=target,
        application=linked.graph.application,
        resources=linked.resources,
        declarations={one.key: one for one in linked.declarations},
        nodes={node.id: node for node in linked.graph.nodes},
    )
