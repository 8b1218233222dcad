"""Stacks as CloudFormation describes them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from infragraph.deploy.aws.clients import Clients, code
from infragraph.deploy.aws.templates import Template

_GONE = "DELETE_COMPLETE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """One that is there; `template` is what it was last deployed from."""

    name: str
    id: str
    status: str
    reason: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    outputs: Mapping[str, str] = field(default_factory=dict[str, str])
    template: Template = field(default_factory=dict[str, Any])
    is_protected: bool = False

    @property
    def is_made(self) -> bool:
        """Whether it ever held something: a change set that nobody carried out leaves a name."""
        return self.status != "REVIEW_IN_PROGRESS"


def find(clients: Clients, name: str) -> Stack | None:
    try:
        found = clients.cloudformation.describe_stacks(StackName=name)["Stacks"]
    except ClientError as error:
        if code(error) == "ValidationError" and "does not exist" in str(error):
            return None
        raise
    described: Mapping[str, Any] = found[0]
    if described["StackStatus"] == _GONE:
        return None
    status = str(described["StackStatus"])
    return Stack(
        name=name,
        id=described["StackId"],
        status=status,
        reason=described.get("StackStatusReason", ""),
        parameters={
            one["ParameterKey"]: one["ParameterValue"]
            for one in described.get("Parameters", ())
            if "ParameterValue" in one
        },
        outputs={one["OutputKey"]: one["OutputValue"] for one in described.get("Outputs", ())},
        template=_template(clients, name) if status != "REVIEW_IN_PROGRESS" else {},
        is_protected=bool(described.get("EnableTerminationProtection")),
    )


def physical_ids(clients: Clients, name: str) -> Mapping[str, str]:
    """What each logical id of a stack stands for, sorted."""
    found: dict[str, str] = {}
    pages = clients.cloudformation.get_paginator("list_stack_resources")
    for page in pages.paginate(StackName=name):
        for one in page["StackResourceSummaries"]:
            if one.get("PhysicalResourceId") and one["ResourceStatus"] != _GONE:
                found[one["LogicalResourceId"]] = one["PhysicalResourceId"]
    return dict(sorted(found.items()))


def _template(clients: Clients, name: str) -> Template:
    body = clients.cloudformation.get_template(StackName=name)["TemplateBody"]
    # boto3 reads a body in JSON by itself.
    read: Template = json.loads(body) if isinstance(body, str) else json.loads(json.dumps(body))
    return read
