"""Which services are replaced before which: who is called or consumes before who calls or sends."""

from collections.abc import Mapping

from infragraph.documents.narrowing import text
from infragraph.targets.gcp.calls import asks_who, calls_between
from infragraph.targets.gcp.setting import Setting, edges, nodes, owner


def before(setting: Setting) -> Mapping[str, frozenset[str]]:
    """By service, those that must be there first; two that need each other have no order."""
    needed: dict[str, set[str]] = {}
    for caller, called in (*calls_between(setting), *asks_who(setting), *_fed(setting)):
        if caller != called:
            needed.setdefault(caller, set()).add(called)
    return {
        name: frozenset(it for it in found if name not in _reached(needed, it))
        for name, found in needed.items()
    }


def _fed(setting: Setting) -> set[tuple[str, str]]:
    """Pairs of a service and one that subscribes to what it publishes."""
    consumers: dict[str, set[str]] = {}
    for subscription in nodes(setting, "subscription"):
        if subscription.service is not None:
            topic = f"topic:{text(subscription.properties.get('topic'))}"
            consumers.setdefault(topic, set()).add(subscription.service)
    return {
        (publisher, consumer)
        for edge in edges(setting, "publishes")
        if (publisher := owner(setting, edge.source)) is not None
        for consumer in consumers.get(edge.target, ())
    }


def _reached(needed: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for name in needed.get(waiting.pop(), set()) - found:
            found.add(name)
            waiting.append(name)
    return found
