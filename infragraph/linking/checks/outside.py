"""Entry points that stand outside of what their service owns."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.linking.checks.linked import Linked
from infragraph.linking.ownership import UNNAMED

DECLARED_OUTSIDE = Problem(
    code="IG3003",
    slug="declared-outside-its-service",
    severity=Severity.ERROR,
    summary="this {kind} of the service {service!r} stands in {module!r}, which {owner}",
    why="A service is deployed with the code that it owns; it would lack this {kind}.",
    help="move it below the package of {service!r}, or register it on the service that owns this",
    example=Example(
        bad={
            "billing.py": """\
from infragraph import Service

billing = Service("billing")
""",
            "shipping.py": """\
from billing import billing
from infragraph import Service

shipping = Service("shipping")


@«billing.cron("ship", every="24h")»
async def ship() -> None: ...
""",
        },
        good={
            "billing.py": """\
from infragraph import Service

billing = Service("billing")
""",
            "shipping.py": """\
from infragraph import Service

shipping = Service("shipping")


@shipping.cron("ship", every="24h")
async def ship() -> None: ...
""",
        },
    ),
)

PROBLEMS = (DECLARED_OUTSIDE,)

_KINDS = {
    "endpoint": "endpoint",
    "subscription": "subscription",
    "cron": "cron job",
    "auth_handler": "auth handler",
    "startup": "hook",
    "shutdown": "hook",
    "mount": "mount",
}


def check(linked: Linked) -> Iterator[Diagnostic]:
    services = {node.name: node for node in linked.nodes("service")}
    for resource in linked.resources.values():
        if resource.kind not in _KINDS or resource.service in {None, UNNAMED}:
            continue
        owner = linked.inventory.ownership.owner(resource.module)
        if owner in {resource.service, UNNAMED}:
            continue
        if linked.are_rivals(resource.service, owner):
            continue
        service = services.get(resource.service or "")
        yield DECLARED_OUTSIDE.at(
            resource.span,
            labels=()
            if service is None
            else (Label(span=service.span, text=f"the service {service.name!r} is declared here"),),
            expected="is not part of its service",
            kind=_KINDS[resource.kind],
            service=resource.service,
            module=resource.module,
            owner="no service owns" if owner is None else f"the service {owner!r} owns",
        )
