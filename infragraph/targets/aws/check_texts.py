"""Texts of the user's that CloudFormation would carry out instead of passing them on."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.graph import Node
from infragraph.model.plan import Joined, Plan, PlanValue
from infragraph.targets.aws.origins import name_of, span_of
from infragraph.targets.aws.problems import DYNAMIC_REFERENCE

REFERENCE = "{{resolve:"


def dynamic_references(
    plan: Plan, nodes: Mapping[str, Node], told: Collection[str]
) -> Iterator[Diagnostic]:
    """Each text once, wherever else it stands, without those that are told of already."""
    told = {*told}
    for resource in plan.resources:
        for text in _texts(resource.properties):
            if REFERENCE in text.lower() and text not in told:
                told.add(text)
                span = span_of(resource, nodes)
                yield DYNAMIC_REFERENCE.at(span, node=name_of(resource), text=text)


def _texts(value: PlanValue) -> Iterator[str]:
    """All texts in a value, keys included."""
    match value:
        case str():
            yield value
        case Joined():
            yield "".join(part for part in value.parts if isinstance(part, str))
        case Mapping():
            for key, item in value.items():
                yield key
                yield from _texts(item)
        case Sequence():
            for item in value:
                yield from _texts(item)
        case _:
            return
