"""Databases, buckets and secrets that nothing uses."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.linking.checks.linked import Linked
from infragraph.linking.checks.rebinding import rebound

UNUSED_RESOURCE = Problem(
    code="IG3103",
    slug="unused-resource",
    severity=Severity.WARNING,
    summary="nothing uses the {kind} {name!r}",
    why="It is created, kept and paid for, and nothing needs it.",
    help="remove it, or use it",
    example=Example(
        bad={
            "shop.py": """\
from infragraph import Secret, Service

shop = Service("shop")
«key = Secret("STRIPE_KEY")»
"""
        },
        good={
            "shop.py": """\
from infragraph import Secret, Service

shop = Service("shop")
key = Secret("STRIPE_KEY")


@shop.cron("pay", every="24h")
async def pay() -> None:
    key.get()
"""
        },
    ),
)

PROBLEMS = (UNUSED_RESOURCE,)

_KINDS = ("database", "bucket", "secret")


def check(linked: Linked) -> Iterator[Diagnostic]:
    used = {edge.target for edge in linked.graph.edges}
    # A use that could not be attributed is reported by itself, and is one all the same.
    used.update(resource.id for kind in _KINDS for _, _, resource in linked.uses(kind))
    # A second binding of its name is why nothing uses it, and is reported as such.
    used.update(first.id for first, _ in rebound(linked))
    # Who mends its declaration sees whether it is used.
    used.update(linked.inventory.faulty)
    for kind in _KINDS:
        for node in linked.nodes(kind):
            if node.id not in used:
                yield UNUSED_RESOURCE.at(
                    node.span, expected="is not used", kind=kind, name=node.name
                )
