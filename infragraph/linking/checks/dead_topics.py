"""Topics that lead to nobody, and subscriptions that nothing reaches."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.linking.checks.linked import Linked
from infragraph.model.graph import Edge

_MODEL = """\
from dataclasses import dataclass

from infragraph import Service, Topic

shop = Service("shop")


@dataclass
class Order:
    id: str


"""
_ORDERS = 'orders = Topic[Order]("orders")\n'
_PLACE = """

@shop.post("/orders", access="public")
async def place(order: Order) -> None:
    await orders.publish(order)
"""
_SHIP = """

@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None: ...
"""

DEAD_TOPIC = Problem(
    code="IG3101",
    slug="dead-topic",
    severity=Severity.WARNING,
    summary="nobody subscribes to the topic {name!r}",
    why="What is published to it is paid for and read by no one.",
    help="subscribe to it, or remove it; one that others read is `external=True`",
    example=Example(
        bad={"shop.py": f"{_MODEL}«{_ORDERS.rstrip()}»\n{_PLACE}"},
        good={"shop.py": f"{_MODEL}{_ORDERS}{_PLACE}{_SHIP}"},
    ),
)

TOPIC_NEVER_PUBLISHED = Problem(
    code="IG3102",
    slug="topic-never-published",
    severity=Severity.WARNING,
    summary="nothing publishes to the topic {topic!r} of the subscription {name!r}",
    why="Its handler never runs.",
    help="publish to {topic!r}, or remove the subscription; a topic that others fill is "
    "`external=True`",
    example=Example(
        bad={
            "shop.py": _MODEL
            + _ORDERS
            + _SHIP.replace('@shop.subscribe(orders, "ship")', '@«shop.subscribe(orders, "ship")»')
        },
        good={"shop.py": f"{_MODEL}{_ORDERS}{_PLACE}{_SHIP}"},
    ),
)

PROBLEMS = (DEAD_TOPIC, TOPIC_NEVER_PUBLISHED)


def check(linked: Linked) -> Iterator[Diagnostic]:
    published: dict[str, Edge] = {}
    delivered: set[str] = set()
    for edge in linked.graph.edges:
        if edge.relation == "publishes":
            published.setdefault(edge.target, edge)
        elif edge.relation == "delivers":
            delivered.add(edge.source)
    # What is wrong with a declaration may be why nothing else is seen to fit it.
    faulty = linked.inventory.faulty
    topics = {
        node.id: node
        for node in linked.nodes("topic")
        if node.properties.get("external") is False and node.id not in faulty
    }
    # A subscription whose topic is not known may be to any: then nobody can tell a dead one.
    adrift = any(node.properties.get("topic") is None for node in linked.nodes("subscription"))
    for topic in topics.values():
        if topic.id not in delivered and not adrift:
            yield DEAD_TOPIC.at(
                topic.span,
                labels=_publishers(published.get(topic.id)),
                expected="leads nowhere",
                name=topic.name,
            )
    # A use that could not be resolved may be the publish that seems to be missing.
    if linked.graph.unresolved:
        return
    for subscription in linked.nodes("subscription"):
        filled = topics.get(f"topic:{subscription.properties.get('topic')}")
        if filled is None or subscription.id in faulty:
            continue
        if filled.id not in published:
            yield TOPIC_NEVER_PUBLISHED.at(
                subscription.span,
                labels=(
                    Label(span=filled.span, text=f"the topic {filled.name!r} is declared here"),
                ),
                expected="receives nothing",
                topic=filled.name,
                name=subscription.name,
            )


def _publishers(edge: Edge | None) -> tuple[Label, ...]:
    if edge is None:
        return ()
    return tuple(
        Label(span=one.span, text="this is published to nobody") for one in edge.evidence[:1]
    )
