from infragraph.kinds import ALL_KINDS
from infragraph.linking.edges import RELATIONS as USES
from infragraph.model import diagram as parts
from infragraph.model.diagram import Mark
from infragraph.views.events import events
from infragraph.views.legend import KINDS, MARKS, RELATIONS, legend
from tests.views.scenes import scene
from tests.views.test_events import TEXT


def test_a_legend_says_what_is_in_the_picture_and_no_more() -> None:
    lines = [f"{entry.what} {entry.name}: {entry.text}" for entry in legend(events(scene(TEXT)))]

    assert lines == [
        "kind endpoint: endpoint",
        "kind topic: topic",
        "kind subscription: subscription",
        "kind dead-letter: queue of dead letters",
        "relation publishes: publishes to a topic",
        "relation delivers: delivers to a subscription",
        "relation dead-letter: gives up a message",
        "mark cycle: leads back to itself",
        "mark dead-letter: what fails is kept in a queue",
        "mark external: others fill or read it too",
        "mark fan-out: several subscriptions receive each message",
        "mark public: can be reached from outside",
        "mark unread: nobody subscribes to it",
        "mark unfed: nothing publishes to it",
    ]


def test_every_kind_relation_and_mark_has_its_words() -> None:
    nodes = {kind.name for kind in ALL_KINDS if kind.properties is not None}

    assert {*KINDS} == nodes | {"external", parts.DEAD_LETTER, parts.SHARED, parts.MISSING}
    assert {*RELATIONS} == {*USES.values(), "delivers", parts.DEAD_LETTER, parts.SEVERAL}
    assert {*MARKS} == {*Mark}
