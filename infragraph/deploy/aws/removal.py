"""The removal of an environment's stacks: what goes, what stays, and what stands in the way."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infragraph.deploy.aws.change_sets import Wanted, create, execute
from infragraph.deploy.aws.clients import Clients
from infragraph.deploy.aws.events import Watched, follow, latest
from infragraph.deploy.aws.protection import unprotect
from infragraph.deploy.aws.stacks import Stack, physical_ids
from infragraph.deploy.aws.storage import Storage
from infragraph.deploy.aws.templates import Json, Resource, Template, of_type, parameters, resources

BUCKET = "AWS::S3::Bucket"

_LASTING = frozenset({"Retain", "Snapshot"})
_AT_ONCE = 1000
"""https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html, 2026-11-25."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staying:
    """Something that outlives its stack: itself, or a snapshot of it."""

    id: str
    type: str
    physical: str
    is_snapshot: bool


def staying(clients: Clients, stack: Stack) -> tuple[Staying, ...]:
    """Sorted by type, then by id; nothing of a stack that never held anything."""
    if not stack.is_made:
        return ()
    physical = physical_ids(clients, stack.name)
    found = [
        Staying(
            id=name,
            type=one["Type"],
            physical=physical[name],
            is_snapshot=one["DeletionPolicy"] == "Snapshot",
        )
        for name, one in resources(stack.template).items()
        if one.get("DeletionPolicy") in _LASTING and name in physical
    ]
    return tuple(sorted(found, key=lambda one: (one.type, one.id)))


def lift(clients: Clients, storage: Storage | None, stack: Stack, watched: Watched) -> None:
    """Takes away what protects a stack, and things in it, from being removed."""
    if stack.is_protected:
        unprotect(clients, stack.name)
    template = unprotected(stack.template)
    if storage is None or template == stack.template:
        return
    watched.tell(f"{stack.name}: protection is lifted")
    kept: Mapping[str, str | None] = {
        name: None for name in parameters(template) if name in stack.parameters
    }
    wanted = Wanted(stack=stack.name, template=template, values=kept)
    made = create(clients, storage, wanted, watched.pace, is_new=False)
    if made is not None:
        execute(clients, made, watched)


def empty_buckets(clients: Clients, stack: Stack, tell: Callable[[str], None]) -> None:
    """Of those that go: CloudFormation removes no bucket in which something is left."""
    if not stack.is_made:
        return
    physical = physical_ids(clients, stack.name)
    for name, one in of_type(stack.template, BUCKET):
        if one.get("DeletionPolicy") not in _LASTING and name in physical:
            number = _emptied(clients, physical[name])
            if number:
                tell(f"{name}: {number} objects removed")


def remove(clients: Clients, stack: Stack, watched: Watched) -> None:
    """Follows until the stack is gone."""
    before = latest(clients, stack.id)
    clients.cloudformation.delete_stack(StackName=stack.name)
    follow(clients, stack.id, before, len(resources(stack.template)), watched)


def unprotected(template: Template) -> Template:
    """Without what keeps databases and load balancers from being removed."""
    changed = {name: _without_protection(one) for name, one in resources(template).items()}
    return {**template, "Resources": changed}


def _without_protection(resource: Resource) -> Resource:
    properties = resource.get("Properties", {})
    match resource["Type"]:
        case "AWS::RDS::DBInstance" | "AWS::RDS::DBCluster" if properties.get("DeletionProtection"):
            return {**resource, "Properties": {**properties, "DeletionProtection": False}}
        case "AWS::ElasticLoadBalancingV2::LoadBalancer":
            attributes = [_off(one) for one in properties.get("LoadBalancerAttributes", ())]
            return {**resource, "Properties": {**properties, "LoadBalancerAttributes": attributes}}
        case _:
            return resource


def _off(attribute: Mapping[str, Any]) -> Mapping[str, Json]:
    if attribute.get("Key") == "deletion_protection.enabled":
        return {**attribute, "Value": "false"}
    return attribute


def _emptied(clients: Clients, bucket: str) -> int:
    number = 0
    for few in _versions(clients, bucket):
        clients.s3.delete_objects(Bucket=bucket, Delete={"Objects": few, "Quiet": True})
        number += len(few)
    return number


def _versions(clients: Clients, bucket: str) -> Iterator[list[dict[str, str]]]:
    """All that a bucket holds, also what was removed or replaced in it."""
    pages = clients.s3.get_paginator("list_object_versions")
    for page in pages.paginate(Bucket=bucket, PaginationConfig={"PageSize": _AT_ONCE}):
        few = [
            {"Key": one["Key"], "VersionId": one["VersionId"]}
            for one in (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
        ]
        if few:
            yield few
