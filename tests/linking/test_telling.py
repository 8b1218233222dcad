"""One mistake is one finding, at its first place, with the others beside it."""

from infragraph.diagnostics.diagnostic import Label
from infragraph.model.source import Position, SourceSpan
from tests.compiling import diagnostics

MISSING = """\
from infragraph import Service, Topic
from elsewhere.events import User, orders
from elsewhere.models import Order

shop = Service("shop")
users = Topic[User]("users", external=True)


@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None:
    await users.publish(order.user)


@shop.post("/users", access="public")
async def create(user: User) -> User:
    return user
"""

TYPED = """\
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infragraph import Topic

if TYPE_CHECKING:
    from uuid import UUID


@dataclass
class Order:
    id: UUID
    customer: UUID


orders = Topic[Order]("orders", external=True)
"""


def span(line: int, column: int, end: int) -> SourceSpan:
    return SourceSpan.at("shop.py", Position(line, column, line, end))


def test_a_library_that_was_not_read_is_one_finding() -> None:
    (found,) = diagnostics({"shop.py": MISSING})

    assert found.slug == "payload-type-not-found"
    assert found.span == span(6, 15, 19)
    assert found.labels == (
        Label(span=span(9, 17, 23), text="this is missing here, too"),
        Label(span=span(10, 23, 28), text="this is missing here, too"),
        Label(span=span(15, 24, 28), text="this is missing here, too, and in 1 more place"),
    )


def test_two_libraries_that_were_not_read_are_two_findings() -> None:
    apart = MISSING.replace("elsewhere.models", "others.models")

    slugs = [found.slug for found in diagnostics({"shop.py": apart})]

    assert slugs == ["payload-type-not-found", "payload-type-not-found"]


def test_an_import_that_two_fields_lack_is_one_finding() -> None:
    (found,) = diagnostics({"shop.py": TYPED})

    assert found.slug == "type-imported-for-type-checking-only"
    assert found.span == span(14, 9, 13)
    assert [label.span for label in found.labels] == [span(18, 16, 21), span(15, 15, 19)]
