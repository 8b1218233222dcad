"""A bucket: S3, encrypted, for nobody but the services that use it unless it is public."""

from collections.abc import Mapping

from infragraph.model.graph import Node
from infragraph.model.plan import Attribute, Joined, PlannedResource, PlanValue
from infragraph.targets.aws.access_logs import logging, logging_policy, unlogged
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.lasting import kept
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.references import bucket_address
from infragraph.targets.aws.resource_policies import tls_only
from infragraph.targets.aws.roles import document
from infragraph.targets.aws.shared import Setting, key_arn, tags

_PUBLIC_EXCEPTIONS = {
    "CKV_AWS_53": "no object is public by its own settings: see BlockPublicAcls",
    "CKV_AWS_54": "the bucket is declared public: its policy lets everybody read objects",
    "CKV_AWS_56": "the bucket is declared public: its policy lets everybody read objects",
}
_UNVERSIONED = {"CKV_AWS_21": "the bucket is not declared versioned"}


def plan_bucket(setting: Setting, bucket: Node) -> Planned:
    """The bucket and its policy; nothing of one that is bound."""
    if not setting.environment.is_created(bucket.id):
        return Planned()
    address = bucket_address(bucket)
    is_public = bucket.properties["public"] is True
    is_versioned = bucket.properties["versioned"] is True
    made = PlannedResource(
        address=address,
        type="AWS::S3::Bucket",
        layer="data",
        origin=(bucket.id,),
        after=logging_policy(setting),
        retention=kept(setting),
        notes=skipped(
            {
                **(_PUBLIC_EXCEPTIONS if is_public else {}),
                **({} if is_versioned else _UNVERSIONED),
                **unlogged(setting),
            }
        ),
        properties={
            "BucketEncryption": _encryption(setting, is_public=is_public),
            "PublicAccessBlockConfiguration": {
                "BlockPublicAcls": True,
                "BlockPublicPolicy": not is_public,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": not is_public,
            },
            "OwnershipControls": {"Rules": ({"ObjectOwnership": "BucketOwnerEnforced"},)},
            **({"VersioningConfiguration": {"Status": "Enabled"}} if is_versioned else {}),
            "LifecycleConfiguration": {"Rules": (_housekeeping(is_versioned=is_versioned),)},
            **logging(setting, bucket.name),
            "Tags": tags(setting, service=bucket.service, resource=bucket.id),
        },
    )
    policy = PlannedResource(
        address=f"{address}Policy",
        type="AWS::S3::BucketPolicy",
        layer="data",
        origin=(bucket.id,),
        notes=skipped({"CKV_AWS_70": _PUBLIC_EXCEPTIONS["CKV_AWS_54"]} if is_public else {}),
        properties={
            "Bucket": Attribute(address=address),
            "PolicyDocument": document(_statements(address, is_public=is_public)),
        },
    )
    return Planned(resources=(made, policy), outputs={address: Attribute(address=address)})


def _encryption(setting: Setting, *, is_public: bool) -> PlanValue:
    """What everybody may read is not under a key that nobody else may use."""
    if is_public:
        rule: Mapping[str, PlanValue] = {
            "ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}
        }
    else:
        rule = {
            "BucketKeyEnabled": True,
            "ServerSideEncryptionByDefault": {
                "SSEAlgorithm": "aws:kms",
                "KMSMasterKeyID": key_arn(setting),
            },
        }
    return {"ServerSideEncryptionConfiguration": (rule,)}


def _housekeeping(*, is_versioned: bool) -> PlanValue:
    old = {"NoncurrentVersionExpiration": {"NoncurrentDays": 90}} if is_versioned else {}
    return {
        "Id": "housekeeping",
        "Status": "Enabled",
        **old,
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
    }


def _statements(address: str, *, is_public: bool) -> tuple[PlanValue, ...]:
    arn = Attribute(address=address, name="Arn")
    objects = Joined(parts=(arn, "/*"))
    private = tls_only(("s3:*",), (arn, objects))
    if not is_public:
        return (private,)
    everybody: PlanValue = {
        "Sid": "EverybodyReads",
        "Effect": "Allow",
        "Principal": "*",
        "Action": ("s3:GetObject",),
        "Resource": (objects,),
    }
    return (private, everybody)
