"""The record of who published and who handled the messages of audited topics: a bucket for lines.

Services write it themselves, and may do nothing else there. What is written cannot be replaced or
removed for as long as it is locked, but by whoever may lift that.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html (read 2026-11-25)
"""

from collections.abc import Iterable, Mapping

from infragraph.model.environment import Size
from infragraph.model.graph import Node
from infragraph.model.plan import Attribute, Joined, PlanValue
from infragraph.targets.aws.planned import NOTHING, Planned
from infragraph.targets.aws.records_bucket import records_bucket
from infragraph.targets.aws.shared import Setting

BUCKET = "AuditRecordBucket"

OBJECTS = Joined(parts=(Attribute(address=BUCKET, name="Arn"), "/*"))

_LOCKED_DAYS = {Size.PRODUCTION: 365, Size.SMALL: 30}
"""As long as logs are kept."""


def recorded(setting: Setting) -> tuple[str, ...]:
    """The ids of the topics whose messages are recorded."""
    return tuple(
        node.id
        for node in setting.graph.nodes
        if node.kind == "topic" and node.properties.get("audit") is True
    )


def records(setting: Setting, used: Iterable[Node]) -> bool:
    """Whether a service that uses these nodes adds to the record."""
    topics = recorded(setting)
    return any(
        node.id in topics
        or (node.kind == "subscription" and f"topic:{node.properties['topic']}" in topics)
        for node in used
    )


def record_address(setting: Setting) -> Mapping[str, PlanValue]:
    """The entry in the runtime configuration."""
    if not recorded(setting):
        return {}
    return {"bucket": Attribute(address=BUCKET), "region": setting.environment.region}


def plan_audit_record(setting: Setting) -> Planned:
    topics = recorded(setting)
    if not topics:
        return NOTHING
    bucket = records_bucket(
        setting, BUCKET, origin=topics, prefix="infragraph-audit-record", more=_lock(setting)
    )
    return Planned(resources=tuple(bucket), outputs={BUCKET: Attribute(address=BUCKET)})


def _lock(setting: Setting) -> Mapping[str, PlanValue]:
    """None in a preview, of which nothing is to stay."""
    days = _LOCKED_DAYS.get(setting.environment.size)
    if days is None:
        return {}
    return {
        "ObjectLockEnabled": True,
        "ObjectLockConfiguration": {
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": days}},
        },
    }
