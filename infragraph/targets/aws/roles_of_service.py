"""The two roles of a service: one starts its tasks, the other is what its code may do."""

from collections.abc import Sequence

from infragraph.model.plan import (
    Attribute,
    Joined,
    Parameter,
    Permission,
    PlannedResource,
    PlanValue,
)
from infragraph.targets.aws.permissions import service_permissions
from infragraph.targets.aws.roles import role, statement, task_conditions
from infragraph.targets.aws.shared import REGION, Setting, arn, key_arn, service_address
from infragraph.targets.aws.task import REPOSITORY
from infragraph.targets.aws.task_secrets import start_secrets

TASKS = "ecs-tasks.amazonaws.com"

_PULL = ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
_WRITE_LOG = ("logs:CreateLogStream", "logs:PutLogEvents")


def service_roles(setting: Setting, service: str) -> tuple[PlannedResource, ...]:
    origin = (f"service:{service}",)
    execution = execution_role(
        setting,
        service_address(service, "ExecutionRole"),
        log=service_address(service, "LogGroup"),
        layer=service,
        service=service,
    )
    code = role(
        setting,
        address=service_address(service, "TaskRole"),
        principal=TASKS,
        policy="application",
        statements=statements(service_permissions(setting, service)),
        layer=service,
        conditions=task_conditions(),
        service=service,
        origin=origin,
    )
    return execution, code


def execution_role(
    setting: Setting, address: str, *, log: str, layer: str, service: str | None = None
) -> PlannedResource:
    """What starts a task: it pulls the image, opens the log, and reads what tasks start with."""
    secrets = tuple(start_secrets(setting, service).values())
    reading: tuple[PlanValue, ...] = ()
    if secrets:
        via = Joined(parts=("secretsmanager.", REGION, ".amazonaws.com"))
        reading = (
            statement("StartSecrets", ("secretsmanager:GetSecretValue",), secrets),
            statement(
                "StartSecretsKey",
                ("kms:Decrypt",),
                (key_arn(setting),),
                {"StringEquals": {"kms:ViaService": via}},
            ),
        )
    return role(
        setting,
        address=address,
        principal=TASKS,
        policy="start",
        statements=(
            # AWS knows no resource for it.
            statement("PullToken", ("ecr:GetAuthorizationToken",), ("*",)),
            statement("Pull", _PULL, (arn("ecr", "repository/", Parameter(name=REPOSITORY)),)),
            statement("Log", _WRITE_LOG, (Attribute(address=log, name="Arn"),)),
            *reading,
        ),
        layer=layer,
        conditions=task_conditions(),
        service=service,
        origin=() if service is None else (f"service:{service}",),
    )


def statements(permissions: Sequence[Permission]) -> tuple[PlanValue, ...]:
    """One statement for all that is allowed alike, in the order of the permissions."""
    alike: list[tuple[Permission, list[PlanValue]]] = []
    for permission in permissions:
        for first, resources in alike:
            if _is_alike(first, permission):
                resources += [it for it in permission.resources if it not in resources]
                break
        else:
            alike.append((permission, list(permission.resources)))
    return tuple(
        statement(f"{first.ground.capitalize()}{number}", first.actions, resources, first.condition)
        for number, (first, resources) in enumerate(alike, start=1)
    )


def _is_alike(one: Permission, other: Permission) -> bool:
    return (one.ground, one.actions, one.condition) == (
        other.ground,
        other.actions,
        other.condition,
    )
