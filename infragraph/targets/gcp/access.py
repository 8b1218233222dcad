"""Access: the rights that the graph's edges ask for, each with the places that do."""

from collections.abc import Callable, Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.documents.narrowing import texts
from infragraph.model.graph import Edge, Evidence, Node
from infragraph.targets.gcp import names
from infragraph.targets.gcp.addresses import account_email
from infragraph.targets.gcp.databases import login_rights
from infragraph.targets.gcp.delivery import pulls
from infragraph.targets.gcp.planned import Planned
from infragraph.targets.gcp.problems import CALLED_BY_ADDRESS
from infragraph.targets.gcp.rights import Account, Right, Thing
from infragraph.targets.gcp.setting import Setting, edges, existing, node, owner
from infragraph.targets.gcp.things import (
    bucket_thing,
    secret_thing,
    service_thing,
    subscription_thing,
    topic_thing,
)

_READING = frozenset({"download", "exists", "list"})


def plan_access(setting: Setting) -> Planned:
    return Planned(rights=tuple(access(setting)), diagnostics=tuple(_unreachable(setting)))


def access(setting: Setting) -> Iterator[Right]:
    """The rights of services, and of those who bring messages to them."""
    for relation, rights in _RELATIONS.items():
        for (service, target), found in _by_service(setting, relation).items():
            yield from rights(setting, service, node(setting, target), found)
    yield from _delivered(setting)


def _by_service(setting: Setting, relation: str) -> Mapping[tuple[str, str], list[Edge]]:
    """The edges of a relation by service and target; a library's own have no service to act as."""
    found: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges(setting, relation):
        service = owner(setting, edge.source)
        if service is not None:
            found.setdefault((service, edge.target), []).append(edge)
    return found


def _published(setting: Setting, service: str, topic: Node, found: list[Edge]) -> Iterator[Right]:
    thing = topic_thing(setting, topic)
    role = "roles/pubsub.publisher"
    yield _right(setting, service, role, thing, topic, verb="publishes", found=found)


def _queried(setting: Setting, service: str, database: Node, found: list[Edge]) -> Iterator[Right]:
    why = f"{service} queries {database.id}"
    yield from login_rights(
        setting, database, service, ground="edge", why=why, evidence=_evidence(found)
    )


def _stored(setting: Setting, service: str, bucket: Node, found: list[Edge]) -> Iterator[Right]:
    """A signed URL is for reading or for writing, which the graph does not tell."""
    operations = {verb for edge in found for verb in texts(edge.properties.get("operations"))}
    is_reading = bool(operations) and operations <= _READING
    role = "roles/storage.objectViewer" if is_reading else "roles/storage.objectUser"
    thing = bucket_thing(setting, bucket)
    yield _right(setting, service, role, thing, bucket, verb="stores", found=found)


def _read(setting: Setting, service: str, secret: Node, found: list[Edge]) -> Iterator[Right]:
    thing = secret_thing(setting, secret)
    role = "roles/secretmanager.secretAccessor"
    yield _right(setting, service, role, thing, secret, verb="reads", found=found)


def _called(setting: Setting, service: str, called: Node, found: list[Edge]) -> Iterator[Right]:
    callee = called.service
    if callee is None or callee == service:
        return
    if existing(setting, node(setting, f"service:{callee}")) is None:
        thing = service_thing(setting, callee)
        yield _right(
            setting, service, "roles/run.invoker", thing, called, verb="calls", found=found
        )


_Rights = Callable[[Setting, str, Node, list[Edge]], Iterator[Right]]
_RELATIONS: Mapping[str, _Rights] = {
    "publishes": _published,
    "queries": _queried,
    "stores": _stored,
    "reads": _read,
    "calls": _called,
}


def _delivered(setting: Setting) -> Iterator[Right]:
    """Who pulls has the right to; for who is pushed to, Pub/Sub's identity may call the service."""
    for edge in edges(setting, "delivers"):
        subscription = node(setting, edge.target)
        service = subscription.service
        if service is None:
            continue
        if pulls(setting, subscription):
            thing = subscription_thing(setting, subscription)
            yield _right(
                setting,
                service,
                "roles/pubsub.subscriber",
                thing,
                subscription,
                verb="pulls",
                found=[edge],
            )
        elif existing(setting, node(setting, f"service:{service}")) is None:
            yield Right(
                member=Account(name=names.own_account_name(setting, "push")),
                role="roles/run.invoker",
                on=service_thing(setting, service),
                service=service,
                ground="edge",
                why=f"{edge.source} delivers {subscription.id}",
                evidence=_evidence([edge]),
                node=subscription.id,
            )


def _right(  # noqa: PLR0913 - what a right consists of
    setting: Setting, service: str, role: str, on: Thing, of: Node, *, verb: str, found: list[Edge]
) -> Right:
    return Right(
        member=Account(name=names.account_name(setting, service)),
        role=role,
        on=on,
        service=service,
        ground="edge",
        why=f"{service} {verb} {of.id}",
        evidence=_evidence(found),
        node=of.id,
    )


def _evidence(found: list[Edge]) -> tuple[Evidence, ...]:
    return tuple(sorted({evidence for edge in found for evidence in edge.evidence}))


def _unreachable(setting: Setting) -> Iterator[Diagnostic]:
    """Services that exist are known by a URL alone, on which no right can be given."""
    for (service, target), found in _by_service(setting, "calls").items():
        called = node(setting, target)
        if called.service in {None, service}:
            continue
        callee = node(setting, f"service:{called.service}")
        if existing(setting, callee) is not None:
            span = found[0].evidence[0].span if found[0].evidence else called.span
            yield CALLED_BY_ADDRESS.at(
                span,
                callee=callee.name,
                caller=f"service {service!r}",
                member=account_email(setting, service),
            )
