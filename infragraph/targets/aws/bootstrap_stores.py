"""What deployments need before there is anything to deploy: templates and images have a place."""

from collections.abc import Iterator

from infragraph.model.plan import Attribute, Joined, PlannedResource, PlanValue, Retention
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.roles import document
from infragraph.targets.aws.shared import Setting, tags

LAYER = "bootstrap"

_IMAGES_KEPT = 200
_DAYS_KEPT = 90

_UNLOGGED = {
    "CKV_AWS_18": "templates are read by CloudFormation alone",
    "CKV_AWS_145": "templates hold no secret; the environments' keys are made by what they say",
}
_KEY_OF_ECR = {"CKV_AWS_136": "images are encrypted by ECR's own key, which any pull may use"}


def artifacts(setting: Setting) -> Iterator[PlannedResource]:
    bucket = Attribute(address="ArtifactBucket")
    arn = Attribute(address="ArtifactBucket", name="Arn")
    yield PlannedResource(
        address="ArtifactBucket",
        type="AWS::S3::Bucket",
        layer=LAYER,
        retention=Retention.RETAIN,
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
                        "ExpirationInDays": _DAYS_KEPT,
                        "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
                        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                    },
                )
            },
            "Tags": common_tags(setting),
        },
        notes=skipped(_UNLOGGED),
    )
    yield PlannedResource(
        address="ArtifactBucketPolicy",
        type="AWS::S3::BucketPolicy",
        layer=LAYER,
        properties={
            "Bucket": bucket,
            "PolicyDocument": document(
                (
                    {
                        "Sid": "TlsOnly",
                        "Effect": "Deny",
                        "Principal": "*",
                        "Action": "s3:*",
                        "Resource": (arn, Joined(parts=(arn, "/*"))),
                        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                    },
                )
            ),
        },
    )


def repository(setting: Setting) -> PlannedResource:
    """Tags that never move; images are deployed by what they contain, so the digest is enough."""
    expire = (
        '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":'
        f'"imageCountMoreThan","countNumber":{_IMAGES_KEPT}'
        '},"action":{"type":"expire"}}]}'
    )
    return PlannedResource(
        address="Repository",
        type="AWS::ECR::Repository",
        layer=LAYER,
        retention=Retention.RETAIN,
        properties={
            "RepositoryName": setting.application,
            "ImageTagMutability": "IMMUTABLE",
            "ImageScanningConfiguration": {"ScanOnPush": True},
            "EncryptionConfiguration": {"EncryptionType": "AES256"},
            "LifecyclePolicy": {"LifecyclePolicyText": expire},
            "Tags": common_tags(setting),
        },
        notes=skipped(_KEY_OF_ECR),
    )


def common_tags(setting: Setting) -> tuple[PlanValue, ...]:
    """Those of all environments: it belongs to none."""
    own = {"Key": "infragraph:env", "Value": setting.environment.name}
    return tuple(it for it in tags(setting) if it != own)
