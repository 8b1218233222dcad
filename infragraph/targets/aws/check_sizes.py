"""Stacks with more resources than CloudFormation takes.

A queue's policy names one topic, whatever the application, and stays far below its limits.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.environment import Layout
from infragraph.model.mentions import attributes
from infragraph.model.plan import Plan
from infragraph.portability.limits.limit import cited, shown
from infragraph.portability.limits.sns_sqs import MOST_RESOURCES
from infragraph.portability.plans import PLAN_TOO_LARGE
from infragraph.targets.aws.origins import anywhere
from infragraph.targets.aws.problems import PLAN_LARGE
from infragraph.targets.aws.shared import Setting

LARGE = 400


def too_large(setting: Setting, plan: Plan) -> Iterator[Diagnostic]:
    nodes = {node.id: node for node in setting.graph.nodes}
    is_single = setting.environment.layout is Layout.SINGLE
    counts = {"": len(plan.resources)} if is_single else _by_layer(plan)
    for layer, count in sorted(counts.items()):
        what = "the stack" if is_single else f"the stack {layer!r}"
        if count > MOST_RESOURCES.value:
            yield PLAN_TOO_LARGE.at(
                anywhere(nodes),
                what=f"{what} of {setting.environment.name!r}",
                size=f"{count:,} resources",
                target="AWS",
                limit=shown(MOST_RESOURCES),
                cure="choose 'layout: split'" if is_single else "divide the application",
                source=cited(MOST_RESOURCES),
            )
        elif count >= LARGE:
            cure = "choose 'layout: split' for environments that are still to be created"
            yield PLAN_LARGE.at(
                anywhere(nodes),
                what=f"{what} of {setting.environment.name!r}",
                count=count,
                limit=shown(MOST_RESOURCES),
                cure=cure if is_single else "divide the application",
            )


def _by_layer(plan: Plan) -> Mapping[str, int]:
    """With the parameters by which a stack passes on what others refer to."""
    layers = {resource.address: resource.layer for resource in plan.resources}
    passed = {
        attribute
        for resource in plan.resources
        for attribute in attributes(resource.properties)
        if layers.get(attribute.address, resource.layer) != resource.layer
    }
    return Counter([*layers.values(), *(layers[it.address] for it in passed)])
