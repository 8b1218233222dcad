"""Names of the queues of a subscription, which no other subscription has."""

from hashlib import sha256

from infragraph.model.graph import Node

_LONGEST = 80
_DIGITS = 8


def queue(subscription: Node, *, is_fifo: bool) -> str:
    return _name(_joined(subscription), ".fifo" if is_fifo else "")


def dead_letter_queue(subscription: Node, *, is_fifo: bool) -> str:
    return _name(f"{_joined(subscription)}_dead-letters", ".fifo" if is_fifo else "")


def _joined(subscription: Node) -> str:
    """Topic and subscription, joined by what neither can hold."""
    return subscription.id.partition(":")[2].replace("/", "_")


def _name(name: str, suffix: str) -> str:
    """Where a name is longer than SQS admits, its end gives way to a digest of all of it."""
    if len(name) + len(suffix) <= _LONGEST:
        return f"{name}{suffix}"
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return f"{name[: _LONGEST - len(suffix) - _DIGITS - 1]}-{digest}{suffix}"
