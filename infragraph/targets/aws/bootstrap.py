"""What an account holds before the first deployment: made once, by somebody who may make roles.

A bucket for templates, a repository for images, and the role that deploys from GitHub. It is a plan
of its own, whose stack outlives every environment of the application.
"""

from collections.abc import Iterator, Mapping

from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import (
    Attribute,
    Joined,
    Parameter,
    Plan,
    PlannedParameter,
    PlannedResource,
    PlanValue,
    Retention,
)
from infragraph.targets.aws.bootstrap_actions import ACTIONS
from infragraph.targets.aws.bootstrap_boundary import boundary_statements
from infragraph.targets.aws.bootstrap_policies import deploying_statements, resource_policies
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.roles import document
from infragraph.targets.aws.shared import Setting, iam_path, permissions_boundary, tags

ENVIRONMENT = "bootstrap"

_LAYER = "bootstrap"
_ISSUER = "token.actions.githubusercontent.com"
_HOUR = 3600
_IMAGES_KEPT = 200
_DAYS_KEPT = 90

_BY_REGION = {
    "CKV_AWS_107": "secrets are described, not read",
    "CKV_AWS_108": "stacks hold what has no name before it is made; the region narrows it",
    "CKV_AWS_109": "roles stay within the boundary, and keys are the stacks' own",
    "CKV_AWS_110": "roles stay within the boundary",
    "CKV_AWS_111": "stacks hold what has no name before it is made; the region narrows it",
}
_OF_AWS = {
    "CKV_AWS_18": "templates are read by CloudFormation alone",
    "CKV_AWS_136": "images are encrypted by ECR's own key, which any pull may use",
    "CKV_AWS_145": "templates hold no secret; the environments' keys are made by what they say",
}


def plan_bootstrap(
    graph: InfraGraph, environment: Environment, *, provider: str | None = None
) -> Plan:
    """The plan for the environment's account and region.

    `provider` is the ARN of GitHub's OIDC provider in an account that has one, as it can have one
    alone.
    """
    setting = Setting(graph=graph, environment=environment)
    trusted: PlanValue = Attribute(address="GitHubProvider") if provider is None else provider
    policies = tuple(_policies(setting))
    resources = (
        *_artifacts(setting),
        _repository(setting),
        *(() if provider is not None else (_provider(setting),)),
        _boundary(setting),
        *policies,
        _deploy_role(setting, trusted, policies),
    )
    return Plan(
        target="aws",
        application=setting.application,
        environment=ENVIRONMENT,
        resources=tuple(sorted(resources, key=lambda it: it.address)),
        parameters=_PARAMETERS,
        outputs={
            "ArtifactBucket": Attribute(address="ArtifactBucket"),
            "DeployRole": Attribute(address="DeployRole", name="Arn"),
            "ImageRepository": Attribute(address="Repository"),
        },
    )


_PARAMETERS = (
    PlannedParameter(
        name="GitHubEnvironment",
        description="the GitHub environment whose jobs may deploy",
        pattern="^[A-Za-z0-9_.-]{1,255}$",
    ),
    PlannedParameter(
        name="GitHubRepository",
        description="the repository whose jobs may deploy, as owner/name",
        pattern="^[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}$",
    ),
)


