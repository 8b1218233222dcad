"""The secret with the headers of the telemetry's collector, which every service is started with."""

from infragraph.model.graph import Node
from infragraph.model.plan import PlanValue, Retention
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.planned import NOTHING, Planned
from infragraph.targets.gcp.resource import external, reference, resource
from infragraph.targets.gcp.rights import Thing
from infragraph.targets.gcp.secret import replicated
from infragraph.targets.gcp.setting import Setting, nodes
from infragraph.targets.gcp.things import secret_thing


def headers_secret(setting: Setting) -> Thing | None:
    """One that the application declares, or an empty one of its own."""
    name = _name(setting)
    if name is None:
        return None
    declared = _declared(setting, name)
    if declared is not None:
        return secret_thing(setting, declared)
    return Thing(type=types.SECRET, name=names.own_secret_name(setting, name))


def headers_reference(setting: Setting) -> PlanValue:
    thing = headers_secret(setting)
    assert thing is not None, "asked for where there is one"
    return reference(types.SECRET, thing.name) if thing.path is None else external(thing.path)


def plan_collector(setting: Setting) -> Planned:
    name = _name(setting)
    if name is None or _declared(setting, name) is not None:
        return NOTHING
    planned = resource(
        setting,
        types.SECRET,
        names.own_secret_name(setting, name),
        replicated(setting),
        layer="data",
        retention=Retention.DELETE if setting.is_preview else Retention.RETAIN,
    )
    return Planned(resources=(planned,))


def _name(setting: Setting) -> str | None:
    collector = setting.environment.collector
    return None if collector is None else collector.headers_secret


def _declared(setting: Setting, name: str) -> Node | None:
    return next((secret for secret in nodes(setting, "secret") if secret.name == name), None)
