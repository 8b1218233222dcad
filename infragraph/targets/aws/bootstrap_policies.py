"""What the deploy role may do: change the application's stacks, and what these stacks hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from infragraph.model.plan import Attribute, Joined, PlanValue, Text
from infragraph.targets.aws.bootstrap_actions import ACTIONS
from infragraph.targets.aws.roles import statement
from infragraph.targets.aws.shared import ACCOUNT, PARTITION, REGION, arn, iam_path

MOST_CHARACTERS = 6_144
"""Of a managed policy, blanks not counted:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, 2026-11-25."""

_ROOM = 500
"""For what stands around the actions of one policy."""

# Of these AWS has one for all regions, which answers from its own.
_GLOBAL = frozenset({"route53"})

_PASSED_TO = (
    "ecs-tasks.amazonaws.com",
    "firehose.amazonaws.com",
    "monitoring.rds.amazonaws.com",
    "scheduler.amazonaws.com",
    "sns.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
)
_ENCRYPTING = ("firehose", "rds", "scheduler", "secretsmanager")
"""Services that encrypt by the right of who makes something of theirs."""

_LINKED = (
    "ecs.amazonaws.com",
    "ecs.application-autoscaling.amazonaws.com",
    "elasticloadbalancing.amazonaws.com",
    "rds.amazonaws.com",
)
_ROLES_SEEN_AND_REMOVED = (
    "iam:DeleteRole",
    "iam:DeleteRolePolicy",
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies",
    "iam:ListRolePolicies",
    "iam:TagRole",
    "iam:UntagRole",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole",
    "iam:UpdateRoleDescription",
)
_STACKS = (
    "cloudformation:CancelUpdateStack",
    "cloudformation:ContinueUpdateRollback",
    "cloudformation:CreateChangeSet",
    "cloudformation:DeleteChangeSet",
    "cloudformation:DeleteStack",
    "cloudformation:DescribeChangeSet",
    "cloudformation:DescribeStackEvents",
    "cloudformation:DescribeStackResources",
    "cloudformation:DescribeStacks",
    "cloudformation:ExecuteChangeSet",
    "cloudformation:GetTemplate",
    "cloudformation:ListStackResources",
    "cloudformation:SetStackPolicy",
    "cloudformation:TagResource",
    "cloudformation:UpdateTerminationProtection",
)
_PUSH = (
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:CompleteLayerUpload",
    "ecr:DescribeImages",
    "ecr:GetDownloadUrlForLayer",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
)


def resource_policies(types: Iterable[str]) -> tuple[tuple[PlanValue, ...], ...]:
    """The statements on what stacks hold, of each of the policies that it takes to hold them.

    Their resources have no names before they are made, so that they are narrowed by the region.
    """
    actions = sorted({action for name in types for action in ACTIONS[name]})
    return tuple(tuple(_in_region(few)) for few in _packed(actions))


def deploying_statements(application: str, boundary: PlanValue) -> tuple[PlanValue, ...]:
    """The statements on stacks, images and roles, all of them the application's own."""
    roles = _role(f"{iam_path(application)}*")
    linked = _role("/aws-service-role/*")
    artifacts = Attribute(address="ArtifactBucket", name="Arn")
    jobs = f"task-definition/{application}_*"
    return (
        statement("Stacks", _STACKS, (arn("cloudformation", f"stack/{application}-*"),)),
        statement("Templates", ("s3:GetObject", "s3:PutObject"), (_below(artifacts),)),
        statement("FindTemplates", ("s3:ListBucket",), (artifacts,)),
        statement("ImageToken", ("ecr:GetAuthorizationToken",), ("*",)),
        statement("Images", _PUSH, (Attribute(address="Repository", name="Arn"),)),
        statement("StartJobs", ("ecs:RunTask",), (arn("ecs", jobs),)),
        statement("FollowJobs", ("ecs:DescribeTasks", "ecs:StopTask"), (arn("ecs", "task/*"),)),
        statement(
            "ReadJobLogs",
            ("logs:FilterLogEvents", "logs:GetLogEvents"),
            (arn("logs", f"log-group:/infragraph/{application}/*"),),
        ),
        statement(
            "RolesWithinTheBoundary",
            ("iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"),
            (roles,),
            {"StringEquals": {"iam:PermissionsBoundary": boundary}},
        ),
        statement("Roles", _ROLES_SEEN_AND_REMOVED, (roles,)),
        statement(
            "PassRoles",
            ("iam:PassRole",),
            (roles,),
            {"StringEquals": {"iam:PassedToService": _PASSED_TO}},
        ),
        statement(
            "Encrypt",
            ("kms:Decrypt", "kms:GenerateDataKey"),
            (arn("kms", "key/*"),),
            {
                "StringEquals": {
                    "kms:ViaService": tuple(
                        Joined(parts=(f"{name}.", REGION, ".amazonaws.com")) for name in _ENCRYPTING
                    )
                }
            },
        ),
        statement(
            "LinkedRoles",
            ("iam:CreateServiceLinkedRole",),
            (linked,),
            {"StringEquals": {"iam:AWSServiceName": _LINKED}},
        ),
    )


def preview_statements(application: str) -> tuple[PlanValue, ...]:
    """The statements on what previews leave in their buckets, which CloudFormation does not."""
    buckets = _preview_buckets(application)
    return (
        statement(
            "EmptyPreviews",
            ("s3:DeleteObject", "s3:DeleteObjectVersion"),
            tuple(_below(it) for it in buckets),
        ),
        statement("FindInPreviews", ("s3:ListBucketVersions",), buckets),
    )


def _in_region(actions: Sequence[str]) -> Iterator[PlanValue]:
    regional = [action for action in actions if action.partition(":")[0] not in _GLOBAL]
    others = [action for action in actions if action not in regional]
    here: Mapping[str, PlanValue] = {"StringEquals": {"aws:RequestedRegion": REGION}}
    if regional:
        yield statement("Here", regional, ("*",), here)
    if others:
        yield statement("Everywhere", others, ("*",))


def _packed(actions: Sequence[str]) -> Iterator[list[str]]:
    few: list[str] = []
    for action in actions:
        if sum(len(it) + 3 for it in (*few, action)) > MOST_CHARACTERS - _ROOM:
            yield few
            few = []
        few.append(action)
    if few:
        yield few


def _role(path: str) -> Joined:
    return Joined(parts=("arn:", PARTITION, ":iam::", ACCOUNT, f":role{path}"))


def _preview_buckets(application: str) -> tuple[Joined, ...]:
    """CloudFormation calls a bucket by its stack, in small letters, and that by the environment.

    A digit follows, as in every pull request's, so that `shop` reaches none of an application
    called `shop-pr`.
    """
    name = f":s3:::{application.lower()}-pr-"
    return tuple(Joined(parts=("arn:", PARTITION, f"{name}{digit}*")) for digit in range(10))


def _below(bucket: Text | Joined) -> Joined:
    """The objects of a bucket."""
    parts = bucket.parts if isinstance(bucket, Joined) else (bucket,)
    return Joined(parts=(*parts, "/*"))
