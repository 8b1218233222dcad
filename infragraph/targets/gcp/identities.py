"""Identities: an account for each service, and for those that call services on Google's behalf."""

from infragraph.model.graph import Node
from infragraph.model.plan import PlannedResource
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.databases import has_own_server
from infragraph.targets.gcp.delivery import pushed_to
from infragraph.targets.gcp.planned import Planned
from infragraph.targets.gcp.resource import resource
from infragraph.targets.gcp.setting import Setting, existing, nodes, services
from infragraph.targets.gcp.values import described

# The discovery document of iam v1, read 2026-11-25: at most 256 bytes.
_LONGEST_DESCRIPTION = 256


def plan_identities(setting: Setting) -> Planned:
    accounts = [_of_service(setting, service) for service in nodes(setting, "service")]
    if any(pushed_to(setting, service) for service in services(setting)):
        accounts.append(_own(setting, "push", "pushes messages to services"))
    if any(existing(setting, cron) is None for cron in nodes(setting, "cron")):
        accounts.append(_own(setting, "cron", "calls services at their times"))
    if has_own_server(setting):
        accounts.append(_own(setting, "database", "makes roles and gives rights in databases"))
    return Planned(resources=tuple(accounts))


def _of_service(setting: Setting, service: Node) -> PlannedResource:
    spec = {"displayName": f"service {service.name}"}
    doc = described(service.doc, longest=_LONGEST_DESCRIPTION)
    if doc is not None:
        spec["description"] = doc
    return resource(
        setting,
        types.ACCOUNT,
        names.account_name(setting, service.name),
        spec,
        layer=service.name,
        node=service.id,
        service=service.name,
    )


def _own(setting: Setting, purpose: str, shown: str) -> PlannedResource:
    name = names.own_account_name(setting, purpose)
    application, environment = setting.application, setting.environment.name
    shown = f"{shown} of {application} in {environment}"
    return resource(
        setting,
        types.ACCOUNT,
        name,
        {"displayName": purpose, "description": described(shown, longest=_LONGEST_DESCRIPTION)},
        layer="network",
    )
