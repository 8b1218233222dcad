"""What AsyncAPI has no words for; durations are in seconds."""

from collections.abc import Collection, Iterable, Mapping

from infragraph.documents.narrowing import Object, present
from infragraph.model.graph import Node


def options(node: Node, *, but: str) -> Object:
    """The node with what is declared of it, but for the option that has a place of its own."""
    return _of(node, (name for name in node.properties if name != but))


def occasion(sender: Node) -> Object:
    """The node with what says when it sends."""
    return _of(sender, _OCCASIONS.get(sender.kind, ()))


def _of(node: Node, names: Iterable[str]) -> Object:
    told = {name: node.properties.get(name) for name in names}
    return present({"node": node.id, "service": node.service, **told})


_OCCASIONS: Mapping[str, Collection[str]] = {
    "cron": ("every", "schedule", "timezone", "handler"),
    "endpoint": ("method", "path", "access", "handler"),
    "service": ("package",),
    "subscription": ("topic", "handler"),
}
