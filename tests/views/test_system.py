from infragraph.model.diagram import Group, Mark
from infragraph.model.graph import Edge, InfraGraph
from infragraph.views.scene import Scene
from infragraph.views.system import READABLE, containers, system
from tests.views.scenes import HEAD, arrows, scene, scene_of, shapes

ORDERS = """\
orders = Topic[Order]("orders")
shop = Service("shop")

@shop.post("/orders", access="public")
async def place(order: Order) -> None:
    await orders.publish(order)

@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None: ...
"""

TWO = {
    "shop/__init__.py": "",
    "shop/events.py": HEAD + 'orders = Topic[Order]("orders")\n',
    "shop/api/__init__.py": HEAD
    + """\
from shop.events import orders
api = Service("api")

@api.post("/orders", access="public")
async def place(order: Order) -> None:
    await orders.publish(order)

@api.get("/orders", access="private")
async def list_orders() -> list[Order]: return []
""",
    "shop/ship/__init__.py": HEAD
    + """\
from shop.api import list_orders
from shop.events import orders
ship = Service("ship")

@ship.subscribe(orders, "ship")
async def pack(order: Order) -> None:
    await list_orders()

@ship.cron("late", every="1h")
async def late() -> None:
    await list_orders()
""",
}


def test_services_are_containers_of_what_they_own() -> None:
    diagram = system(scene(ORDERS, {"shop": "team-shop"}))

    assert [(group.id, group.owner) for group in diagram.groups] == [("group:shop", "team-shop")]
    assert shapes(diagram) == [
        "group:shop > endpoint:shop/place | POST /orders | public",
        "group:shop > subscription:orders/ship | dead-letter",
        "group:shop > topic:orders | Order",
    ]
    assert arrows(diagram) == [
        "endpoint:shop/place -> topic:orders: publishes",
        "topic:orders -> subscription:orders/ship: delivers",
    ]
    assert diagram.notes == ()


def test_what_no_service_owns_has_a_container_of_its_own() -> None:
    diagram = system(scene_of(TWO))

    assert diagram.groups[-1] == Group(
        id="shared",
        kind="shared",
        node=None,
        label="shared",
        detail="owned by no service",
        owner=None,
        span=None,
        marks=(Mark.UNOWNED,),
    )
    assert "shared > topic:orders | Order" in shapes(diagram)


def test_a_collapsed_service_is_one_shape_and_its_arrows_are_counted() -> None:
    application = scene_of(TWO)

    diagram = system(application, collapsed=containers(application.graph))

    assert shapes(diagram) == [
        "- > group:api | 2 endpoints | collapsed",
        "- > group:ship | 1 cron, 1 subscription | collapsed",
        "- > shared | 1 topic | collapsed unowned",
    ]
    assert arrows(diagram) == [
        "group:api -> shared: publishes",
        "group:ship -> group:api: calls ×2",  # noqa: RUF001 - as it is drawn
        "shared -> group:ship: delivers",
    ]
    assert len(diagram.arrows[1].edges) == 2
    assert diagram.notes == ("collapsed services show only what goes between them",)


def test_one_service_can_be_collapsed_by_itself() -> None:
    diagram = system(scene_of(TWO), collapsed=["group:ship"])

    assert [group.id for group in diagram.groups] == ["group:api", "shared"]
    assert "group:ship -> endpoint:api/list_orders: calls ×2" in arrows(diagram)  # noqa: RUF001


def test_services_are_collapsed_where_more_nodes_than_are_readable_would_be_drawn() -> None:
    secrets = "".join(f's{number} = Secret("S{number:02}")\n' for number in range(READABLE - 3))

    at_most = system(scene(ORDERS + secrets.partition("\n")[2]))
    above = system(scene(ORDERS + secrets))

    assert len(at_most.shapes) == READABLE - 1
    assert shapes(above) == [
        "- > group:shop | 1 endpoint, 57 secrets, 1 subscription, 1 topic | collapsed"
    ]
    assert above.notes == (
        "collapsed services show only what goes between them: 61 nodes are more than 60",
    )


def test_a_service_that_acts_by_itself_is_a_shape_in_its_container() -> None:
    diagram = system(
        scene('shop = Service("shop")\nkey = Secret("KEY")\nvalue = key.get()\n', {"shop": "us"})
    )

    assert shapes(diagram) == [
        "group:shop > secret:KEY",
        "group:shop > service:shop | shop",
    ]
    assert arrows(diagram) == ["service:shop -> secret:KEY: reads"]


def test_an_empty_service_is_not_lost() -> None:
    assert shapes(system(scene('shop = Service("shop")\n'))) == [
        "group:shop > service:shop | shop",
    ]


def test_ways_that_lead_back_are_marked() -> None:
    diagram = system(
        scene(
            ORDERS.replace(
                "async def ship(order: Order) -> None: ...",
                "async def ship(order: Order) -> None:\n    await orders.publish(order)",
            )
        )
    )

    assert arrows(diagram) == [
        "endpoint:shop/place -> topic:orders: publishes",
        "subscription:orders/ship -> topic:orders: publishes (cycle)",
        "topic:orders -> subscription:orders/ship: delivers (cycle)",
    ]


def test_an_end_that_is_no_node_is_drawn() -> None:
    edge = Edge(source="cron:a", relation="calls", target="x", properties={}, evidence=())
    graph = InfraGraph(application="app", nodes=(), edges=(edge,), payloads={}, unresolved=())

    diagram = system(Scene(graph=graph, owners={}))

    assert shapes(diagram) == ["- > cron:a | not declared", "- > x | not declared"]
    assert arrows(diagram) == ["cron:a -> x: calls"]


def test_uses_that_could_not_be_resolved_are_noted() -> None:
    diagram = system(scene(ORDERS + "\ndef f(name: str):\n    getattr(shop, name).publish()\n"))

    assert diagram.notes == (
        "not drawn, since the name is not a constant: getattr(shop, name).publish (shop.py:20)",
    )
