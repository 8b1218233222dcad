"""Two declarations of one name, and what is not said on top of them."""

from tests.compiling import diagnostics

MERGED = """\
from infragraph import Service, Topic

shop = Service("shop")
orders = Topic[str]("orders")


@shop.subscribe(orders, "ship")
async def ship(order: str) -> None:
    await show(order)


@shop.post("/orders/shown", access="public", name="create")
async def show(order: str) -> None:
    print(order)


@shop.post("/orders", access="public")
async def create(order: str) -> None:
    await orders.publish(order)
"""


def test_what_two_of_one_name_do_between_them_is_no_cycle() -> None:
    assert [found.slug for found in diagnostics({"shop.py": MERGED})] == ["duplicate-name"]
    apart = MERGED.replace(', name="create"', "")
    assert diagnostics({"shop.py": apart}) == ()


def test_a_cycle_beside_two_of_one_name_is_found() -> None:
    cyclic = MERGED.replace("await show(order)", "await orders.publish(order)")

    slugs = [found.slug for found in diagnostics({"shop.py": cyclic})]

    assert slugs == ["event-cycle", "duplicate-name"]
