"""Templates with more text than CloudFormation takes."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.formats.cloudformation.render import render
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Plan
from infragraph.portability.limits.limit import cited, shown, size
from infragraph.portability.limits.sns_sqs import LARGEST_TEMPLATE
from infragraph.portability.plans import PLAN_TOO_LARGE


def too_long(plan: Plan, graph: InfraGraph) -> tuple[Diagnostic, ...]:
    """Told at the first service, since it is about all of them."""
    return tuple(_findings(plan, graph))


def _findings(plan: Plan, graph: InfraGraph) -> Iterator[Diagnostic]:
    for artifact in render(plan):
        length = len(artifact.content.encode())
        if length > LARGEST_TEMPLATE.value:
            services = (node.span for node in graph.nodes if node.kind == "service")
            yield PLAN_TOO_LARGE.at(
                next(services, graph.nodes[0].span),
                what=f"{artifact.path!r} of {plan.environment!r}",
                size=size(length),
                target="AWS",
                limit=shown(LARGEST_TEMPLATE),
                cure="divide the application",
                source=cited(LARGEST_TEMPLATE),
            )