def _artifacts(setting: Setting) -> Iterator[PlannedResource]:
    bucket = Attribute(address="ArtifactBucket")
    arn = Attribute(address="ArtifactBucket", name="Arn")
    yield PlannedResource(
        address="ArtifactBucket",
        type="AWS::S3::Bucket",
        layer=_LAYER,
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
            "Tags": _tags(setting),
        },
        notes=skipped({rule: _OF_AWS[rule] for rule in ("CKV_AWS_18", "CKV_AWS_145")}),
    )
    yield PlannedResource(
        address="ArtifactBucketPolicy",
        type="AWS::S3::BucketPolicy",
        layer=_LAYER,
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


def _repository(setting: Setting) -> PlannedResource:
    """Tags that never move; images are deployed by what they contain, so the digest is enough."""
    expire = (
        '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":'
        f'"imageCountMoreThan","countNumber":{_IMAGES_KEPT}'
        '},"action":{"type":"expire"}}]}'
    )
    return PlannedResource(
        address="Repository",
        type="AWS::ECR::Repository",
        layer=_LAYER,
        retention=Retention.RETAIN,
        properties={
            "RepositoryName": setting.application,
            "ImageTagMutability": "IMMUTABLE",
            "ImageScanningConfiguration": {"ScanOnPush": True},
            "EncryptionConfiguration": {"EncryptionType": "AES256"},
            "LifecyclePolicy": {"LifecyclePolicyText": expire},
            "Tags": _tags(setting),
        },
        notes=skipped({"CKV_AWS_136": _OF_AWS["CKV_AWS_136"]}),
    )


def _provider(setting: Setting) -> PlannedResource:
    return PlannedResource(
        address="GitHubProvider",
        type="AWS::IAM::OIDCProvider",
        layer=_LAYER,
        properties={
            "Url": f"https://{_ISSUER}",
            "ClientIdList": ("sts.amazonaws.com",),
            "Tags": _tags(setting),
        },
    )


def _boundary(setting: Setting) -> PlannedResource:
    statements = boundary_statements(setting.application, setting.environment)
    return PlannedResource(
        address="Boundary",
        type="AWS::IAM::ManagedPolicy",
        layer=_LAYER,
        properties={
            "ManagedPolicyName": "boundary",
            "Path": iam_path(setting.application),
            "Description": f"what no role of {setting.application} goes beyond",
            "PolicyDocument": document(statements),
        },
        notes=skipped(dict.fromkeys(_BY_REGION, "a boundary allows nothing by itself")),
    )


def _policies(setting: Setting) -> Iterator[PlannedResource]:
    groups = [
        *resource_policies(ACTIONS),
        deploying_statements(setting.application, permissions_boundary(setting)),
    ]
    for number, statements in enumerate(groups, start=1):
        yield PlannedResource(
            address=f"DeployPolicy{number}",
            type="AWS::IAM::ManagedPolicy",
            layer=_LAYER,
            properties={
                "Path": _path(setting),
                "Description": f"deployments of {setting.application}, part {number}",
                "PolicyDocument": document(statements),
            },
            notes=skipped(_BY_REGION),
        )


def _deploy_role(
    setting: Setting, provider: PlanValue, policies: tuple[PlannedResource, ...]
) -> PlannedResource:
    """It lies outside of the path of what it may change."""
    subject = Joined(
        parts=(
            "repo:",
            Parameter(name="GitHubRepository"),
            ":environment:",
            Parameter(name="GitHubEnvironment"),
        )
    )
    condition: Mapping[str, PlanValue] = {
        "StringEquals": {f"{_ISSUER}:aud": "sts.amazonaws.com", f"{_ISSUER}:sub": subject}
    }
    trust: PlanValue = {
        "Sid": "Assume",
        "Effect": "Allow",
        "Principal": {"Federated": provider},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": condition,
    }
    return PlannedResource(
        address="DeployRole",
        type="AWS::IAM::Role",
        layer=_LAYER,
        properties={
            "Path": _path(setting),
            "Description": f"deploys {setting.application}",
            "AssumeRolePolicyDocument": document((trust,)),
            "MaxSessionDuration": 4 * _HOUR,
            "ManagedPolicyArns": tuple(Attribute(address=it.address) for it in policies),
            "Tags": _tags(setting),
        },
    )


def _path(setting: Setting) -> str:
    return f"/infragraph-bootstrap/{setting.application}/"


def _tags(setting: Setting) -> tuple[PlanValue, ...]:
    """Those of all environments: it belongs to none."""
    own = {"Key": "infragraph:env", "Value": setting.environment.name}
    return tuple(it for it in tags(setting) if it != own)
