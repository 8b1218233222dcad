"""Secrets: an empty one of Secret Manager; its value is set by hand and is in no file."""

from collections.abc import Mapping

from infragraph.model.graph import Node
from infragraph.model.plan import PlanValue, Retention
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.addresses import secret_path
from infragraph.targets.gcp.planned import Planned
from infragraph.targets.gcp.resource import resource
from infragraph.targets.gcp.setting import Setting, existing


def plan_secret(setting: Setting, secret: Node) -> Planned:
    address = {secret.id: {"secret": secret_path(setting, secret)}}
    if existing(setting, secret) is not None:
        return Planned(addresses=address)
    planned = resource(
        setting,
        types.SECRET,
        names.secret_name(setting, secret),
        replicated(setting),
        layer="data",
        node=secret.id,
        service=secret.service,
        retention=Retention.DELETE if setting.is_preview else Retention.RETAIN,
    )
    return Planned(resources=(planned,), addresses=address)


def replicated(setting: Setting) -> Mapping[str, PlanValue]:
    """Its value lies in the environment's region alone."""
    return {"replication": {"userManaged": {"replicas": ({"location": setting.region},)}}}
