"""A publish after a database write, with no outbox between them."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.frontend.statics import span_of
from infragraph.frontend.values import Place
from infragraph.linking.checks.linked import Linked

_SHOP = """\
from dataclasses import dataclass

from infragraph import Service, SQLDatabase, Topic

shop = Service("shop")
db = SQLDatabase("shop", migrations=None)


@dataclass
class Order:
    id: str


orders = Topic[Order]("orders")


@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None: ...


@shop.post("/orders", access="public")
async def place(order: Order) -> None:
"""

_APART = """\
    await db.execute("insert into orders (id) values ($1)", order.id)
    await «orders.publish(order)»
"""
_TOGETHER = """\
    async with db.transaction() as tx:
        await tx.execute("insert into orders (id) values ($1)", order.id)
        await orders.publish(order, outbox=tx)
"""

DUAL_WRITE = Problem(
    code="IG3105",
    slug="dual-write",
    severity=Severity.WARNING,
    summary="the topic {topic!r} is published to after the database {database!r} was written, "
    "with no outbox",
    why="Only one of the two may happen: the process may end between them, so that nobody hears of "
    "the change, and a transaction that is still open may fail once the message is out.",
    help="write inside `async with {bound}.transaction() as tx` and publish with `outbox=tx`",
    example=Example(
        bad={"shop.py": _SHOP + _APART},
        good={"shop.py": _SHOP + _TOGETHER},
    ),
)

PROBLEMS = (DUAL_WRITE,)


def check(linked: Linked) -> Iterator[Diagnostic]:
    """Each publish once, whichever entry points reach it after a write."""
    seen: set[Place] = set()
    for used, use, topic in linked.uses("topic"):
        if use.has_outbox or not used.writes or use.place in seen:
            continue
        # The write of a nameless database is a finding of its declaration.
        writes = sorted(
            (write for write in used.writes if write.database in linked.resources),
            key=lambda write: write.place,
        )
        if not writes:
            continue
        seen.add(use.place)
        database = linked.resources[writes[0].database]
        yield DUAL_WRITE.at(
            span_of(use.place),
            labels=(Label(span=span_of(writes[0].place), text="the database is written here"),),
            expected="is not committed with it",
            topic=topic.name,
            database=database.name,
            bound=database.symbol.rpartition(".")[2],
        )
