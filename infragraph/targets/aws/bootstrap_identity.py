"""Who deploys: a role that jobs of a repository take, the policies it has, and the boundary."""

from collections.abc import Iterator, Mapping

from infragraph.model.plan import Attribute, Joined, Parameter, PlannedResource, PlanValue
from infragraph.targets.aws.bootstrap_actions import ACTIONS
from infragraph.targets.aws.bootstrap_boundary import boundary_statements
from infragraph.targets.aws.bootstrap_policies import (
    deploying_statements,
    preview_statements,
    resource_policies,
)
from infragraph.targets.aws.bootstrap_stores import LAYER, common_tags
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.roles import document
from infragraph.targets.aws.shared import Setting, iam_path, permissions_boundary

_ISSUER = "token.actions.githubusercontent.com"
_LONGEST_SESSION = 4 * 3600

_BY_REGION = {
    "CKV_AWS_107": "secrets are described, not read",
    "CKV_AWS_108": "stacks hold what has no name before it is made; the region narrows it",
    "CKV_AWS_109": "roles stay within the boundary, and keys are the stacks' own",
    "CKV_AWS_110": "roles stay within the boundary",
    "CKV_AWS_111": "stacks hold what has no name before it is made; the region narrows it",
}


def provider_of_github(setting: Setting) -> PlannedResource:
    return PlannedResource(
        address="GitHubProvider",
        type="AWS::IAM::OIDCProvider",
        layer=LAYER,
        properties={
            "Url": f"https://{_ISSUER}",
            "ClientIdList": ("sts.amazonaws.com",),
            "Tags": common_tags(setting),
        },
    )


def boundary(setting: Setting) -> PlannedResource:
    statements = boundary_statements(setting.application, setting.environment)
    return PlannedResource(
        address="Boundary",
        type="AWS::IAM::ManagedPolicy",
        layer=LAYER,
        properties={
            "ManagedPolicyName": "boundary",
            "Path": iam_path(setting.application),
            "Description": f"what no role of {setting.application} goes beyond",
            "PolicyDocument": document(statements),
        },
        notes=skipped(dict.fromkeys(_BY_REGION, "a boundary allows nothing by itself")),
    )


def deploy_policies(setting: Setting) -> Iterator[PlannedResource]:
    groups = [
        *resource_policies(ACTIONS),
        deploying_statements(setting.application, permissions_boundary(setting)),
        preview_statements(setting.application),
    ]
    for number, statements in enumerate(groups, start=1):
        yield PlannedResource(
            address=f"DeployPolicy{number}",
            type="AWS::IAM::ManagedPolicy",
            layer=LAYER,
            properties={
                "Path": _path(setting),
                "Description": f"deployments of {setting.application}, part {number}",
                "PolicyDocument": document(statements),
            },
            notes=skipped(_BY_REGION),
        )


def deploy_role(
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
        layer=LAYER,
        properties={
            "Path": _path(setting),
            "Description": f"deploys {setting.application}",
            "AssumeRolePolicyDocument": document((trust,)),
            "MaxSessionDuration": _LONGEST_SESSION,
            "ManagedPolicyArns": tuple(Attribute(address=it.address) for it in policies),
            "Tags": common_tags(setting),
        },
    )


def _path(setting: Setting) -> str:
    return f"/infragraph-bootstrap/{setting.application}/"
