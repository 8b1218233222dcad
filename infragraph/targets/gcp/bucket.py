"""Buckets: one of Cloud Storage, with rights on the whole of it only."""

from infragraph.model.graph import Node
from infragraph.model.plan import PlanValue, Retention
from infragraph.targets.gcp import types
from infragraph.targets.gcp.addresses import bucket
from infragraph.targets.gcp.planned import Planned
from infragraph.targets.gcp.resource import resource
from infragraph.targets.gcp.setting import Setting, existing
from infragraph.targets.gcp.things import bucket_object

_WEEK = 604_800
_NONCURRENT_DAYS = 90
_ABANDONED_DAYS = 7


def plan_bucket(setting: Setting, declared: Node) -> Planned:
    name = bucket(setting, declared)
    address = {declared.id: {"bucket": name, "region": setting.region}}
    if existing(setting, declared) is not None:
        return Planned(addresses=address)
    spec: dict[str, PlanValue] = {
        "resourceID": name,
        "location": setting.region,
        "uniformBucketLevelAccess": True,
        "publicAccessPrevention": "inherited" if declared.properties.get("public") else "enforced",
        "softDeletePolicy": {"retentionDurationSeconds": 0 if setting.is_preview else _WEEK},
        "lifecycleRule": _lifecycle(declared),
    }
    if declared.properties.get("versioned"):
        spec["versioning"] = {"enabled": True}
    planned = resource(
        setting,
        types.BUCKET,
        bucket_object(setting, declared.name),
        spec,
        layer="data",
        node=declared.id,
        service=declared.service,
        retention=Retention.DELETE if setting.is_preview else Retention.RETAIN,
    )
    return Planned(resources=(planned,), addresses=address)


def _lifecycle(declared: Node) -> tuple[PlanValue, ...]:
    uploads: PlanValue = {
        "action": {"type": "AbortIncompleteMultipartUpload"},
        "condition": {"age": _ABANDONED_DAYS},
    }
    if not declared.properties.get("versioned"):
        return (uploads,)
    versions: PlanValue = {
        "action": {"type": "Delete"},
        "condition": {"daysSinceNoncurrentTime": _NONCURRENT_DAYS, "withState": "ARCHIVED"},
    }
    return (versions, uploads)
