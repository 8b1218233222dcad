"""Grants: roles and permissions that an environment gives a service beyond what the graph asks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.environment import Grant
from infragraph.model.graph import Node
from infragraph.model.plan import PlannedResource
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.planned import Planned, summed
from infragraph.targets.gcp.problems import GRANT_NOT_UNDERSTOOD
from infragraph.targets.gcp.resource import resource
from infragraph.targets.gcp.rights import Account, Right, Thing
from infragraph.targets.gcp.setting import Setting, nodes
from infragraph.targets.gcp.things import (
    bucket_thing,
    secret_thing,
    subscription_thing,
    topic_thing,
)
from infragraph.targets.gcp.values import described

_ROLE = re.compile(r"(?:(?:projects|organizations)/[^/\s]+/)?roles/[A-Za-z0-9_.]+", re.ASCII)
_PERMISSION = re.compile(r"[a-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*){2,3}", re.ASCII)

_PATHS: Mapping[str, str] = {
    r"projects/[^/\s]+/topics/[^/\s]+": types.TOPIC,
    r"projects/[^/\s]+/subscriptions/[^/\s]+": types.SUBSCRIPTION,
    r"projects/[^/\s]+/secrets/[^/\s]+": types.SECRET,
    r"projects/[^/\s]+/serviceAccounts/[^/\s]+": types.ACCOUNT,
    r"projects/[^/\s]+/locations/[^/\s]+/services/[^/\s]+": types.SERVICE,
    r"projects/[^/\s]+/locations/[^/\s]+/jobs/[^/\s]+": types.JOB,
    r"projects/[^/\s]+": types.PROJECT,
}
_BUCKET = "projects/_/buckets/"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    """`keys` lead to it from its grant."""

    keys: tuple[str, ...]
    what: str
    text: str
    fault: str
    cure: str


def plan_grants(setting: Setting) -> Planned:
    pieces = [
        _plan(setting, service, number, grant)
        for service in sorted(setting.environment.grants)
        for number, grant in enumerate(setting.environment.grants[service])
    ]
    return summed(pieces)


def _plan(setting: Setting, service: str, number: int, grant: Grant) -> Planned:
    faults = [*_faults_of_actions(grant), *_faults_of_resources(setting, grant)]
    if service not in {node.name for node in nodes(setting, "service")}:
        fault = "no service of the application"
        faults.append(
            _Fault(keys=(), what="the service", text=service, fault=fault, cure="name another")
        )
    if faults:
        return Planned(diagnostics=tuple(_finding(setting, service, number, it) for it in faults))
    permissions = sorted(action for action in grant.actions if not _ROLE.fullmatch(action))
    roles = [action for action in grant.actions if _ROLE.fullmatch(action)]
    custom = [_role(setting, service, permissions, grant.reason)] if permissions else []
    roles.extend(_path(setting, role) for role in custom)
    rights = tuple(
        Right(
            member=Account(name=names.account_name(setting, service)),
            role=role,
            on=thing,
            service=service,
            ground="grant",
            why=grant.reason,
            condition=_condition(grant),
            after=tuple(it.address for it in custom if _path(setting, it) == role),
        )
        for role in roles
        for text in grant.resources
        if (thing := _thing(setting, text)) is not None
    )
    return Planned(resources=tuple(custom), rights=rights)


def _condition(grant: Grant) -> Mapping[str, str]:
    """Until the end of its last day, UTC."""
    if grant.expiry is None:
        return {}
    end = date.fromisoformat(grant.expiry) + timedelta(days=1)
    return {
        "title": f"until-{grant.expiry}",
        "expression": f'request.time < timestamp("{end.isoformat()}T00:00:00Z")',
    }


def _role(setting: Setting, service: str, permissions: list[str], reason: str) -> PlannedResource:
    """A role of its own for permissions that are named one by one."""
    digits = sha256("\n".join(permissions).encode()).hexdigest()[:8]
    name = names.object_name(names.account_name(setting, service), "grant", digits)
    return resource(
        setting,
        types.ROLE,
        name,
        {
            "resourceID": name.replace(".", "_").replace("-", "_"),
            "title": f"grant to {service}"[:100],
            "description": described(reason, longest=256),
            "permissions": tuple(permissions),
            "stage": "GA",
        },
        layer=service,
        service=service,
    )


def _path(setting: Setting, role: PlannedResource) -> str:
    spec = role.properties["spec"]
    assert isinstance(spec, Mapping), "a role has a specification"
    return f"projects/{setting.project}/roles/{spec['resourceID']}"


def _thing(setting: Setting, text: str) -> Thing | None:
    node = next((node for node in setting.graph.nodes if node.id == text), None)
    if node is not None:
        return _declared(setting, node)
    if text.startswith(_BUCKET):
        name = text.removeprefix(_BUCKET)
        return Thing(type=types.BUCKET, name=name, path=name)
    for pattern, type_ in _PATHS.items():
        if re.fullmatch(pattern, text, re.ASCII):
            return Thing(type=type_, name=text, path=text)
    return None


def _declared(setting: Setting, node: Node) -> Thing | None:
    match node.kind:
        case "topic":
            return topic_thing(setting, node)
        case "subscription":
            return subscription_thing(setting, node)
        case "secret":
            return secret_thing(setting, node)
        case "bucket":
            return bucket_thing(setting, node)
        case _:
            return None


def _faults_of_actions(grant: Grant) -> Iterator[_Fault]:
    for number, action in enumerate(grant.actions):
        if not (_ROLE.fullmatch(action) or _PERMISSION.fullmatch(action)):
            yield _Fault(
                keys=("actions", str(number)),
                what="the action",
                text=action,
                fault="neither a role nor a permission",
                cure="write a role such as 'roles/bigquery.dataViewer' or a permission such as "
                "'bigquery.tables.getData'",
            )


def _faults_of_resources(setting: Setting, grant: Grant) -> Iterator[_Fault]:
    for number, text in enumerate(grant.resources):
        if _thing(setting, text) is None:
            yield _Fault(
                keys=("resources", str(number)),
                what="the resource",
                text=text,
                fault="nothing that a role is given on",
                cure="write the id of a topic, subscription, bucket or secret, or a path such as "
                "'projects/example-data/topics/orders' or 'projects/_/buckets/example'",
            )


def _finding(setting: Setting, service: str, number: int, fault: _Fault) -> Diagnostic:
    return GRANT_NOT_UNDERSTOOD.at(
        setting.environment.place("grants", service, str(number), *fault.keys),
        service=service,
        environment=setting.environment.name,
        what=fault.what,
        text=fault.text,
        fault=fault.fault,
        cure=fault.cure,
    )
