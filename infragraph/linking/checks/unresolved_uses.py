"""Uses that could not be tied to a resource, or to a service."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.frontend.statics import span_of
from infragraph.linking.checks.linked import Linked, declared_here
from infragraph.linking.unresolved import doubts, unreached

_SHOP = """\
from dataclasses import dataclass

import events
from infragraph import Service

shop = Service("shop")


@shop.post("/orders/{{name}}", access="public")
async def place(name: str, order: events.Order) -> None:
    await {publish}


@shop.subscribe(events.orders, "ship")
async def ship(order: events.Order) -> None: ...


@shop.cron("recount", every="24h")
async def recount() -> None:
    await events.orders.publish(events.Order("1"))
"""
_EVENTS = """\
from dataclasses import dataclass

from infragraph import Topic


@dataclass
class Order:
    id: str


orders = Topic[Order]("orders")
"""

UNRESOLVED_USE = Problem(
    code="IG3201",
    slug="unresolved-use",
    severity=Severity.WARNING,
    summary="what {expression} uses cannot be told: {reason}",
    why="The graph lacks this edge, and with it the right to do what it does.",
    help="name the resource in the source, or state the edge on this line: "
    "`# infragraph: uses[publishes topic:name]`",
    example=Example(
        bad={
            "events.py": _EVENTS,
            "shop.py": _SHOP.format(publish="«getattr(events, name).publish(order)»"),
        },
        good={
            "events.py": _EVENTS,
            "shop.py": _SHOP.format(
                publish="getattr(events, name).publish(order)"
                "  # infragraph: uses[publishes topic:orders]"
            ),
        },
    ),
)

UNREACHED_USE = Problem(
    code="IG3202",
    slug="unreached-use",
    severity=Severity.WARNING,
    summary="no service reaches this use of the {kind} {name!r}",
    why="A use that belongs to no service is in no service's rights.",
    help="call it from a service, move it into one's package, or remove it",
    example=Example(
        bad={
            "tools.py": """\
from shop import token


def show() -> str:
    return «token.get()»
""",
            "shop.py": """\
from infragraph import Secret, Service

shop = Service("shop")
token = Secret("TOKEN")


@shop.cron("pay", every="24h")
async def pay() -> None:
    token.get()
""",
        },
        good={
            "tools.py": """\
from infragraph import Secret

token = Secret("TOKEN")


def show() -> str:
    return token.get()
""",
            "shop.py": """\
from infragraph import Service
from tools import show

shop = Service("shop")


@shop.cron("pay", every="24h")
async def pay() -> None:
    show()
""",
        },
    ),
)

PROBLEMS = (UNRESOLVED_USE, UNREACHED_USE)


def check(linked: Linked) -> Iterator[Diagnostic]:
    for doubt in doubts(linked.used):
        if not doubt.is_reported:
            yield UNRESOLVED_USE.at(
                span_of(doubt.place),
                expected="is not resolved",
                expression=doubt.expression,
                reason=doubt.reason,
            )
    for use in unreached(linked.used):
        resource = linked.resources.get(use.resource.key)
        if resource is not None:
            yield UNREACHED_USE.at(
                span_of(use.place),
                labels=(declared_here(resource),),
                expected="is not reached",
                kind=resource.kind,
                name=resource.name,
            )
