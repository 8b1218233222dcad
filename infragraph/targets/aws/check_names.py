"""Resources of a plan that meet under one logical id."""

from collections.abc import Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Label
from infragraph.model.graph import Node
from infragraph.model.plan import Plan, PlannedResource
from infragraph.targets.aws.origins import name_of, span_of
from infragraph.targets.aws.problems import LOGICAL_IDS_MEET


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
