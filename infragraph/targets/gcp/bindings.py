"""Bindings of roles to members: one for each that somebody has on a thing, whatever the reasons."""

from collections.abc import Iterable, Mapping

from infragraph.model.plan import Attribute, Permission, PlannedResource, PlanValue
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.planned import Planned
from infragraph.targets.gcp.resource import reference, resource
from infragraph.targets.gcp.rights import (
    Account,
    Agent,
    Everybody,
    Member,
    Project,
    Right,
    Thing,
)
from infragraph.targets.gcp.setting import Setting
from infragraph.targets.gcp.things import full_path

EVERYBODY = "allUsers"
_ACCOUNTS_OF = "principalSet://cloudresourcemanager.googleapis.com/projects/{}/type/ServiceAccount"


def plan_rights(setting: Setting, rights: Iterable[Right]) -> Planned:
    """One binding for each member, role and thing, and a permission for each reason."""
    bindings: dict[str, list[Right]] = {}
    for right in rights:
        bindings.setdefault(_name(right), []).append(right)
    return Planned(
        resources=tuple(_binding(setting, name, bindings[name]) for name in sorted(bindings)),
        permissions=tuple(
            _permission(setting, it) for name in sorted(bindings) for it in bindings[name]
        ),
    )


def _name(right: Right) -> str:
    role = right.role.rpartition("/")[2].replace(".", "-").replace("_", "-").lower()
    title = right.condition.get("title")
    narrowed = () if title is None else (title,)
    kind = types.kind(right.on.type).lower()
    return names.object_name(_who(right.member), role, kind, right.on.name, *narrowed)


def _who(member: Member) -> str:
    match member:
        case Account(name=account):
            return account
        case Agent(email=email):
            return email.rpartition("@")[2].partition(".")[0]
        case Project(number=number):
            return f"project-{number}"
        case Everybody():
            return "everybody"


def _binding(setting: Setting, name: str, rights: list[Right]) -> PlannedResource:
    first = rights[0]
    spec: dict[str, PlanValue] = {
        "resourceRef": _target(first.on),
        "role": first.role,
        **_member(first),
    }
    if first.condition:
        spec["condition"] = dict(first.condition)
    services = {right.service for right in rights}
    return resource(
        setting,
        types.MEMBER,
        name,
        spec,
        layer=min(services),
        service=min(services) if len(services) == 1 else None,
        node=first.node if len({right.node for right in rights}) == 1 else None,
        after=tuple(sorted({address for right in rights for address in right.after})),
    )


def _target(thing: Thing) -> Mapping[str, PlanValue]:
    """What a binding is on, as Config Connector refers to it."""
    named: dict[str, PlanValue] = {"kind": types.kind(thing.type)}
    if thing.type != types.PROJECT:
        named["apiVersion"] = types.version(thing.type)
    if thing.path is None:
        named["name"] = Attribute(address=f"{types.kind(thing.type)}/{thing.name}", name="name")
    else:
        named["external"] = thing.path
    return named


def _member(right: Right) -> Mapping[str, PlanValue]:
    match right.member:
        case Account(name=account):
            return {"memberFrom": {"serviceAccountRef": reference(types.ACCOUNT, account)}}
        case Agent(email=email):
            return {"member": f"serviceAccount:{email}"}
        case Project(number=number):
            return {"member": _ACCOUNTS_OF.format(number)}
        case Everybody():
            return {"member": EVERYBODY}


def _permission(setting: Setting, right: Right) -> Permission:
    return Permission(
        service=_holder(setting, right),
        actions=(right.role,),
        resources=(full_path(setting, right.on),),
        ground=right.ground,
        why=right.why,
        evidence=right.evidence,
        condition=dict(right.condition),
    )


def _holder(setting: Setting, right: Right) -> str:
    """The service that has a right, or who else does: no service's name begins with `_`."""
    match right.member:
        case Account(name=account) if account == names.account_name(setting, right.service):
            return right.service
        case Account(name=account):
            purposes = ("push", "cron", "database")
            own = {names.own_account_name(setting, purpose): purpose for purpose in purposes}
            return f"_{own[account]}"
        case Agent():
            return "_pubsub"
        case Project(number=number):
            return f"_project-{number}"
        case Everybody():
            return "_everybody"
