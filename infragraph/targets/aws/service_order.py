"""Which services are replaced before which: those that consume before those that publish."""

from collections.abc import Mapping

from infragraph.targets.aws.shared import Setting


def consumers_first(setting: Setting) -> Mapping[str, tuple[str, ...]]:
    """By service, those that must understand its messages before it sends new ones, sorted.

    Two that publish to each other, by whatever way round, have no order.
    """
    services = [
        node.name
        for node in setting.graph.nodes
        if node.kind == "service" and setting.environment.is_created(node.id)
    ]
    fed = {name: _fed(setting, name) & set(services) for name in services}
    reached = {name: _reached(fed, name) for name in services}
    return {
        name: tuple(sorted(it for it in fed[name] if it != name and name not in reached[it]))
        for name in services
    }


def _fed(setting: Setting, service: str) -> set[str]:
    """The services with subscriptions to what a service publishes."""
    owners = {node.id: node.service for node in setting.graph.nodes}
    topics = {
        edge.target
        for edge in setting.graph.edges
        if edge.relation == "publishes" and owners[edge.source] == service
    }
    consumers = {
        owners[edge.target]
        for edge in setting.graph.edges
        if edge.relation == "delivers" and edge.source in topics
    }
    return {it for it in consumers if it is not None}


def _reached(fed: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for name in fed[waiting.pop()] - found:
            found.add(name)
            waiting.append(name)
    return found
