"""Audit topics: a subscription that writes every message to a bucket, where it stays."""

from infragraph.model.graph import Node
from infragraph.model.plan import Retention
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.addresses import topic_path
from infragraph.targets.gcp.kind_rights import keeping
from infragraph.targets.gcp.planned import NOTHING, Planned
from infragraph.targets.gcp.resource import external, reference, resource
from infragraph.targets.gcp.rights import Thing
from infragraph.targets.gcp.setting import Setting, existing

_KIND = "audit"
_LONGEST_WAIT = "300s"


def plan_audit(setting: Setting, topic: Node) -> Planned:
    if not topic.properties.get("audit"):
        return NOTHING
    bucket = resource(
        setting,
        types.BUCKET,
        names.audit_bucket_name(setting, topic),
        {
            "resourceID": names.bucket_name(setting, topic.name, kind=_KIND),
            "location": setting.region,
            "uniformBucketLevelAccess": True,
            "publicAccessPrevention": "enforced",
            "versioning": {"enabled": True},
        },
        layer="data",
        node=topic.id,
        service=topic.service,
        retention=Retention.DELETE if setting.is_preview else Retention.RETAIN,
    )
    called = names.bucket_name(setting, topic.name, kind=_KIND)
    name = names.audit_bucket_name(setting, topic)
    thing = Thing(type=types.BUCKET, name=name, called=called)
    rights = tuple(keeping(setting, topic, thing))
    found = existing(setting, topic)
    trail = resource(
        setting,
        types.SUBSCRIPTION,
        names.audit_name(setting, topic),
        {
            "topicRef": external(topic_path(setting, topic))
            if found is not None
            else reference(types.TOPIC, names.topic_name(setting, topic)),
            "ackDeadlineSeconds": 60,
            "messageRetentionDuration": "604800s",
            "expirationPolicy": {"ttl": ""},
            "cloudStorageConfig": {
                "bucketRef": reference(types.BUCKET, thing.name),
                "maxDuration": _LONGEST_WAIT,
            },
        },
        layer="data",
        node=topic.id,
        service=topic.service,
    )
    return Planned(resources=(bucket, trail), rights=rights)
