"""The record of who published and who handled the messages of audited topics: a bucket for lines.

Services write it themselves, and may do nothing else there. What is written cannot be replaced or
removed for as long as it is locked, but by whoever may lift that.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html (read 2026-11-25)
"""

from collections.abc import Iterable, Mapping

from infragraph.model.environment import Size
from infragraph.model.graph import Node
from infragraph.model.plan import Attribute, Joined, PlannedResource, PlanValue
from infragraph.targets.aws.access_logs import logging, logging_policy, unlogged
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.lasting import kept
from infragraph.targets.aws.planned import NOTHING, Planned
from infragraph.targets.aws.resource_policies import tls_only
from infragraph.targets.aws.roles import document
from infragraph.targets.aws.shared import Setting, key_arn, tags

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
    arn = Attribute(address=BUCKET, name="Arn")
    bucket = PlannedResource(
        address=BUCKET,
        type="AWS::S3::Bucket",
        layer="data",
        origin=topics,
        after=logging_policy(setting),
        retention=kept(setting),
        notes=skipped(unlogged(setting)),
        properties={
            "BucketEncryption": {
                "ServerSideEncryptionConfiguration": (
                    {
                        "BucketKeyEnabled": True,
                        "ServerSideEncryptionByDefault": {
                            "SSEAlgorithm": "aws:kms",
                            "KMSMasterKeyID": key_arn(setting),
                        },
                    },
                )
            },
            "PublicAccessBlockConfiguration": {
                "BlockPublicAcls": True,
                "BlockPublicPolicy": True,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
            "OwnershipControls": {"Rules": ({"ObjectOwnership": "BucketOwnerEnforced"},)},
            "VersioningConfiguration": {"Status": "Enabled"},
            **_lock(setting),
            **logging(setting, "infragraph-audit-record"),
            "Tags": tags(setting),
        },
    )
    policy = PlannedResource(
        address=f"{BUCKET}Policy",
        type="AWS::S3::BucketPolicy",
        layer="data",
        origin=topics,
        properties={
            "Bucket": Attribute(address=BUCKET),
            "PolicyDocument": document((tls_only(("s3:*",), (arn, OBJECTS)),)),
        },
    )
    return Planned(resources=(bucket, policy), outputs={BUCKET: Attribute(address=BUCKET)})


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
