"""Task definitions: one container of the application's image, with no more than it needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from infragraph.model.plan import (
    Attribute,
    Joined,
    Parameter,
    PlannedParameter,
    PlannedResource,
    PlanValue,
)
from infragraph.targets.aws.service_discovery import PORT
from infragraph.targets.aws.shared import ACCOUNT, REGION, Setting, tags

SERVICE_DIGEST = "ImageDigest"
JOB_DIGEST = "JobImageDigest"
REPOSITORY = "ImageRepository"

_USER = "10001:10001"
_CPU, _MEMORY = "256", "512"
_SECONDS_TO_STOP = 120
"""All that Fargate gives for what is being handled:
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html,
2026-11-25."""

_HEALTH: Mapping[str, PlanValue] = {
    "Command": ("CMD", "infragraph", "healthcheck"),
    "Interval": 15,
    "Timeout": 5,
    "Retries": 3,
    "StartPeriod": 30,
}

_ARCHITECTURES = {"linux/arm64": "ARM64", "linux/amd64": "X86_64"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What one task definition runs: `command` are the arguments of `infragraph`.

    `name` is its part of the family and of the log's streams. `digest` is the parameter that holds
    the image's; `log` the address of the log group; `checked` tasks are asked for their health.
    """

    address: str
    name: str
    layer: str
    command: tuple[str, ...]
    variables: Mapping[str, PlanValue]
    secrets: Mapping[str, PlanValue]
    execution_role: str
    task_role: str
    log: str
    digest: str = SERVICE_DIGEST
    service: str | None = None
    listens: bool = False
    checked: bool = False
    origin: tuple[str, ...] = ()


def image_parameters(setting: Setting, *, has_jobs: bool) -> tuple[PlannedParameter, ...]:
    """Which image runs, by its content: what `deploy` sets.

    Jobs have a digest of their own, so that migrations run with the new image before services do.
    """
    digests = {SERVICE_DIGEST: "the image that services run"}
    if has_jobs:
        digests[JOB_DIGEST] = "the image that databases are created and migrated with"
    return (
        PlannedParameter(
            name=REPOSITORY,
            description="the ECR repository that holds the image, in this account and region",
            pattern="^[a-z0-9][a-z0-9._/-]{1,255}$",
            default=setting.application,
        ),
        *(
            PlannedParameter(
                name=name, description=f"the digest of {text}", pattern="^sha256:[0-9a-f]{64}$"
            )
            for name, text in digests.items()
        ),
    )


def configuration(setting: Setting) -> str:
    """The runtime configuration, as it lies in the image."""
    return f"infragraph.runtime.{setting.environment.name}.json"


def task_definition(setting: Setting, task: Task) -> PlannedResource:
    # No name holds `_`, so that the deploy role's permissions end where an application's do.
    family = f"{setting.application}_{setting.environment.name}_{task.name}"
    return PlannedResource(
        address=task.address,
        type="AWS::ECS::TaskDefinition",
        layer=task.layer,
        origin=task.origin,
        properties={
            "Family": family,
            "RequiresCompatibilities": ("FARGATE",),
            "NetworkMode": "awsvpc",
            "Cpu": _CPU,
            "Memory": _MEMORY,
            "RuntimePlatform": {
                "CpuArchitecture": _ARCHITECTURES[setting.environment.image_platform],
                "OperatingSystemFamily": "LINUX",
            },
            "ExecutionRoleArn": Attribute(address=task.execution_role, name="Arn"),
            "TaskRoleArn": Attribute(address=task.task_role, name="Arn"),
            # The one place that can be written to, and gone with the task.
            "Volumes": ({"Name": "tmp"},),
            "ContainerDefinitions": (_container(task),),
            "Tags": tags(setting, service=task.service),
        },
    )


def _container(task: Task) -> PlanValue:
    return {
        "Name": "app",
        "Image": _image(task.digest),
        "Essential": True,
        "EntryPoint": ("infragraph",),
        "Command": task.command,
        "User": _USER,
        "Privileged": False,
        "ReadonlyRootFilesystem": True,
        "StopTimeout": _SECONDS_TO_STOP,
        "LinuxParameters": {"InitProcessEnabled": True, "Capabilities": {"Drop": ("ALL",)}},
        "MountPoints": (
            {"SourceVolume": "tmp", "ContainerPath": "/tmp", "ReadOnly": False},  # noqa: S108 - inside the container
        ),
        "Environment": tuple(
            {"Name": name, "Value": task.variables[name]} for name in sorted(task.variables)
        ),
        **(
            {
                "Secrets": tuple(
                    {"Name": name, "ValueFrom": task.secrets[name]} for name in sorted(task.secrets)
                )
            }
            if task.secrets
            else {}
        ),
        **({"HealthCheck": _HEALTH} if task.checked else {}),
        **(
            {"PortMappings": ({"ContainerPort": PORT, "Protocol": "tcp", "Name": "http"},)}
            if task.listens
            else {}
        ),
        "LogConfiguration": {
            "LogDriver": "awslogs",
            "Options": {
                "awslogs-group": Attribute(address=task.log),
                "awslogs-region": REGION,
                "awslogs-stream-prefix": task.name,
                # A log that is not taken must not stop what is being handled.
                "mode": "non-blocking",
                "max-buffer-size": "25m",
            },
        },
    }


def _image(digest: str) -> PlanValue:
    registry = (ACCOUNT, ".dkr.ecr.", REGION, ".", Parameter(name="AWS::URLSuffix"), "/")
    return Joined(parts=(*registry, Parameter(name=REPOSITORY), "@", Parameter(name=digest)))
