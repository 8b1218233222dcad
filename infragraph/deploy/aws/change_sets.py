"""Change sets: what CloudFormation says that a template would change, then their execution."""

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infragraph.deploy.aws.clients import Clients
from infragraph.deploy.aws.events import Watched, follow, latest
from infragraph.deploy.aws.settling import settled
from infragraph.deploy.aws.storage import Storage, upload
from infragraph.deploy.aws.templates import Template, parameters
from infragraph.deploy.changes import Action, Change, PropertyChange, ordered
from infragraph.deploy.errors import refuse
from infragraph.deploy.pace import Pace

_POLL = 2.0

# Of a change set in which nothing is left to do, CloudFormation says that it failed.
_NOTHING = ("didn't contain changes", "no updates are to be performed")

_GRANTING = (
    "AWS::IAM::",
    "AWS::KMS::Key",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a stack is to be: `values` are given for parameters, all others have their default.

    A parameter whose value is None keeps the one that it has.
    """

    stack: str
    template: Template
    values: Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """One that CloudFormation has looked at and nobody has carried out yet."""

    id: str
    stack: str
    changes: tuple[Change, ...]


def create(
    clients: Clients, storage: Storage, wanted: Wanted, pace: Pace, *, is_new: bool
) -> ChangeSet | None:
    """None where there is nothing to change."""
    body = {"TemplateURL": upload(clients, storage, wanted.stack, wanted.template)}
    return _create(clients, wanted, body, pace, is_new=is_new)


def create_inline(
    clients: Clients, wanted: Wanted, pace: Pace, *, is_new: bool
) -> ChangeSet | None:
    """As `create`, of a template that is handed over itself: there is no bucket for it yet."""
    body = {"TemplateBody": json.dumps(wanted.template, separators=(",", ":"))}
    return _create(clients, wanted, body, pace, is_new=is_new)


def discard(clients: Clients, stack: str, change_set: str) -> None:
    clients.cloudformation.delete_change_set(StackName=stack, ChangeSetName=change_set)


def execute(clients: Clients, change_set: ChangeSet, watched: Watched) -> None:
    """Carries it out, and follows until CloudFormation is done or has failed."""
    before = latest(clients, change_set.stack)
    clients.cloudformation.execute_change_set(
        StackName=change_set.stack, ChangeSetName=change_set.id
    )
    follow(clients, change_set.stack, before, len(change_set.changes), watched)


def change(described: Mapping[str, Any]) -> Change:
    """A change as it is described, of whose property values some may be missing."""
    type_ = str(described["ResourceType"])
    policy = str(described.get("PolicyAction", ""))
    return Change(
        action=_action(described),
        id=described["LogicalResourceId"],
        type=type_,
        physical=described.get("PhysicalResourceId", ""),
        properties=tuple(_properties(described)),
        stays=policy in {"Retain", "Snapshot", "ReplaceAndRetain", "ReplaceAndSnapshot"},
        grants=granting(type_),
    )


def granting(type_: str) -> bool:
    """Whether resources of a type say who may do what."""
    return type_.startswith(_GRANTING)


def _create(
    clients: Clients, wanted: Wanted, body: Mapping[str, str], pace: Pace, *, is_new: bool
) -> ChangeSet | None:
    made = clients.cloudformation.create_change_set(
        StackName=wanted.stack,
        ChangeSetName=f"infragraph-{secrets.token_hex(6)}",
        ChangeSetType="CREATE" if is_new else "UPDATE",
        **body,
        Parameters=list(_given(wanted)),
        Capabilities=["CAPABILITY_NAMED_IAM"],
    )
    id_ = str(made["Id"])
    while True:
        described = _described(clients, wanted.stack, id_)
        status = described["Status"]
        if status == "CREATE_COMPLETE":
            break
        reason = str(described.get("StatusReason", ""))
        if status == "FAILED":
            discard(clients, wanted.stack, id_)
            if any(words in reason.lower() for words in _NOTHING):
                return None
            refuse(f"CloudFormation refused the change set of {wanted.stack}: {reason}")
        pace.wait(_POLL)
    every = [one["ResourceChange"] for one in described["Changes"]]
    staying = settled(every)
    changes = ordered(
        change({**one, "Replacement": "False"} if one["LogicalResourceId"] in staying else one)
        for one in every
    )
    return ChangeSet(id=id_, stack=wanted.stack, changes=changes)


def _action(described: Mapping[str, Any]) -> Action:
    match described["Action"], described.get("Replacement"):
        case "Add" | "Import", _:
            return Action.ADD
        case "Remove", _:
            return Action.REMOVE
        case "Modify", "True":
            return Action.REPLACE
        case "Modify", "Conditional":
            return Action.MAY_REPLACE
        case "Modify", _:
            return Action.MODIFY
        # CloudFormation cannot tell before it has begun.
        case _:
            return Action.MAY_REPLACE


def _properties(described: Mapping[str, Any]) -> Iterator[PropertyChange]:
    found: dict[str, PropertyChange] = {}
    for detail in described.get("Details", ()):
        target = detail.get("Target", {})
        name = target.get("Name") or target.get("Attribute") or "Properties"
        path = str(target.get("Path") or name).removeprefix("/Properties/").strip("/")
        it = PropertyChange(
            path=path, before=target.get("BeforeValue"), after=target.get("AfterValue")
        )
        # A change is told again for each thing that causes it.
        if path not in found or found[path].before is None:
            found[path] = it
    yield from (found[path] for path in sorted(found))


def _described(clients: Clients, stack: str, id_: str) -> Mapping[str, Any]:
    """All pages as one."""
    asked: dict[str, Any] = {
        # The deploy role may act on stacks, and a change set is one of its stack's.
        "StackName": stack,
        "ChangeSetName": id_,
        "IncludePropertyValues": True,
    }
    page: dict[str, Any] = clients.cloudformation.describe_change_set(**asked)
    changes = [*page.get("Changes", ())]
    while page.get("NextToken"):
        page = clients.cloudformation.describe_change_set(**asked, NextToken=page["NextToken"])
        changes += page.get("Changes", ())
    return {**page, "Changes": changes}


def _given(wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    known = parameters(wanted.template)
    for name, value in sorted(wanted.values.items()):
        if name not in known:
            continue
        if value is None:
            yield {"ParameterKey": name, "UsePreviousValue": True}
        else:
            yield {"ParameterKey": name, "ParameterValue": value}
