"""What is published, held against the payload of its topic."""

from collections.abc import Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.frontend.ordering import ordered
from infragraph.frontend.received import received
from infragraph.frontend.statics import span_of
from infragraph.frontend.steps import Use
from infragraph.frontend.types import instance_type
from infragraph.frontend.values import Instance, Opaque, Place
from infragraph.linking.checks.linked import Linked, declared_here
from infragraph.model.types import ContainerType, LiteralType, Type, is_subtype, members, type_name

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
    summary="a value of type {found!r} is published to the topic {topic!r}, "
    "which carries {payload!r}",
    why="Its subscribers are written for the topic's payload and cannot read anything else.",
    help="publish what the topic carries, or change its type",
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
    parameters = _parameters(linked)
    seen: set[Place] = set()
    for _, use, topic in linked.uses("topic"):
        payload = payloads.get(use.resource.key)
        if payload is None or use.event_place is None or use.event_place in seen:
            continue
        found = _made(linked, use, payload) or _given(parameters, use, payload)
        if found is None:
            continue
        seen.add(use.event_place)
        yield PUBLISHED_TYPE.at(
            span_of(use.event_place),
            labels=(declared_here(topic),),
            expected=f"expected {type_name(payload)}",
            found=_kind_name(found),
            topic=topic.name,
            payload=type_name(payload),
        )


def _made(linked: Linked, use: Use, payload: Type) -> Type | None:
    """The type of a value that is published and does not fit."""
    is_open = any(isinstance(value, Opaque) for value in use.event)
    annotated: list[Type] = []
    for value in ordered(use.event):
        found = instance_type(linked.machine, value)
        if found is None:
            continue
        if isinstance(value, Instance) and value.place is None:
            annotated.append(found)
        elif not is_subtype(found, payload):
            return found
    # A test before the publish may let only some of the objects through that the types allow.
    if is_open or any(_may_fit(found, payload) for found in annotated):
        return None
    return annotated[0] if annotated else None


def _parameters(linked: Linked) -> Mapping[Place, Type]:
    found: dict[Place, Type] = {}
    for declaration in linked.declarations:
        if declaration.handler is not None:
            found.update(received(linked.machine, declaration))
    return found


def _given(parameters: Mapping[Place, Type], use: Use, payload: Type) -> Type | None:
    """The type of a handler's parameter that is published and does not fit."""
    found = None if use.event_place is None else parameters.get(use.event_place)
    if found is not None and use.verb == "publish_many":
        found = found.items[0] if isinstance(found, ContainerType) and found.items else None
    return None if found is None or _may_fit(found, payload) else found


def _may_fit(found: Type, payload: Type) -> bool:
    """Whether some of the values of a type fit."""
    return any(
        is_subtype(one, other) or is_subtype(other, one)
        for one in members(found)
        for other in members(payload)
    )


def _kind_name(found: Type) -> str:
    """A type as a message writes it; which constant it is stands in the source."""
    return found.of if isinstance(found, LiteralType) else type_name(found)
