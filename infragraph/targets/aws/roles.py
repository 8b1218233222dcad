"""IAM roles: who may assume one, what it allows, and the boundary that none goes beyond."""

from collections.abc import Mapping, Sequence

from infragraph.model.plan import PlannedResource, PlanValue
from infragraph.targets.aws.shared import (
    ACCOUNT,
    Setting,
    arn,
    iam_path,
    permissions_boundary,
    tags,
)


def role(  # noqa: PLR0913 - what a role consists of
    setting: Setting,
    *,
    address: str,
    principal: str,
    policy: str,
    statements: Sequence[PlanValue],
    layer: str,
    conditions: Mapping[str, PlanValue] | None = None,
    service: str | None = None,
    origin: tuple[str, ...] = (),
) -> PlannedResource:
    """A role that `principal` assumes for this account alone, and under `conditions` if given."""
    equal = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    inline: tuple[PlanValue, ...] = (
        {"PolicyName": policy, "PolicyDocument": document(statements)},
    )
    return PlannedResource(
        address=address,
        type="AWS::IAM::Role",
        layer=layer,
        origin=origin,
        properties={
            "AssumeRolePolicyDocument": document(
                (
                    {
                        "Sid": "Assume",
                        "Effect": "Allow",
                        "Principal": {"Service": principal},
                        "Action": "sts:AssumeRole",
                        "Condition": {**equal, **(conditions or {})},
                    },
                )
            ),
            "Path": iam_path(setting.application),
            "PermissionsBoundary": permissions_boundary(setting),
            # A role that no edge asks for anything is a role without a policy.
            **({"Policies": inline} if statements else {}),
            "Tags": tags(setting, service=service),
        },
    )


def task_conditions() -> Mapping[str, PlanValue]:
    """Tasks of this account and region assume a role, no other's that ECS acts for."""
    return {"ArnLike": {"aws:SourceArn": arn("ecs", "*")}}


def statement(
    sid: str,
    actions: Sequence[str],
    resources: Sequence[PlanValue],
    condition: Mapping[str, PlanValue] | None = None,
) -> PlanValue:
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Action": tuple(actions),
        "Resource": tuple(resources),
        **({"Condition": condition} if condition else {}),
    }


def document(statements: Sequence[PlanValue]) -> PlanValue:
    return {"Version": "2012-10-17", "Statement": tuple(statements)}
