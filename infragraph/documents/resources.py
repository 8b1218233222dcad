"""Which nodes are what services use, rather than a part of what they are."""

from infragraph.model.graph import Node


def is_resource(node: Node) -> bool:
    """Databases, buckets, secrets, and what lies outside of the application."""
    return node.kind not in _PARTS


_PARTS = frozenset({"cron", "endpoint", "service", "subscription", "topic"})
