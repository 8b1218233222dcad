"""What is published, held against what its topic carries."""

import pytest

from tests.compiling import diagnostics

EVENTS = """
from dataclasses import dataclass
from typing import Any, Optional, TypedDict, Union

from elsewhere import singleton, unknown
from infragraph import Service, Topic

shop = Service("shop")


class Base:
    pass


@dataclass
class Order(Base):
    id: int


@dataclass
class Refund:
    id: int


class Row(TypedDict):
    id: int


orders = Topic[Order]("orders", external=True)
numbers = Topic[int]("numbers", external=True)
ratios = Topic[float]("ratios", external=True)
lists = Topic[list[Order]]("lists", external=True)
rows = Topic[list[Row]]("rows", external=True)
indexes = Topic[dict[str, Order]]("indexes", external=True)
optional = Topic[Order | None]("optional", external=True)
"""


def published(body: str, parameters: str = "", decorators: str = "") -> list[str]:
    """The types that the findings on an endpoint's body name."""
    handler = f"{decorators}\n@shop.post('/call')\nasync def call({parameters}) -> None:\n"
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    found = diagnostics({"shop.py": EVENTS + handler + lines})
    assert {one.slug for one in found} <= {"published-type"}
    return [one.message.split("'")[1] for one in found]


@pytest.mark.parametrize(
    ("body", "parameters", "found"),
    [
        ("await orders.publish('text')", "", "str"),
        ("await orders.publish({'id': 1})", "", "dict[str, int]"),
        ("await orders.publish([Order(1)])", "", "list[Order]"),
        ("await orders.publish((Order(1), 2))", "", "tuple[Order, int]"),
        ("await orders.publish(Order)", "", "type[Order]"),
        ("await lists.publish([Refund(1)])", "", "list[Refund]"),
        ("await lists.publish([[Order(1)]])", "", "list[list[Order]]"),
        ("await indexes.publish({'a': Refund(1)})", "", "dict[str, Refund]"),
        ("await numbers.publish(name)", "name: str", "str"),
        ("await numbers.publish_many(names)", "names: list[str]", "str"),
        ("await orders.publish(name)", "name: str | int", "str | int"),
        ("await orders.publish(refund)", "refund: Refund", "Refund"),
        ("await optional.publish(refund)", "refund: Refund", "Refund"),
    ],
)
def test_what_no_subscriber_can_read_is_found(body: str, parameters: str, found: str) -> None:
    assert published(body, parameters) == [found]


@pytest.mark.parametrize(
    ("body", "parameters"),
    [
        ("await orders.publish(unknown())", ""),
        ("await orders.publish(singleton(Order))", ""),
        ("await orders.publish(*[Order(1)])", ""),
        ("await lists.publish([])", ""),
        ("await lists.publish([unknown()])", ""),
        ("held = [None]\nheld[0] = Order(1)\nawait lists.publish(held)", ""),
        ("await lists.publish([Order(one) for one in range(3)])", ""),
        ("await rows.publish([{'id': 1}])", ""),
        ("await indexes.publish({str(one): Order(one) for one in range(3)})", ""),
        ("await optional.publish(None)", ""),
        ("await numbers.publish(int(name))", "name: str"),
        ("name = 3\nawait numbers.publish(name)", "name: str"),
        ("[await numbers.publish(name) for name in range(3)]", "name: str"),
        ("await ratios.publish(number)", "number: int"),
        ("if isinstance(name, int):\n    await numbers.publish(name)", "name: int | str"),
        ("if isinstance(one, int):\n    await numbers.publish(one)", "one: float"),
        ("if isinstance(one, Order):\n    await orders.publish(one)", "one: Order | Refund"),
    ],
)
def test_what_may_fit_is_held_against_nobody(body: str, parameters: str) -> None:
    assert published(body, parameters) == []


def test_a_class_that_a_decorator_replaces_is_held_against_nobody() -> None:
    replaced = "@singleton\n@dataclass\nclass Special(Order):\n    pass\n"

    assert published("await orders.publish(Special)", decorators=replaced) == []


@pytest.mark.parametrize(
    ("topic", "annotation"),
    [
        ("orders", "Base"),
        ("orders", "Order | Refund"),
        ("orders", "Optional[Union[Order, Refund]]"),
        ("orders", "Refund | Any"),
        ("orders", "Refund | unknown"),
        ("numbers", "Refund | int"),
    ],
)
def test_of_a_helper_s_parameter_any_value_may_be_left(topic: str, annotation: str) -> None:
    helper = (
        f"async def send(one: {annotation}) -> None:\n"
        "    if isinstance(one, (int, Order)):\n"
        f"        await {topic}.publish(one)\n"
    )

    assert published("await send(unknown())", decorators=helper) == []


@pytest.mark.parametrize("annotation", ["Refund", "Refund | None", "'Refund'", "Optional[Refund]"])
def test_a_helper_s_parameter_says_what_is_published(annotation: str) -> None:
    helper = f"async def send(one: {annotation}) -> None:\n    await orders.publish(one)\n"

    assert published("await send(unknown())", decorators=helper) == ["Refund"]


def test_the_message_names_both_types_and_the_topic() -> None:
    found = diagnostics(
        {
            "shop.py": EVENTS + "\n@shop.cron('tick', every='1h')\n"
            "async def tick() -> None:\n    await numbers.publish('one')\n"
        }
    )

    assert [one.message for one in found] == [
        "a value of type 'str' is published to the topic 'numbers', which carries 'int'"
    ]
    assert [one.help for one in found] == ["publish what the topic carries, or change its type"]
