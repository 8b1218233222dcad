from tests.compiling import diagnostics

EVENTS = 'from infragraph import Topic\norders = Topic[str]("orders")\n'
SHOP = """\
import events
from infragraph import Service

shop = Service("shop")


@shop.subscribe(events.orders, "ship")
async def ship(order: str) -> None: ...
"""
DYNAMIC = """

@shop.post("/{name}", access="public")
async def place(name: str) -> None:
    await getattr(events, name).publish("1")
"""


def test_a_subscription_that_nothing_publishes_to_is_told() -> None:
    found = diagnostics({"events.py": EVENTS, "shop.py": SHOP})

    assert [one.slug for one in found] == ["topic-never-published"]


def test_a_publish_that_could_not_be_resolved_may_be_the_one_that_is_missing() -> None:
    found = diagnostics({"events.py": EVENTS, "shop.py": SHOP + DYNAMIC})

    assert [one.slug for one in found] == ["unresolved-use"]
