from infragraph.model.graph import Node
from infragraph.views.lookup import NotFound, find
from tests.views.scenes import scene

GRAPH = scene(
    """\
orders = Topic[Order]("orders")
db = SQLDatabase("orders")
shop = Service("shop")

@shop.post("/orders", access="public")
async def place(order: Order) -> None: ...
"""
).graph


def found(name: str) -> str:
    node = find(GRAPH, name)
    return node.id if isinstance(node, Node) else node.reason


def test_a_node_is_found_by_its_id_its_name_and_its_id_without_the_kind() -> None:
    assert [found(name) for name in ("topic:orders", "place", "shop/place")] == [
        "topic:orders",
        "endpoint:shop/place",
        "endpoint:shop/place",
    ]


def test_a_name_of_several_nodes_gives_the_candidates() -> None:
    assert found("orders") == "'orders' may be 'database:orders' or 'topic:orders'"


def test_kinds_decide_between_several() -> None:
    node = find(GRAPH, "orders", {"topic"})

    assert isinstance(node, Node)
    assert node.id == "topic:orders"


def test_a_misspelt_name_gives_the_nearest() -> None:
    assert found("topic:order") == "nothing is called 'topic:order'; did you mean 'topic:orders'?"
    assert found("SHOP/PLACE") == "nothing is called 'SHOP/PLACE'; did you mean 'shop/place'?"


def test_a_name_like_no_other_says_where_all_are() -> None:
    assert found("zzz") == ("nothing is called 'zzz'; 'infragraph analyze --format json' lists all")
    assert find(GRAPH, "zzz", {"cron"}) == NotFound(reason="no cron is called 'zzz'")
