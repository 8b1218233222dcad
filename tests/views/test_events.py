from infragraph.views.events import events
from tests.views.scenes import arrows, scene, shapes

TEXT = """\
orders = Topic[Order]("orders")
retries = Topic[Order]("retries")
partners = Topic[Order]("partners", external=True)
forgotten = Topic[Order]("forgotten")
shop = Service("shop")

@shop.post("/orders", access="public")
async def place(order: Order) -> None:
    await orders.publish(order)
    await partners.publish(order)

@shop.get("/orders", access="public")
async def list_orders() -> None: ...

@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None:
    await retries.publish(order)

@shop.subscribe(orders, "count", dead_letter=False)
async def count(order: Order) -> None: ...

@shop.subscribe(retries, "retry")
async def retry(order: Order) -> None:
    await orders.publish(order)
"""


def test_producers_lead_to_topics_and_those_to_subscriptions() -> None:
    diagram = events(scene(TEXT))

    assert diagram.direction == "right"
    assert diagram.groups == ()
    assert arrows(diagram) == [
        "endpoint:shop/place -> topic:orders: publishes",
        "endpoint:shop/place -> topic:partners: publishes",
        "subscription:orders/ship -> dead-letter:orders/ship: fails (dead-letter)",
        "subscription:orders/ship -> topic:retries: publishes (cycle)",
        "subscription:retries/retry -> dead-letter:retries/retry: fails (dead-letter)",
        "subscription:retries/retry -> topic:orders: publishes (cycle)",
        "topic:orders -> subscription:orders/count: delivers",
        "topic:orders -> subscription:orders/ship: delivers (cycle)",
        "topic:retries -> subscription:retries/retry: delivers (cycle)",
    ]


def test_fan_out_cycles_dead_letters_and_dead_ends_are_marked() -> None:
    diagram = events(scene(TEXT))

    assert shapes(diagram) == [
        "- > dead-letter:orders/ship | dead letters | dead-letter",
        "- > dead-letter:retries/retry | dead letters | dead-letter",
        "- > endpoint:shop/place | shop · POST /orders | public",
        "- > subscription:orders/count | shop",
        "- > subscription:orders/ship | shop | cycle dead-letter",
        "- > subscription:retries/retry | shop | cycle dead-letter",
        "- > topic:forgotten | shop · Order | unfed unread",
        "- > topic:orders | shop · Order | cycle fan-out",
        "- > topic:partners | shop · Order | external",
        "- > topic:retries | shop · Order | cycle",
    ]


def test_a_subscription_whose_topic_is_not_known_is_noted() -> None:
    diagram = events(
        scene(
            'shop = Service("shop")\n\n'
            '@shop.subscribe(unknown, "ship")\n'
            "async def ship(order: Order) -> None: ...\n"
        )
    )

    (adrift,) = (shape for shape in diagram.shapes if shape.kind == "subscription")
    assert adrift.marks == ("dead-letter", "unfed")
    assert f"the topic of {adrift.id} is not known" in diagram.notes
