"""A bucket of records that nobody but services of ours writes, with the policy that it has."""

from collections.abc import Iterator, Mapping

from infragraph.model.plan import Attribute, Joined, PlannedResource, PlanValue
from infragraph.targets.aws.access_logs import logging, logging_policy, unlogged
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.lasting import kept
from infragraph.targets.aws.resource_policies import tls_only
from infragraph.targets.aws.roles import document
from infragraph.targets.aws.shared import Setting, key_arn, tags


def records_bucket(
    setting: Setting,
    address: str,
    *,
    origin: tuple[str, ...],
    prefix: str,
    more: Mapping[str, PlanValue] | None = None,
) -> Iterator[PlannedResource]:
    """Encrypted, versioned, private and kept; `prefix` is that of its access logs.

    `more` are further properties of the bucket.
    """
    arn = Attribute(address=address, name="Arn")
    yield PlannedResource(
        address=address,
        type="AWS::S3::Bucket",
        layer="data",
        origin=origin,
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
            **(more or {}),
            **logging(setting, prefix),
            "Tags": tags(setting),
        },
    )
    yield PlannedResource(
        address=f"{address}Policy",
        type="AWS::S3::BucketPolicy",
        layer="data",
        origin=origin,
        properties={
            "Bucket": Attribute(address=address),
            "PolicyDocument": document(
                (tls_only(("s3:*",), (arn, Joined(parts=(arn, "/*")))),),
            ),
        },
    )
