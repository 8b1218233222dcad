"""Messages that cause themselves: topic → handler → topic."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.linking.checks.duplicates import duplicates
from infragraph.linking.checks.linked import Linked
from infragraph.model.graph import Edge

_BAD = """\
from dataclasses import dataclass

from infragraph import Service, Topic

shop = Service("shop")


@dataclass
class Order:
    id: str


orders = Topic[Order]("orders")
retries = Topic[Order]("retries")


@shop.post("/orders", access="public")
async def place(order: Order) -> None:
    await orders.publish(order)


@shop.subscribe(orders, "ship")
async def ship(order: Order) -> None:
    await retries.publish(order)


@shop.subscribe(retries, "retry")
async def retry(order: Order) -> None:
"""

EVENT_CYCLE = Problem(
    code="IG3104",
    slug="event-cycle",
    severity=Severity.WARNING,
    summary="a message can cause itself: {path}",
    why="One message may go round for ever, and each round costs as much as the first.",
    help="break the cycle, or make sure that it ends and say so with "
    "`# infragraph: ignore[event-cycle]`",
    example=Example(
        bad={"shop.py": f"{_BAD}    await «orders.publish(order)»\n"},
        good={"shop.py": f"{_BAD}    print(order)\n"},
    ),
)

PROBLEMS = (EVENT_CYCLE,)


def check(linked: Linked) -> Iterator[Diagnostic]:
    """One finding for each set of topics that lead to each other, with a shortest way round.

    A node that two things share leads where neither of them does.
    """
    shared = {first.id for first, _ in duplicates(linked)}
    following = _following(edge for edge in linked.graph.edges if edge.target not in shared)
    done: set[str] = set()
    for topic in linked.nodes("topic"):
        if topic.id in done:
            continue
        cycle = _shortest_cycle(topic.id, following)
        if cycle is None:
            continue
        done.update(_tangle(topic.id, following))
        # The graph is sorted, so the last step to the first topic is the same on every machine.
        *others, last = cycle
        yield EVENT_CYCLE.at(
            last.evidence[0].span,
            labels=tuple(
                Label(
                    span=edge.evidence[0].span, text=f"{edge.source} {edge.relation} {edge.target}"
                )
                for edge in others
            ),
            expected="begins again",
            path=" → ".join([topic.id, *(edge.target for edge in cycle)]),
        )


def _following(edges: Iterable[Edge]) -> Mapping[str, list[Edge]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        if edge.relation in {"publishes", "delivers", "calls"}:
            found.setdefault(edge.source, []).append(edge)
    return found


def _shortest_cycle(start: str, following: Mapping[str, list[Edge]]) -> list[Edge] | None:
    arrived: dict[str, Edge] = {}
    waiting = deque([start])
    while waiting:
        for edge in following.get(waiting.popleft(), ()):
            if edge.target == start:
                return [*_way(edge.source, start, arrived), edge]
            if edge.target not in arrived:
                arrived[edge.target] = edge
                waiting.append(edge.target)
    return None


def _way(end: str, start: str, arrived: Mapping[str, Edge]) -> list[Edge]:
    way: list[Edge] = []
    while end != start:
        way.append(arrived[end])
        end = arrived[end].source
    return way[::-1]


def _tangle(start: str, following: Mapping[str, list[Edge]]) -> Iterator[str]:
    """The nodes that the start leads to and that lead back to it."""
    for node in _below(start, following):
        if start in _below(node, following):
            yield node


def _below(start: str, following: Mapping[str, list[Edge]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for edge in following.get(waiting.pop(), ()):
            if edge.target not in found:
                found.add(edge.target)
                waiting.append(edge.target)
    return found
