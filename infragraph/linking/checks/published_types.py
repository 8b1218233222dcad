"""What is published, held against the payload of its topic."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.frontend.ordering import ordered
from infragraph.frontend.statics import span_of
from infragraph.frontend.types import instance_type
from infragraph.frontend.values import Place
from infragraph.linking.checks.linked import Linked, declared_here
from infragraph.model.types import is_subtype, type_name

_SHOP = """\
from dataclasses import dataclass

from infragraph import Service, Topic

shop = Service("shop")


@dataclass
class Order:
    id: str


@dataclass
class Refund:
    id: str


orders = Topic[Order]("orders")


@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None: ...


@shop.post("/orders", access="public")
async def place(id: str) -> None:
    await orders.publish({event})
"""

PUBLISHED_TYPE = Problem(
    code="IG3305",
    slug="published-type",
    severity=Severity.ERROR,
    summary="a {found} is published to the topic {topic!r}, whose payload is {payload}",
    why="Its subscribers are written for the topic's payload and cannot read anything else.",
    help="publish a {payload}, or change what the topic carries",
    example=Example(
        bad={"shop.py": _SHOP.format(event="«Refund(id)»")},
        good={"shop.py": _SHOP.format(event="Order(id)")},
    ),
)

PROBLEMS = (PUBLISHED_TYPE,)


def check(linked: Linked) -> Iterator[Diagnostic]:
    """Each place once; what the source does not show is held against nobody."""
    payloads = {
        declaration.key: declaration.type_argument.type
        for declaration in linked.declarations
        if declaration.type_argument is not None
    }
    seen: set[Place] = set()
    for _, use, topic in linked.uses("topic"):
        payload = payloads.get(use.resource.key)
        if payload is None or use.event_place is None or use.event_place in seen:
            continue
        for value in ordered(use.event):
            found = instance_type(linked.machine, value)
            if found is None or is_subtype(found, payload):
                continue
            seen.add(use.event_place)
            yield PUBLISHED_TYPE.at(
                span_of(use.event_place),
                labels=(declared_here(topic),),
                expected=f"expected {type_name(payload)}",
                found=type_name(found),
                topic=topic.name,
                payload=type_name(payload),
            )
            break
