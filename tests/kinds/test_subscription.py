import pytest

from tests.compiling import diagnostics
from tests.kinds.reading import HEAD, findings, properties


def test_a_subscription_shows_its_options() -> None:
    shown = properties(
        """
class Country(Enum):
    NL = "NL"


db = SQLDatabase("shop", migrations=None)
POLICY = Retry(max_attempts=3, min_backoff="500ms")


@shop.subscribe(
    orders,
    "ship",
    concurrency=2 * 10,
    ack_deadline="1m",
    retry=POLICY,
    retention="1d",
    filter={"country": (Country.NL, "BE")},
    dead_letter=False,
    inbox=db,
)
async def ship(order: Order) -> None: ...
""",
        "subscription:orders/ship",
    )

    assert list(shown.items()) == [
        ("topic", "orders"),
        ("handler", "shop.ship"),
        ("concurrency", 20),
        ("ack_deadline", 60),
        ("retry", {"max_attempts": 3, "min_backoff": 0.5, "max_backoff": 600}),
        ("retention", 86400),
        ("filter", {"country": ["NL", "BE"]}),
        ("dead_letter", False),
        ("inbox", "shop"),
    ]


def test_a_subscription_without_options_shows_the_defaults() -> None:
    text = '@shop.subscribe(orders, "ship")\nasync def ship(order: Order) -> None: ...\n'

    assert list(properties(text, "subscription:orders/ship").items()) == [
        ("topic", "orders"),
        ("handler", "shop.ship"),
        ("concurrency", 10),
        ("ack_deadline", 30),
        ("retry", {"max_attempts": 5, "min_backoff": 10, "max_backoff": 600}),
        ("retention", 604800),
        ("filter", None),
        ("dead_letter", True),
        ("inbox", None),
    ]


def subscription(options: str, handler: str = "async def ship(order: Order) -> None: ...") -> str:
    constants = 'COUNTRIES = ("NL", "BE")\nLISTED = ["NL"]\n\n\n'
    return f"{constants}@shop.subscribe({options})\n{handler}\n"


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ('Order, "ship"', ("IG2201", "Order")),
        ('"orders", "ship"', ("IG2201", '"orders"')),
        ('shop, "ship"', ("IG2201", "shop")),
        ('orders, "ship", inbox="shop"', ("IG2202", '"shop"')),
        ('orders, "ship", inbox=orders', ("IG2202", "orders")),
        ('orders, "ship", concurrency=0', ("IG2205", "0")),
        ('orders, "ship", concurrency=True', ("IG2002", "True")),
        ('orders, "ship", retry=Retry(max_attempts=0)', ("IG2205", "0")),
        ('orders, "ship", retry=5', ("IG2002", "5")),
        ('orders, "ship", retry=Retry(5)', ("IG2005", "5")),
        ('orders, "ship", retry=Retry(attempts=5)', ("IG2003", "attempts")),
        ('orders, "ship", retry=Retry(min_backoff="10")', ("IG2010", '"10"')),
        ('orders, "ship", retry=Retry(min_backoff="1h")', ("IG2206", '"1h"')),
        ('orders, "ship", retry=Retry(max_backoff="1s")', ("IG2206", '"1s"')),
        (
            'orders, "ship", retry=Retry(max_backoff="1s", min_backoff="2s")',
            ("IG2206", '"2s"'),
        ),
        ('orders, "ship", ack_deadline="999ms"', ("IG2207", '"999ms"')),
        ('orders, "ship", ack_deadline="0s"', ("IG2207", '"0s"')),
        ('orders, "ship", filter={"id": "1"}', ("IG2208", '"id"')),
        ('orders, "ship", filter={"contry": "NL"}', ("IG2208", '"contry"')),
        ('orders, "ship", filter={"country": ()}', ("IG2209", '"country"')),
        ('orders, "ship", filter={}', ("IG2210", "{}")),
        ('orders, "ship", filter={"country": ("NL", 31)}', ("IG2211", "31")),
        ('orders, "ship", filter={"country": (*COUNTRIES, 31)}', ("IG2211", "31")),
        ('orders, "ship", filter={"country": (*made(), "NL")}', ("IG2001", "*made()")),
        ('orders, "ship", filter="country"', ("IG2002", '"country"')),
        ('orders, "ship", filter={"country": 1.5}', ("IG2002", "1.5")),
        ('orders, "ship", filter={"country": {"NL"}}', ("IG2002", '{"NL"}')),
        ('orders, "ship", filter={1: "NL"}', ("IG2002", "1")),
        ('orders, "Ship"', ("IG2009", '"Ship"')),
        ("orders", ("IG2004", "shop.subscribe(orders)")),
    ],
)
def test_a_mistake_is_one_finding_at_its_place(options: str, found: tuple[str, str]) -> None:
    assert findings(subscription(options)) == [found]


