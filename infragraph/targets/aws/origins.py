"""Where in the source, and by what name, a resource of a plan is told about."""

from collections.abc import Mapping

from infragraph.model.graph import Node
from infragraph.model.plan import PlannedResource
from infragraph.model.source import SourceSpan


def span_of(resource: PlannedResource, nodes: Mapping[str, Node]) -> SourceSpan:
    """The declaration that it is there for; see `anywhere` for what there is of none."""
    known = [nodes[node].span for node in resource.origin if node in nodes]
    return known[0] if known else anywhere(nodes)


def name_of(resource: PlannedResource) -> str:
    return resource.origin[0] if resource.origin else resource.address


def anywhere(nodes: Mapping[str, Node]) -> SourceSpan:
    """What is about all of an application is told at the first of its services."""
    services = [node for node in nodes.values() if node.kind == "service"]
    return (services or [*nodes.values()])[0].span
