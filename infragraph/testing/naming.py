"""What a test names by the declared object itself: the nodes of handlers, topics, subscriptions."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from infragraph.runtime.handlers import plain
from infragraph.sdk.endpoint import Endpoint
from infragraph.sdk.service import Service
from infragraph.sdk.subscription import Subscription
from infragraph.sdk.topic import Topic


class Names:
    """The handlers of an application with the nodes that they are."""

    def __init__(self, services: Mapping[str, Service], topics: Iterable[str]) -> None:
        """`topics` are the ids of the application's topics."""
        self._known = tuple(_handlers(services))
        self._topics = frozenset(topics)

    def nodes(self, named: object, *kinds: str) -> tuple[str, ...]:
        """The nodes of these kinds that a handler is, or that a name such as `orders/ship` means.

        Raises:
            LookupError: there is none.
        """
        found = tuple(
            node
            for node, handler in self._known
            if node.partition(":")[0] in kinds and _is_meant(named, node, handler)
        )
        if not found:
            known = ", ".join(node for node, _ in self._known if node.partition(":")[0] in kinds)
            message = f"{_said(named)} is no {' or '.join(kinds)}: there are {known or 'none'}"
            raise LookupError(message)
        return found

    def node(self, named: object, kind: str) -> str:
        """The only one.

        Raises:
            LookupError: there is none, or there are several.
        """
        found = self.nodes(named, kind)
        first, *others = found
        if others:
            message = f"{_said(named)} is several: name one of {', '.join(found)}"
            raise LookupError(message)
        return first

    def topic(self, topic: Topic[Any]) -> str:
        """A topic's node.

        Raises:
            LookupError: the application does not have it.
        """
        node = f"topic:{topic.name}"
        if node not in self._topics:
            message = f"the application has no topic {topic.name!r}"
            raise LookupError(message)
        return node


def _handlers(services: Mapping[str, Service]) -> Iterator[tuple[str, object]]:
    for _, service in sorted(services.items()):
        for subscription in service.subscriptions:
            yield f"subscription:{subscription.topic.name}/{subscription.name}", subscription
        for cron in service.crons:
            yield f"cron:{cron.name}", cron
        for endpoint in service.endpoints:
            yield f"endpoint:{service.name}/{endpoint.name}", endpoint


def _is_meant(named: object, node: str, known: Any) -> bool:
    if isinstance(named, str):
        return named in (node, node.partition(":")[2])
    if isinstance(named, Subscription):
        return named is known
    return _function(named) is _function(known if isinstance(known, Endpoint) else known.handler)


def _function(handler: Any) -> object:
    return plain(handler) if callable(handler) else handler


def _said(named: object) -> str:
    return repr(named) if isinstance(named, str) else str(getattr(named, "__name__", named))
