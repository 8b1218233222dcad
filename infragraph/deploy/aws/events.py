"""The events of a stack while CloudFormation works at it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from infragraph.deploy.aws.clients import Clients
from infragraph.deploy.aws.states import advice
from infragraph.deploy.errors import refuse
from infragraph.deploy.pace import Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """How a long step is followed: how often it is asked for, and who is told."""

    pace: Pace
    tell: Callable[[str], None]


_POLL = 5.0
_LONGEST = 3 * 3600.0

_SUCCESS = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "DELETE_COMPLETE"})

_WORDS = {
    "CREATE_COMPLETE": "created",
    "UPDATE_COMPLETE": "updated",
    "DELETE_COMPLETE": "removed",
    "DELETE_SKIPPED": "left",
}

# What is given up because something else failed says nothing by itself.
_FOLLOWING = ("cancelled", "canceled")


def latest(clients: Clients, stack: str) -> str | None:
    """The id of the last event that there is; None without any."""
    events = clients.cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    return events[0]["EventId"] if events else None


def follow(
    clients: Clients, stack: str, after: str | None, expected: int, watched: Watched
) -> None:
    """Tells of each resource once it is done, until the stack is; a failure ends the deployment."""
    done: set[str] = set()
    failures: list[str] = []
    attempts = watched.pace.times(_POLL, _LONGEST, f"the deployment of {stack}")
    while True:
        for event in _new(clients, stack, after):
            after = event["EventId"]
            status = str(event["ResourceStatus"])
            if event.get("PhysicalResourceId") == event["StackId"]:
                if not status.endswith("_IN_PROGRESS"):
                    _end(stack, status, failures, clients.region)
                    return
                if status not in {"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"}:
                    watched.tell(f"{stack}: {status}")
            elif status in _WORDS:
                done.add(event["LogicalResourceId"])
                count = f"{min(len(done), expected)}/{expected}"
                watched.tell(
                    f"{count} {event['ResourceType']} {event['LogicalResourceId']} {_WORDS[status]}"
                )
            elif status.endswith("_FAILED"):
                failures += _failure(event)
                watched.tell(f"failed: {event['ResourceType']} {event['LogicalResourceId']}")
        attempts.next()


def _new(clients: Clients, stack: str, after: str | None) -> list[Mapping[str, Any]]:
    """Oldest first."""
    found: list[Mapping[str, Any]] = []
    pages = clients.cloudformation.get_paginator("describe_stack_events")
    for page in pages.paginate(StackName=stack):
        for event in page["StackEvents"]:
            if event["EventId"] == after:
                return found[::-1]
            found.append(event)
    return found[::-1]


def _failure(event: Mapping[str, Any]) -> list[str]:
    reason = str(event.get("ResourceStatusReason", ""))
    if any(word in reason.lower() for word in _FOLLOWING):
        return []
    return [f"{event['LogicalResourceId']} ({event['ResourceType']}): {reason}"]


def _end(stack: str, status: str, failures: list[str], region: str) -> None:
    if status in _SUCCESS:
        return
    first = f": {failures[0]}" if failures else ""
    others = tuple(f"also: {one}" for one in failures[1:])
    refuse(f"the stack {stack!r} ended in {status}{first}", *others, *advice(status, stack, region))
