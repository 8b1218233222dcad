"""Where in the source, and by what name, a resource of a plan is told about."""

from collections.abc import Mapping

from infragraph.model.graph import Node
from infragraph.model.plan import PlannedResource
from infragraph.model.source import SourceSpan
from infragraph.targets.aws.shared import Setting


def span_of(resource: PlannedResource, nodes: Mapping[str, Node]) -> SourceSpan:
    """The declaration that it is there for; what every application has is told at the first."""
    known = [nodes[node].span for node in resource.origin if node in nodes]
    return known[0] if known else next(iter(nodes.values())).span


def name_of(resource: PlannedResource) -> str:
    return resource.origin[0] if resource.origin else resource.address


def anywhere(setting: Setting) -> SourceSpan:
    """What is about all of an application is told at the first of its services."""
    nodes = setting.graph.nodes
    services = [node for node in nodes if node.kind == "service"]
    return (services or list(nodes))[0].span
