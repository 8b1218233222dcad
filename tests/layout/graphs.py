"""Graphs of any size, with the mix of kinds and edges that applications have."""

from collections.abc import Iterator
from random import Random

from infragraph.model.graph import Edge, Evidence, InfraGraph, Node, Property
from infragraph.model.source import SourceSpan

_DOMAINS = (
    "accounts", "billing", "catalog", "delivery", "emails", "fulfilment", "invoices", "journeys",
    "ledger", "media", "notifications", "orders", "payments", "quotas", "reports", "shipping",
)  # fmt: skip
_NOUNS = (
    "account", "address", "invoice", "item", "label", "member", "order", "parcel", "payment",
    "price", "product", "profile", "refund", "session", "shipment", "stock-level", "user",
)  # fmt: skip
_VERBS = ("add", "cancel", "change", "close", "find", "get", "list", "place", "remove", "verify")
_PAST = ("added", "cancelled", "changed", "closed", "placed", "received", "removed", "shipped")
_PER_SERVICE = 10


def graph(size: int, seed: int = 1) -> InfraGraph:
    """`size` nodes in services of ten or so, most edges within a service, some between them."""
    random = Random(f"{size}/{seed}")  # noqa: S311 - the same graph on every run
    names = _names(max(1, size // _PER_SERVICE))
    nodes: dict[str, Node] = {}
    for name in names:
        _add(nodes, "service", name, name, {"package": f"app.{name.replace('-', '_')}"})
    while len(nodes) < size:
        kind, label, service, options = _thing(random, names, nodes)
        _add(nodes, kind, label, service, options)
    ordered = tuple(nodes[name] for name in sorted(nodes))
    edges = {(edge.source, edge.relation, edge.target): edge for edge in _edges(random, ordered)}
    return InfraGraph(
        application="generated",
        nodes=ordered,
        edges=tuple(edges[key] for key in sorted(edges)),
        payloads={},
        unresolved=(),
    )


def _names(count: int) -> list[str]:
    return [
        _DOMAINS[number % len(_DOMAINS)]
        + ("" if number < len(_DOMAINS) else f"-{number // len(_DOMAINS)}")
        for number in range(count)
    ]


def _add(
    nodes: dict[str, Node], kind: str, label: str, service: str | None, options: dict[str, Property]
) -> None:
    name = f"endpoint:{service}/{label}" if kind == "endpoint" else f"{kind}:{label}"
    if kind == "subscription":
        name = f"subscription:{options['topic']}/{label}"
    nodes.setdefault(
        name,
        Node(
            id=name,
            kind=kind,
            name=label,
            service=service,
            doc=None,
            symbol=f"app.{service}.{label}",
            span=_span(f"app/{service}/{kind}s.py", len(nodes) + 1),
            properties=options,
        ),
    )


def _thing(  # noqa: PLR0911 - one a kind
    random: Random, services: list[str], nodes: dict[str, Node]
) -> tuple[str, str, str | None, dict[str, Property]]:
    service, noun = random.choice(services), random.choice(_NOUNS)
    chance = random.random()
    number = len(nodes)
    if chance < 0.42:
        label = f"{random.choice(_VERBS)}_{noun}_{number}"
        access = random.choice(("public", "auth", "private"))
        return "endpoint", label, service, {
            "method": random.choice(("GET", "POST", "PUT")),
            "path": f"/{noun}s/{{{noun}_id}}",
            "access": access,
        }  # fmt: skip
    if chance < 0.56:
        return "topic", f"{noun}-{random.choice(_PAST)}-{number}", service, {
            "payload": {"$ref": f"#/payloads/app.{service}.{noun.title()}Event"}
        }  # fmt: skip
    if chance < 0.76:
        topics = [node.name for node in nodes.values() if node.kind == "topic"]
        if topics:
            topic = random.choice(topics)
            has_queue = random.random() < 0.5
            return "subscription", f"{random.choice(_VERBS)}-{noun}-{number}", service, {
                "topic": topic, "dead_letter": has_queue
            }  # fmt: skip
    if chance < 0.82:
        return "cron", f"{random.choice(_VERBS)}-{noun}s-{number}", service, {"every": 900}
    if chance < 0.91:
        return "database", f"{service}-{noun}s-{number}", service, {"shared_with": ()}
    if chance < 0.96:
        return "bucket", f"{noun}-files-{number}", random.choice((service, None)), {"public": False}
    return "secret", f"{noun.upper().replace('-', '_')}_KEY_{number}", None, {}


def _edges(random: Random, nodes: tuple[Node, ...]) -> Iterator[Edge]:
    by_kind: dict[str, list[Node]] = {}
    for node in nodes:
        by_kind.setdefault(node.kind, []).append(node)
        if node.kind == "subscription":
            yield _edge(f"topic:{node.properties['topic']}", "delivers", node.id, {})
    for node in nodes:
        if node.kind not in {"endpoint", "subscription", "cron"}:
            continue
        stores = [it for it in by_kind.get("database", ()) if it.service == node.service]
        if stores and random.random() < 0.7:
            access = random.choice(("read", "write", "read-write"))
            yield _edge(node.id, "queries", random.choice(stores).id, {"access": access})
        topics = by_kind.get("topic", [])
        own = [it for it in topics if it.service == node.service]
        if topics and random.random() < 0.4:
            chosen = own if own and random.random() < 0.8 else topics
            yield _edge(node.id, "publishes", random.choice(chosen).id, {})
        if "endpoint" in by_kind and random.random() < 0.12:
            yield _edge(node.id, "calls", random.choice(by_kind["endpoint"]).id, {})
        for kind, relation, chance in (("bucket", "stores", 0.1), ("secret", "reads", 0.08)):
            if kind in by_kind and random.random() < chance:
                yield _edge(node.id, relation, random.choice(by_kind[kind]).id, {})


def _edge(source: str, relation: str, target: str, options: dict[str, Property]) -> Edge:
    evidence = Evidence(span=_span("app/api.py", 7), via=("app.api.handler",))
    return Edge(
        source=source, relation=relation, target=target, properties=options, evidence=(evidence,)
    )


def _span(path: str, line: int) -> SourceSpan:
    return SourceSpan(path=path, line=line, column=1, end_line=line, end_column=9)
