"""What is declared and used by nobody."""

from infragraph.model.graph import InfraGraph, Node
from infragraph.model.queries import STORES, Found


def unused(graph: InfraGraph) -> tuple[Found, ...]:
    """What is declared and used by nobody, as far as every use could be resolved."""
    targets: dict[str, set[str]] = {}
    sources: dict[str, set[str]] = {}
    for edge in graph.edges:
        targets.setdefault(edge.source, set()).add(edge.relation)
        sources.setdefault(edge.target, set()).add(edge.relation)
    nodes = {node.id: node for node in graph.nodes}
    owning = {node.service for node in graph.nodes if node.kind != "service"}
    found: list[Found] = []
    for node in graph.nodes:
        used, uses = sources.get(node.id, set()), targets.get(node.id, set())
        if node.kind == "service":
            reason = None if uses or node.name in owning or _runs(node) else "it owns nothing"
        elif node.kind == "subscription":
            topic = nodes.get(f"topic:{node.properties.get('topic')}")
            filled = topic is not None and "publishes" in sources.get(topic.id, set())
            reason = _of_subscription(topic, is_filled=filled)
        else:
            reason = _of_target(node, used, uses)
        if reason is not None:
            found.append(Found(node=node.id, reason=reason))
    return tuple(found)


def _of_target(node: Node, used: set[str], uses: set[str]) -> str | None:
    if node.kind in STORES:
        return None if used else "nothing uses it"
    if node.kind == "topic" and node.properties.get("external") is not True:
        if "delivers" in uses:
            return None
        return "nobody subscribes to it" if used else "nobody publishes or subscribes to it"
    if node.kind == "endpoint" and node.properties.get("access") == "private":
        return None if used else "it is private, and nothing calls it"
    return None


def _of_subscription(topic: Node | None, *, is_filled: bool) -> str | None:
    if topic is None:
        return "its topic is not known"
    if is_filled or topic.properties.get("external") is True:
        return None
    return f"nothing publishes to its topic '{topic.name}'"


def _runs(service: Node) -> bool:
    """Whether a service that owns nothing serves or does something all the same."""
    options = (
        service.properties.get(name) for name in ("auth_handler", "mounts", "startup", "shutdown")
    )
    return any(options)