@pytest.mark.parametrize(
    ("attribute", "wanted", "found"),
    [
        ("str", '"1"', []),
        ("str", "1", ["1"]),
        ("int", "1", []),
        ("int", '"1", 2', ['"1"']),
        ("UUID | None", '"1"', []),
        ("UUID | None", "1", ["1"]),
        ("Size", 'Size.SMALL, "s"', []),
        ("Size", 'Size.SMALL, "m"', ['"m"']),
        ('Literal["s", "m"]', '"s"', []),
        ('Literal["s", "m"]', '"l"', ['"l"']),
        ("Any", "1", []),
    ],
)
def test_a_filter_asks_for_what_an_attribute_can_be(
    attribute: str, wanted: str, found: list[str]
) -> None:
    text = f"""
from typing import Any, Literal
from uuid import UUID


class Size(Enum):
    SMALL = "s"


@dataclass
class Parcel:
    size: Attribute[{attribute}]


parcels = Topic[Parcel]("parcels")


@shop.subscribe(parcels, "ship", filter={{"size": ({wanted},)}})
async def ship(parcel: Parcel) -> None: ...


@shop.cron("send", every="1h")
async def send() -> None:
    await parcels.publish(unknown())
"""

    assert findings(text) == [("IG2211", marked) for marked in found]


@pytest.mark.parametrize(
    "options",
    [
        'orders, "ship", retry=Retry(min_backoff="10m", max_backoff="10m")',
        'orders, "ship", retry=Retry(max_attempts=1)',
        'orders, "ship", ack_deadline="1s"',
        'orders, "ship", filter={"country": (*COUNTRIES, "DE")}',
        'orders, "ship", filter={"country": [*LISTED]}',
        'orders, "ship", filter={"country": ["NL"]}',
        'topic=orders, name="ship"',
    ],
)
def test_what_is_just_right_is_no_mistake(options: str) -> None:
    assert findings(subscription(options)) == []


@pytest.mark.parametrize(
    "parameters",
    [
        "order: Order",
        "message: Message[Order]",
        "message: Message",
        "order",
        "order: object",
        "order: Order | Refund",
        "order: Order, /",
        "order: Order, attempts: int = 1",
        "*orders: Order",
        "order: Order, *, dry: bool = False",
        "order: Order, **options: str",
    ],
)
def test_a_handler_takes_the_payload_or_its_message(parameters: str) -> None:
    handler = f"async def ship({parameters}) -> None: ..."

    assert findings(subscription('orders, "ship"', handler)) == []


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ("", ("IG2203", "ship")),
        ("order: Order, attempt: int", ("IG2203", "ship")),
        ("*, order: Order", ("IG2203", "ship")),
        ("order: Order, *, dry: bool", ("IG2203", "ship")),
        ("**order: Order", ("IG2203", "ship")),
        ("order: Refund", ("IG2204", "Refund")),
        ("order: str", ("IG2204", "str")),
        ("message: Message[Refund]", ("IG2204", "Message[Refund]")),
        ("*orders: Refund", ("IG2204", "Refund")),
    ],
)
def test_another_handler_is_one_finding(parameters: str, found: tuple[str, str]) -> None:
    handler = f"async def ship({parameters}) -> None: ..."

    assert findings(subscription('orders, "ship"', handler)) == [found]


def test_a_subclass_is_not_what_is_delivered_and_a_base_is() -> None:
    text = """
class Placed(Order):
    pass


placed = Topic[Placed]("placed")


@shop.subscribe(placed, "base")
async def base(order: Order) -> None: ...


@shop.subscribe(orders, "derived")
async def derived(order: Placed) -> None: ...
"""

    assert findings(text) == [("IG2204", "Placed")]


def test_a_method_is_a_handler_without_its_receiver() -> None:
    text = """
class Shipping:
    async def ship(self, order: Order) -> None: ...


shop.subscribe(orders, "ship")(Shipping().ship)
"""

    assert findings(text) == []


def test_one_without_a_known_topic_stays_an_entry_point() -> None:
    text = subscription('Order, "ship"')

    assert properties(text, "subscription:?/ship")["topic"] is None


def test_two_without_a_known_topic_are_no_duplicates() -> None:
    text = subscription('Order, "ship"') + subscription('Refund, "ship"')

    assert findings(text) == [("IG2201", "Order"), ("IG2201", "Refund")]
    assert [it.code for it in diagnostics({"shop.py": HEAD + text})] == ["IG2201"] * 2


def test_a_topic_of_a_library_that_was_not_read_says_how_to_have_it_read() -> None:
    text = "from elsewhere import placed\n" + subscription('placed, "ship"')

    (found,) = (it for it in diagnostics({"shop.py": HEAD + text}) if it.code == "IG2201")

    assert found.message == (
        "subscription 'ship' refers to 'elsewhere.placed', which is not a topic"
    )
    assert found.help.endswith("list its package under 'libraries' in infragraph.yaml")


def test_one_without_a_constant_name_is_called_by_its_handler() -> None:
    text = "import os\n" + subscription('orders, os.environ["NAME"]')

    assert properties(text, "subscription:orders/ship")["topic"] == "orders"
    assert findings(text) == [("IG2001", 'os.environ["NAME"]')]
