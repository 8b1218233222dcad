"""A publish after a write: what is said fits both sides of the commit."""

import pytest

from tests.compiling import diagnostics

SHOP = """\
from infragraph import Service, SQLDatabase, Topic

shop = Service("shop")
db = SQLDatabase("shop", migrations=None)
orders = Topic[str]("orders", external=True)


@shop.post("/orders", access="public")
async def place(order: str) -> None:
    async with db.transaction() as tx:
        await tx.execute("insert into orders (id) values ($1)", order)
"""


@pytest.mark.parametrize("indent", ["    ", "        "], ids=["after", "inside"])
def test_a_publish_without_the_outbox_is_not_committed_with_the_write(indent: str) -> None:
    (found,) = diagnostics({"shop.py": f"{SHOP}{indent}await orders.publish(order)\n"})

    assert (found.slug, found.expected) == ("dual-write", "is not committed with it")
