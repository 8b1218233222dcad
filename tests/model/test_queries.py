from infragraph.model.graph import InfraGraph, Node
from infragraph.model.queries import Found, consumers, cycles, impact, path, producers
from infragraph.model.unused import unused
from tests.hashing import outputs
from tests.views.scenes import module, scene_of

FILES = {
    "shop/__init__.py": "",
    "shop/events.py": module(
        """\
orders = Topic[Order]("orders")
parcels = Topic[Order]("parcels")
forgotten = Topic[Order]("forgotten")
partners = Topic[Order]("partners", external=True)
unread = Topic[Order]("unread")
"""
    ),
    "shop/api/__init__.py": """\
from infragraph import Secret, Service, SQLDatabase
from shop.events import Order, orders, unread
api = Service("api")
db = SQLDatabase("api")
spare = Secret("SPARE")

@api.post("/orders", access="public")
async def place(order: Order) -> None:
    await db.execute("insert into orders values ($1)", order.id)
    await orders.publish(order)
    await unread.publish(order)

@api.get("/orders", access="private")
async def list_orders() -> None:
    await db.fetch_one("select id from orders")

@api.get("/none", access="private")
async def nobody_calls() -> None: ...
""",
    "shop/ship/__init__.py": """\
from infragraph import Bucket, Service
from shop.api import list_orders
from shop.events import Order, forgotten, orders, parcels, partners
ship = Service("ship")
labels = Bucket("labels")

@ship.subscribe(orders, "pack")
async def pack(order: Order) -> None:
    await list_orders()
    await parcels.publish(order)
    await labels.upload("a", b"")

@ship.subscribe(parcels, "move")
async def move(order: Order) -> None:
    await orders.publish(order)

@ship.subscribe(forgotten, "wait")
async def wait(order: Order) -> None: ...

@ship.subscribe(partners, "hear")
async def hear(order: Order) -> None: ...
""",
    "shop/idle/__init__.py": 'from infragraph import Service\n\nidle = Service("idle")\n',
    "shop/api/migrations/0001_orders.up.sql": "create table orders (id text primary key);\n",
}
GRAPH = scene_of(FILES).graph


def node(name: str, graph: InfraGraph = GRAPH) -> Node:
    return next(one for one in graph.nodes if one.id == name)


def lines(found: tuple[Found, ...]) -> list[str]:
    return [
        " ".join([one.path[0].source, *(f"-{it.relation}-> {it.target}" for it in one.path)])
        for one in found
    ]


def test_producers_and_consumers_of_a_topic_come_with_their_evidence() -> None:
    made = producers(GRAPH, node("topic:orders"))

    assert lines(made) == [
        "endpoint:api/place -publishes-> topic:orders",
        "subscription:parcels/move -publishes-> topic:orders",
    ]
    assert [one.span.path for one in made[0].path[0].evidence] == ["shop/api/__init__.py"]
    assert lines(consumers(GRAPH, node("topic:orders"))) == [
        "topic:orders -delivers-> subscription:orders/pack",
    ]


def test_impact_is_all_that_lies_downstream_each_with_the_shortest_path() -> None:
    assert lines(impact(GRAPH, node("topic:parcels"))) == [
        "topic:parcels -delivers-> subscription:parcels/move",
        "topic:parcels -delivers-> subscription:parcels/move -publishes-> topic:orders",
        (
            "topic:parcels -delivers-> subscription:parcels/move -publishes-> topic:orders "
            "-delivers-> subscription:orders/pack"
        ),
        (
            "topic:parcels -delivers-> subscription:parcels/move -publishes-> topic:orders "
            "-delivers-> subscription:orders/pack -stores-> bucket:labels"
        ),
        (
            "topic:parcels -delivers-> subscription:parcels/move -publishes-> topic:orders "
            "-delivers-> subscription:orders/pack -calls-> endpoint:api/list_orders"
        ),
        (
            "topic:parcels -delivers-> subscription:parcels/move -publishes-> topic:orders "
            "-delivers-> subscription:orders/pack -calls-> endpoint:api/list_orders "
            "-queries-> database:api"
        ),
    ]


def test_impact_of_a_store_begins_with_who_reads_it() -> None:
    assert lines(impact(GRAPH, node("database:api"))) == [
        "database:api -feeds-> endpoint:api/list_orders",
    ]
    assert impact(GRAPH, node("bucket:labels")) == ()


def test_impact_of_a_service_begins_with_what_it_owns() -> None:
    found = impact(GRAPH, node("service:api"))

    assert "service:api -owns-> endpoint:api/place -publishes-> topic:orders" in lines(found)
    assert found[-1].node == "subscription:parcels/move"


def test_a_path_is_a_shortest_one_in_the_direction_of_the_flow() -> None:
    place, labels = node("endpoint:api/place"), node("bucket:labels")

    assert lines(path(GRAPH, place, labels)) == [
        (
            "endpoint:api/place -publishes-> topic:orders -delivers-> subscription:orders/pack "
            "-stores-> bucket:labels"
        )
    ]
    assert path(GRAPH, labels, place) == ()


def test_a_path_leads_from_service_to_service() -> None:
    assert lines(path(GRAPH, node("service:api"), node("service:ship"))) == [
        (
            "service:api -owns-> endpoint:api/place -publishes-> topic:orders "
            "-delivers-> subscription:orders/pack -belongs to-> service:ship"
        )
    ]


def test_what_leads_back_to_itself_is_one_result_with_a_shortest_way_round() -> None:
    (found,) = cycles(GRAPH)

    assert found.members == (
        "subscription:orders/pack",
        "subscription:parcels/move",
        "topic:orders",
        "topic:parcels",
    )
    assert lines((found,)) == [
        (
            "subscription:orders/pack -publishes-> topic:parcels "
            "-delivers-> subscription:parcels/move -publishes-> topic:orders "
            "-delivers-> subscription:orders/pack"
        )
    ]


def test_what_nobody_uses_is_listed_with_the_reason() -> None:
    assert [(one.node, one.reason) for one in unused(GRAPH)] == [
        ("endpoint:api/nobody_calls", "it is private, and nothing calls it"),
        ("secret:SPARE", "nothing uses it"),
        ("service:idle", "it owns nothing"),
        ("subscription:forgotten/wait", "nothing publishes to its topic 'forgotten'"),
        ("topic:unread", "nobody subscribes to it"),
    ]


def test_a_service_that_only_authenticates_or_starts_something_is_used() -> None:
    services = scene_of(
        {
            "auth.py": module(
                """\
auth = Service("auth")

@auth.auth_handler
async def authenticate(token: str) -> str | None: ...
"""
            ),
            "start.py": module(
                """\
start = Service("start")

@start.on_startup
async def warm() -> None: ...
"""
            ),
        }
    )

    assert unused(services.graph) == ()


def test_answers_are_the_same_under_every_seed_of_hashing() -> None:
    script = (
        "from tests.model.test_queries import GRAPH, node\n"
        "from infragraph.model.queries import cycles, impact\n"
        "print(cycles(GRAPH), impact(GRAPH, node('service:api')))\n"
    )

    assert len(outputs(script)) == 1
