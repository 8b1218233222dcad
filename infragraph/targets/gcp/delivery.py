"""How a subscription gets its messages: pushed to Cloud Run, or pulled by what always runs."""

from infragraph.documents.narrowing import text, texts
from infragraph.model.graph import Node
from infragraph.portability.delivery import is_pulled
from infragraph.targets.gcp.setting import Setting, edges, existing, nodes


def pulls(setting: Setting, subscription: Node) -> bool:
    """A push wakes a service that sleeps, where nothing forbids it.

    One that exists is pulled, since what it is pushed to is not known.
    """
    if existing(setting, subscription) is not None:
        return True
    return is_pulled(topic_of(setting, subscription), subscription)


def topic_of(setting: Setting, subscription: Node) -> Node:
    name = text(subscription.properties.get("topic"))
    return next(topic for topic in nodes(setting, "topic") if topic.name == name)


def pushed_to(setting: Setting, service: str) -> tuple[Node, ...]:
    return tuple(it for it in _of(setting, service) if not pulls(setting, it))


def pulled_by(setting: Setting, service: str) -> tuple[Node, ...]:
    return tuple(it for it in _of(setting, service) if pulls(setting, it))


def relays(setting: Setting, service: str) -> tuple[str, ...]:
    """Topics of whose messages an outbox may lie in a database that the service owns.

    Which database an outbox lies in is not in the graph: whatever entry point publishes and uses
    the database may have put it there. The relay runs in the worker of the database's owner.
    """
    topics: set[str] = set()
    for database in nodes(setting, "database"):
        if relaying_service(database) == service:
            users = {edge.source for edge in edges(setting, "queries", target=database.id)}
            published = edges(setting, "publishes")
            topics.update(edge.target for edge in published if edge.source in users)
    return tuple(sorted(topics))


def relaying_service(database: Node) -> str | None:
    """Who migrates a database and empties its outbox: its owner, or the first that shares it."""
    if database.service is not None:
        return database.service
    return next(iter(texts(database.properties.get("shared_with"))), None)


def is_working(setting: Setting, service: str) -> bool:
    """Whether something of a service runs without a request."""
    return bool(pulled_by(setting, service) or relays(setting, service))


def _of(setting: Setting, service: str) -> tuple[Node, ...]:
    return tuple(it for it in nodes(setting, "subscription") if it.service == service)
