"""Which service calls which, and the key by which they vouch for who called them."""

from infragraph.documents.narrowing import items
from infragraph.model.plan import PlanValue, Retention
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.planned import NOTHING, Planned
from infragraph.targets.gcp.resource import reference, resource
from infragraph.targets.gcp.rights import Thing
from infragraph.targets.gcp.secret import replicated
from infragraph.targets.gcp.setting import Setting, edges, nodes, owner

SIGNING_KEY = "SIGNING_KEY"

GENERATED = "generated"
"""The note of a secret whose value nobody has to know."""


def calls_between(setting: Setting) -> tuple[tuple[str, str], ...]:
    """Pairs of a caller and the service it calls, by the graph's edges; none within a service."""
    pairs = {
        (owner(setting, edge.source), owner(setting, edge.target))
        for edge in edges(setting, "calls")
    }
    return _apart(pairs)


def asks_who(setting: Setting) -> tuple[tuple[str, str], ...]:
    """Pairs of a service that asks who is calling it, and the one whose auth handler knows."""
    knowing = next(
        (it.name for it in nodes(setting, "service") if it.properties.get("auth_handler")), None
    )
    return _apart(
        {
            (endpoint.service, knowing)
            for endpoint in nodes(setting, "endpoint")
            if endpoint.properties.get("access") == "auth"
        }
    )


def callers(setting: Setting, service: str) -> tuple[str, ...]:
    pairs = {*calls_between(setting), *asks_who(setting)}
    return tuple(sorted(caller for caller, called in pairs if called == service))


def vouching(setting: Setting) -> tuple[str, ...]:
    """The services that call or are called: they hold the key."""
    pairs = {*calls_between(setting), *asks_who(setting)}
    return tuple(sorted({service for pair in pairs for service in pair}))


def has_mounts(setting: Setting, service: str) -> bool:
    found = (it for it in nodes(setting, "service") if it.name == service)
    return any(items(it.properties.get("mounts")) for it in found)


def signing_key(setting: Setting) -> Thing:
    return Thing(type=types.SECRET, name=names.own_secret_name(setting, SIGNING_KEY))


def signing_key_reference(setting: Setting) -> PlanValue:
    return reference(types.SECRET, signing_key(setting).name)


def plan_signing_key(setting: Setting) -> Planned:
    if not vouching(setting):
        return NOTHING
    planned = resource(
        setting,
        types.SECRET,
        signing_key(setting).name,
        replicated(setting),
        layer="data",
        retention=Retention.DELETE if setting.is_preview else Retention.RETAIN,
        notes={GENERATED: True},
    )
    return Planned(resources=(planned,))


def _apart(pairs: set[tuple[str | None, str | None]]) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted(
            (caller, called)
            for caller, called in pairs
            if caller is not None and called is not None and caller != called
        )
    )
