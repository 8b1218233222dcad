"""Names that meet: resources under one logical id, a service and a layer in one stack."""

from collections.abc import Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Label
from infragraph.model.environment import Layout
from infragraph.model.graph import Node
from infragraph.model.plan import Plan, PlannedResource
from infragraph.targets.aws.origins import name_of, span_of
from infragraph.targets.aws.problems import LOGICAL_IDS_MEET, SERVICE_CALLED_AS_LAYER

LAYERS = ("network", "data")


def meeting_names(plan: Plan, nodes: Mapping[str, Node]) -> Iterator[Diagnostic]:
    """Resources of different nodes with one logical id, told once for each pair of nodes."""
    by_address: dict[str, PlannedResource] = {}
    told: set[tuple[str, str]] = set()
    for resource in plan.resources:
        other = by_address.setdefault(resource.address, resource)
        if other is resource:
            continue
        first, second = name_of(other), name_of(resource)
        if (first, second) in told:
            continue
        told.add((first, second))
        yield LOGICAL_IDS_MEET.at(
            span_of(resource, nodes),
            labels=(Label(span=span_of(other, nodes), text=f"{first} is here"),),
            first=first,
            second=second,
            name=resource.address,
        )


def services_called_as_layers(plan: Plan, nodes: Mapping[str, Node]) -> Iterator[Diagnostic]:
    if plan.layout is Layout.SINGLE:
        return
    for node in nodes.values():
        if node.kind == "service" and node.name in LAYERS:
            yield SERVICE_CALLED_AS_LAYER.at(node.span, service=node.name)
