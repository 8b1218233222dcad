"""The boundary of an application's roles: what the most powerful of them may do, and no more.

A deployment creates roles, so that whoever deploys could give himself anything; beyond this, no
role that he creates allows anything.
"""

from collections.abc import Mapping

from infragraph.model.environment import Environment
from infragraph.model.plan import Joined, PlanValue
from infragraph.targets.aws import needs
from infragraph.targets.aws.roles import statement
from infragraph.targets.aws.shared import ACCOUNT, PARTITION, iam_path

OF_AWS: Mapping[str, tuple[str, ...]] = {
    "starting tasks": (
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetAuthorizationToken",
        "ecr:GetDownloadUrlForLayer",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    ),
    "crons": ("ecs:RunTask", "ecs:TagResource", "sqs:SendMessage"),
    "flow logs": ("logs:DescribeLogStreams",),
    "records of messages": (
        "firehose:DescribeDeliveryStream",
        "firehose:PutRecord",
        "firehose:PutRecordBatch",
        "s3:GetBucketLocation",
        "s3:ListBucketMultipartUploads",
    ),
    "watching databases": ("logs:CreateLogGroup", "logs:GetLogEvents", "logs:PutRetentionPolicy"),
}
"""Actions of roles that AWS itself assumes, by what they are for."""


def boundary_statements(application: str, environment: Environment) -> tuple[PlanValue, ...]:
    """The actions alone: what they are allowed on is each role's own to say."""
    granted = {
        action
        for grants in environment.grants.values()
        for grant in grants
        for action in grant.actions
    }
    tasks = Joined(parts=("arn:", PARTITION, ":iam::", ACCOUNT, f":role{iam_path(application)}*"))
    return (
        statement("Most", sorted({*_of_code(), *_of_aws(), *granted}), ("*",)),
        statement(
            "StartTasks",
            ("iam:PassRole",),
            (tasks,),
            {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}},
        ),
    )


def _of_code() -> set[str]:
    """What edges and kinds ask for, whatever application it is."""
    return {
        needs.LISTING,
        *(action for actions in needs.EDGES.values() for action in actions),
        *(action for actions in needs.OBJECTS.values() for action in actions),
        *(action for need in needs.NEEDS for action in need.actions),
    }


def _of_aws() -> set[str]:
    return {action for actions in OF_AWS.values() for action in actions}
