"""Payloads and parameters whose types cannot travel, for every kind that has either."""

from collections.abc import Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds import causes
from infragraph.model.declaration import TypeFacts, TypeFault

UNSUPPORTED = Problem(
    code="IG2901",
    slug="payload-type-unsupported",
    severity=Severity.ERROR,
    summary="{of} cannot carry {name!r}: {detail}",
    why="Sender and receiver share nothing but the type: it has to say what is sent.",
    help="use a dataclass, a pydantic model, a TypedDict, a NamedTuple, a msgspec.Struct, "
    "an attrs class, an enum or a standard type",
    example=Example(
        bad={
            "shop.py": """\
from dataclasses import dataclass
from threading import Lock

from infragraph import Service, Topic

shop = Service("shop")


@dataclass
class Order:
    id: str
    lock: «Lock»


orders = Topic[Order]("orders")


@shop.cron("reorder", every="1h")
async def reorder() -> None:
    await orders.publish(Order("1", Lock()))


@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None: ...
"""
        },
        good={
            "shop.py": """\
from dataclasses import dataclass

from infragraph import Service, Topic

shop = Service("shop")


@dataclass
class Order:
    id: str


orders = Topic[Order]("orders")


@shop.cron("reorder", every="1h")
async def reorder() -> None:
    await orders.publish(Order("1"))


@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None: ...
"""
        },
    ),
)

NOT_FOUND = Problem(
    code="IG2902",
    slug="payload-type-not-found",
    severity=Severity.ERROR,
    summary="{of} needs {name!r}, which was not found: {detail}",
    why="Without its source nobody can tell whether publisher and consumer agree on what is sent.",
    help="correct the name, or list its package under 'libraries' in infragraph.yaml",
    example=Example(
        bad={
            "shop.py": """\
from contracts.orders import Order

from infragraph import Service, Topic

shop = Service("shop")
orders = Topic[«Order»]("orders")


@shop.cron("reorder", every="1h")
async def reorder() -> None:
    await orders.publish(Order("1"))


@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None: ...
"""
        },
        good={
            "contracts/__init__.py": "",
            "contracts/orders.py": """\
from dataclasses import dataclass


@dataclass
class Order:
    id: str
""",
            "shop.py": """\
from contracts.orders import Order

from infragraph import Service, Topic

shop = Service("shop")
orders = Topic[Order]("orders")


@shop.cron("reorder", every="1h")
async def reorder() -> None:
    await orders.publish(Order("1"))


@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None: ...
""",
        },
    ),
)

TYPE_CHECKING_ONLY = Problem(
    code="IG2903",
    slug="type-imported-for-type-checking-only",
    severity=Severity.ERROR,
    summary="{of} needs {name!r}, which is imported only under TYPE_CHECKING",
    why="The program reads this type when it runs, and there the name does not exist.",
    help="import {name!r} outside of `if TYPE_CHECKING:`",
    example=Example(
        bad={
            "events.py": """\
from dataclasses import dataclass


@dataclass
class Order:
    id: str
""",
            "shop.py": """\
from __future__ import annotations

from typing import TYPE_CHECKING

from infragraph import Service

if TYPE_CHECKING:
    from events import Order

shop = Service("shop")


@shop.post("/orders", access="public")
async def place(order: «Order») -> None: ...
""",
        },
        good={
            "events.py": """\
from dataclasses import dataclass


@dataclass
class Order:
    id: str
""",
            "shop.py": """\
from __future__ import annotations

from events import Order

from infragraph import Service

shop = Service("shop")


@shop.post("/orders", access="public")
async def place(order: Order) -> None: ...
""",
        },
    ),
)

NAMES_UNDECIDED = Problem(
    code="IG2904",
    slug="payload-names-undecided",
    severity=Severity.WARNING,
    summary="{of} is described without the names that {name!r} makes",
    why="Names that are made while the program runs cannot be compared before.",
    help="write the names out, or use a way of renaming that pydantic or msgspec offers",
    example=Example(
        bad={
            "shop.py": """\
from pydantic import BaseModel, ConfigDict

from infragraph import Service, Topic

shop = Service("shop")


def shout(name: str) -> str:
    return f"{name.upper()}!"


class Order(BaseModel):
    model_config = ConfigDict(alias_generator=«shout»)

    order_id: str


orders = Topic[Order]("orders")


@shop.cron("reorder", every="1h")
async def reorder() -> None:
    await orders.publish(Order.model_validate({"ORDER_ID!": "1"}))


@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None: ...
"""
        },
        good={
            "shop.py": """\
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from infragraph import Service, Topic

shop = Service("shop")


class Order(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)

    order_id: str


orders = Topic[Order]("orders")


@shop.cron("reorder", every="1h")
async def reorder() -> None:
    await orders.publish(Order.model_validate({"orderId": "1"}))


@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None: ...
"""
        },
    ),
)

PAYLOAD_PROBLEMS = (UNSUPPORTED, NOT_FOUND, TYPE_CHECKING_ONLY, NAMES_UNDECIDED)


def type_findings(
    facts: TypeFacts | None, *, of: str, label: Label | None = None
) -> tuple[Diagnostic, ...]:
    """What of a type could not be read, once each.

    `of` names what has the type: `topic 'signups'`, `parameter 'request' of endpoint 'signup'`.
    `label` is a second place to show; without one, the type is where only a part of it is at fault.
    """
    faults = () if facts is None else facts.faults
    return tuple(
        _finding(fault, facts, of, label) for fault in faults if fault.kind != "unread" and facts
    )


def _finding(fault: TypeFault, facts: TypeFacts, of: str, label: Label | None) -> Diagnostic:
    problem, expected = _BY_FAULT[fault.kind]
    shown = label or Label(span=facts.span, text=f"{of} has this type")
    return problem.at(
        fault.span,
        labels=() if shown.span == fault.span else (shown,),
        expected=expected,
        of=of,
        name=fault.name,
        detail=fault.detail,
        cause=causes.of_type(fault),
    )


_BY_FAULT: Mapping[str, tuple[Problem, str]] = {
    "unsupported": (UNSUPPORTED, "cannot be sent"),
    "not-found": (NOT_FOUND, "was not found"),
    "type-checking-only": (TYPE_CHECKING_ONLY, "does not exist when the program runs"),
    "undecided": (NAMES_UNDECIDED, "decides when the program runs"),
}
