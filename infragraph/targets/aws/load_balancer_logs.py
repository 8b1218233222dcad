"""The bucket of access logs: the load balancer's, and those of other buckets."""

from infragraph.model.plan import (
    Attribute,
    Joined,
    PlannedResource,
    PlanValue,
)
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.lasting import kept
from infragraph.targets.aws.load_balancer_routes import exposed_services
from infragraph.targets.aws.planned import NOTHING, Planned
from infragraph.targets.aws.roles import document
from infragraph.targets.aws.shared import (
    ACCOUNT,
    PARTITION,
    REGION,
    Setting,
    access_logs_bucket,
    tags,
)

_DAYS = 365
_ARN = Attribute(address="AccessLogsBucket", name="Arn")

_LAST_IN_LINE = {
    "CKV_AWS_18": "the bucket of access logs does not log into itself",
    "CKV_AWS_145": "load balancers write to SSE-S3 buckets alone",
}


def plan_access_logs(setting: Setting) -> Planned:
    """Nothing where nobody logs: in previews, and without a load balancer or bucket of ours."""
    if access_logs_bucket(setting) is None or not _has_writers(setting):
        return NOTHING
    bucket = PlannedResource(
        address="AccessLogsBucket",
        type="AWS::S3::Bucket",
        layer="network",
        retention=kept(setting),
        properties={
            "BucketEncryption": {
                "ServerSideEncryptionConfiguration": (
                    {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}},
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
            "LifecycleConfiguration": {
                "Rules": (
                    {
                        "Id": "expire",
                        "Status": "Enabled",
                        "ExpirationInDays": _DAYS,
                        "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
                        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                    },
                )
            },
            "Tags": tags(setting),
        },
        notes=skipped(_LAST_IN_LINE),
    )
    policy = PlannedResource(
        address="AccessLogsBucketPolicy",
        type="AWS::S3::BucketPolicy",
        layer="network",
        properties={
            "Bucket": Attribute(address="AccessLogsBucket"),
            "PolicyDocument": document(_statements()),
        },
    )
    return Planned(resources=(bucket, policy))


def _has_writers(setting: Setting) -> bool:
    environment = setting.environment
    has_bucket = any(
        node.kind == "bucket" and environment.is_created(node.id) for node in setting.graph.nodes
    )
    return has_bucket or (environment.listener is None and bool(exposed_services(setting)))


def _statements() -> tuple[PlanValue, ...]:
    balancers = ("arn:", PARTITION, ":elasticloadbalancing:", REGION, ":", ACCOUNT)
    return (
        {
            "Sid": "TlsOnly",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": (_ARN, Joined(parts=(_ARN, "/*"))),
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
        _writer(
            "LoadBalancerLogs",
            "logdelivery.elasticloadbalancing.amazonaws.com",
            Joined(parts=(_ARN, "/alb/AWSLogs/", ACCOUNT, "/*")),
            {"ArnLike": {"aws:SourceArn": Joined(parts=(*balancers, ":loadbalancer/*"))}},
        ),
        _writer("BucketLogs", "logging.s3.amazonaws.com", Joined(parts=(_ARN, "/s3/*")), {}),
    )


def _writer(
    sid: str, service: str, objects: PlanValue, condition: dict[str, PlanValue]
) -> PlanValue:
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "s3:PutObject",
        "Resource": objects,
        "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}, **condition},
    }
