"""What is said of an application of which one file cannot be read."""

import pytest

from tests.compiling import diagnostics

SHOP = """\
from dataclasses import dataclass

from infragraph import Secret, Service, SQLDatabase, Topic

shop = Service("shop")


@dataclass
class Order:
    id: str


orders = Topic[Order]("orders")
key = Secret("STRIPE_KEY")
db = SQLDatabase("orders", migrations=None, shared_with=("billing",))


@shop.post("/orders", access="auth")
async def place(order: Order) -> None:
    await orders.publish(order)
    await db.execute("delete from orders")
"""

ALONE = ["access-without-auth-handler", "dead-topic", "service-unknown", "unused-resource"]
BROKEN = "def broken(:\n"


def slugs(files: dict[str, str]) -> list[str]:
    return sorted(found.slug for found in diagnostics({"shop.py": SHOP, **files}))


def test_a_broken_file_that_names_nothing_of_it_changes_nothing_else() -> None:
    assert slugs({}) == ALONE
    assert slugs({"notes.py": BROKEN}) == sorted([*ALONE, "syntax-error"])


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("from shop import orders\n", {"dead-topic", "unused-resource"}),
        ("import shop\n", {"unused-resource"}),
        ("from infragraph import Service\nbilling = Service('billing')\n", {"service-unknown"}),
        (
            "from shop import shop\n@shop.auth_handler\n",
            {"access-without-auth-handler", "unused-resource"},
        ),
    ],
)
def test_what_a_broken_file_may_hold_is_not_said_to_be_absent(text: str, silent: set[str]) -> None:
    remaining = sorted([*set(ALONE) - silent, "syntax-error"])

    assert slugs({"billing.py": text + BROKEN}) == remaining


def test_what_takes_its_names_from_a_broken_file_is_not_judged_by_them() -> None:
    files = {
        "events.py": f"from infragraph import Topic\n{BROKEN}",
        "handlers.py": """\
from events import Order, orders
from infragraph import Service

mail = Service("mail")


@mail.subscribe(orders, "send")
async def send(order: Order) -> Order: ...


@mail.post("/again", access="public")
async def again(order: Order) -> Order:
    await orders.publish(order)
    return order
""",
    }

    found = diagnostics(files)

    assert [(it.slug, it.span.path) for it in found] == [("syntax-error", "events.py")]


def test_the_name_of_a_service_that_is_not_known_is_one_finding() -> None:
    files = {
        "mail.py": "import os\n\nfrom infragraph import Service\n\n"
        'mail = Service(os.environ["NAME"])\n',
        "users.py": """\
from infragraph import Service, SQLDatabase

users = Service("users")
db = SQLDatabase("users", migrations=None, shared_with=("mail",))


@users.cron("purge", every="24h")
async def purge() -> None:
    await db.execute("delete from users")
""",
    }

    assert [it.slug for it in diagnostics(files)] == ["argument-not-constant"]
