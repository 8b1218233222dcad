"""Whether a plan says of every node what a running service must know of it."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import NO_EXAMPLE, Problem
from infragraph.formats.runtime.fields import fields_of
from infragraph.model.graph import InfraGraph, Node
from infragraph.model.plan import Plan
from infragraph.model.variables import collisions

ADDRESS_MISSING = Problem(
    code="IG9001",
    slug="address-missing",
    severity=Severity.ERROR,
    summary="the plan for {target} says nothing of {node!r}",
    why="A service that uses it would find out when it runs. This is a bug in infragraph.",
    help="report this with the declaration; 'bindings' in infragraph.yaml can give an address",
    example=NO_EXAMPLE,
)

ADDRESS_INCOMPLETE = Problem(
    code="IG9002",
    slug="address-incomplete",
    severity=Severity.ERROR,
    summary="the address of {node!r} on {target} {fault}",
    why="The runtime and the plan would not speak of the same thing. This is a bug in infragraph.",
    help="report this with the declaration",
    example=NO_EXAMPLE,
)

VARIABLE_SHARED = Problem(
    code="IG9003",
    slug="variable-shared",
    severity=Severity.ERROR,
    summary="{node!r} and {other!r} would be told of their addresses by one variable, {variable}",
    why="One of the two would be sent to the other's place.",
    help="rename one of the two",
    example=NO_EXAMPLE,
)

COMPLETENESS_PROBLEMS = (ADDRESS_MISSING, ADDRESS_INCOMPLETE, VARIABLE_SHARED)


def completeness(plan: Plan, graph: InfraGraph) -> tuple[Diagnostic, ...]:
    """What keeps the runtime configuration from being written; nothing, but for a bug of ours."""
    by_id = {node.id: node for node in graph.nodes}
    found = [finding for node in graph.nodes for finding in _faults(plan, node)]
    for name, (first, *others) in collisions(plan.addresses):
        for other in others:
            label = Label(span=by_id[first].span, text=f"{first!r} is declared here")
            found.append(
                VARIABLE_SHARED.at(
                    by_id[other].span, node=other, other=first, variable=name, labels=(label,)
                )
            )
    return tuple(found)


def _faults(plan: Plan, node: Node) -> Iterator[Diagnostic]:
    fields = fields_of(plan.target, node)
    if fields is None:
        return
    if node.id not in plan.addresses:
        yield ADDRESS_MISSING.at(node.span, target=plan.target, node=node.id)
        return
    given = plan.addresses[node.id].keys()
    for name in sorted(fields.required - given):
        yield _incomplete(plan, node, f"has no {name!r}")
    for name in sorted(given - fields.required - fields.optional):
        yield _incomplete(plan, node, f"has {name!r}, which no runtime knows")


def _incomplete(plan: Plan, node: Node, fault: str) -> Diagnostic:
    return ADDRESS_INCOMPLETE.at(node.span, target=plan.target, node=node.id, fault=fault)
