import pytest

from infragraph.views.choosing import offered, view
from infragraph.views.lookup import NotFound
from tests.views.scenes import arrows, scene_of, shapes
from tests.views.test_system import TWO

SCENE = scene_of(TWO)


def test_a_service_is_shown_with_what_it_touches() -> None:
    diagram = view(SCENE, "service:ship", depth=1)

    assert not isinstance(diagram, NotFound)
    assert (diagram.name, diagram.title) == ("service:ship", "app: the service ship")
    assert shapes(diagram) == [
        "group:ship > cron:late | every 1 h | centre",
        "group:ship > dead-letter:orders/ship | dead letters | dead-letter",
        "group:api > endpoint:api/list_orders | GET /orders",
        "group:ship > subscription:orders/ship | centre dead-letter",
        "shared > topic:orders | Order",
    ]
    assert diagram.notes == ("1 more lies one step further; '--depth 2' shows it",)


def test_a_topic_is_shown_with_its_producers_and_consumers() -> None:
    diagram = view(SCENE, "topic:orders", depth=1)

    assert not isinstance(diagram, NotFound)
    assert arrows(diagram) == [
        "endpoint:api/place -> topic:orders: publishes",
        "subscription:orders/ship -> dead-letter:orders/ship: fails (dead-letter)",
        "topic:orders -> subscription:orders/ship: delivers",
    ]


@pytest.mark.parametrize("name", ["system", "events", "data"])
def test_a_picture_of_nothing_says_so(name: str) -> None:
    diagram = view(scene_of({"app/a.py": "x = 1\n"}), name, depth=1)

    assert not isinstance(diagram, NotFound)
    assert (diagram.shapes, diagram.notes) == ((), ("there is nothing to show",))


def test_deeper_views_show_more_until_there_is_no_more() -> None:
    sizes: list[int] = []
    for depth in (0, 1, 2, 3, 9):
        diagram = view(SCENE, "topic:orders", depth=depth)
        assert not isinstance(diagram, NotFound)
        sizes.append(len(diagram.shapes))

    assert sizes == [1, 4, 5, 6, 6]


def test_every_view_that_is_offered_exists() -> None:
    names = offered(SCENE.graph)

    assert names == ("system", "events", "data", "service:api", "service:ship", "topic:orders")
    assert [getattr(view(SCENE, name, depth=1), "name", None) for name in names] == list(names)


THERE_ARE = "the views are system, events, data, service:NAME, topic:NAME"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("sytem", f"there is no view 'sytem'; did you mean 'system'?; {THERE_ARE}"),
        ("service", f"there is no view 'service'; {THERE_ARE}"),
        ("service:shipp", "no service is called 'shipp'; did you mean 'ship'?"),
        ("service:x", "no service is called 'x'; there is 'api' or 'ship'"),
        ("topic:ship", "no topic is called 'ship'; 'service:ship' is a service"),
    ],
)
def test_a_view_that_there_is_not_names_those_there_are(name: str, reason: str) -> None:
    assert view(SCENE, name, depth=1) == NotFound(reason=reason)
