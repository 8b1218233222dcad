"""Which services are replaced before which: those that consume before those that publish."""

from collections.abc import Mapping
from functools import lru_cache

from infragraph.targets.aws.shared import Setting


@lru_cache(maxsize=1)
def consumers_first(setting: Setting) -> Mapping[str, tuple[str, ...]]:
    """By service, those that must understand its messages before it sends new ones, sorted.

    Two that publish to each other, by whatever way round, have no order.
    """
    services = [
        node.name
        for node in setting.graph.nodes
        if node.kind == "service" and setting.environment.is_created(node.id)
    ]
    by_publisher = _fed(setting)
    fed = {name: by_publisher.get(name, set()) & set(services) for name in services}
    reached = {name: _reached(fed, name) for name in services}
    return {
        name: tuple(sorted(it for it in fed[name] if it != name and name not in reached[it]))
        for name in services
    }


def _fed(setting: Setting) -> Mapping[str, set[str]]:
    """By service, those with subscriptions to what it publishes."""
    owners = {node.id: node.service for node in setting.graph.nodes}
    consumers: dict[str, set[str]] = {}
    for edge in setting.graph.edges:
        consumer = owners[edge.target]
        if edge.relation == "delivers" and consumer is not None:
            consumers.setdefault(edge.source, set()).add(consumer)
    found: dict[str, set[str]] = {}
    for edge in setting.graph.edges:
        publisher = owners[edge.source]
        if edge.relation == "publishes" and publisher is not None:
            found.setdefault(publisher, set()).update(consumers.get(edge.target, ()))
    return found


def _reached(fed: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for name in fed[waiting.pop()] - found:
            found.add(name)
            waiting.append(name)
    return found
