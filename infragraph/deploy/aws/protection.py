"""What keeps a production environment from being removed, or its state replaced, by mistake."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from infragraph.deploy.aws.clients import Clients
from infragraph.deploy.aws.stateful import STATEFUL


def protect(clients: Clients, stack: str, allowed: Collection[str] = ()) -> None:
    """`allowed` are logical ids that may be replaced or removed until this is called again."""
    clients.cloudformation.set_stack_policy(
        StackName=stack, StackPolicyBody=json.dumps(policy(allowed), sort_keys=True)
    )
    clients.cloudformation.update_termination_protection(
        StackName=stack, EnableTerminationProtection=True
    )


def unprotect(clients: Clients, stack: str) -> None:
    clients.cloudformation.update_termination_protection(
        StackName=stack, EnableTerminationProtection=False
    )


def policy(allowed: Collection[str]) -> Mapping[str, Any]:
    """A stack policy under which updates replace and remove nothing that holds state."""
    about: Mapping[str, Any] = {"Resource": "*"}
    if allowed:
        about = {"NotResource": [f"LogicalResourceId/{name}" for name in sorted(allowed)]}
    return {
        "Statement": [
            {"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"},
            {
                "Effect": "Deny",
                "Action": ["Update:Replace", "Update:Delete"],
                "Principal": "*",
                **about,
                "Condition": {"StringEquals": {"ResourceType": sorted(STATEFUL)}},
            },
        ]
    }
