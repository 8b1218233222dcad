"""Services as ECS runs them."""

from dataclasses import replace

import pytest

from infragraph.model.environment import Environment, Size
from infragraph.model.plan import (
    Attribute,
    Joined,
    Parameter,
    PlannedParameter,
    PlannedResource,
    PlanValue,
)
from infragraph.targets.aws.compute import plan_compute
from infragraph.targets.aws.service_order import consumers_first
from infragraph.targets.aws.service_processes import processes
from infragraph.targets.aws.shared import ACCOUNT, REGION
from tests.targets.aws.applications import SHOP, Drawn, application
from tests.targets.aws.settings import PRODUCTION, resource, setting

SMALL = replace(PRODUCTION, size=Size.SMALL)


def _tags(service: str) -> tuple[PlanValue, ...]:
    return (
        {"Key": "infragraph:app", "Value": "app"},
        {"Key": "infragraph:env", "Value": "prod"},
        {"Key": "infragraph:service", "Value": service},
    )


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (PRODUCTION, ["mails-worker", "users-api", "users-worker"]),
        (SMALL, ["mails-all", "users-all"]),
        (replace(PRODUCTION, size=Size.PREVIEW), ["mails-all", "users-all"]),
    ],
)
def test_api_and_worker_are_apart_in_production(
    environment: Environment, expected: list[str]
) -> None:
    """`users` has no subscription: its worker relays the outbox of its database."""
    assert [it.name for it in processes(setting(SHOP, environment))] == expected


def test_a_service_without_queues_or_databases_has_no_worker() -> None:
    files = application([Drawn(name="one", access=["public"]), Drawn(name="two", has_cron=True)])

    assert [it.name for it in processes(setting(files))] == ["one-api", "two-api", "two-worker"]


def test_a_bound_service_has_no_processes() -> None:
    environment = replace(PRODUCTION, bindings={"service:mails": "https://mails.example.com"})

    planned = plan_compute(setting(SHOP, environment))

    assert [it.address for it in planned.resources if it.address.startswith("Mails")] == []
    assert planned.addresses["service:mails"] == {
        "url": "https://mails.example.com",
        "audience": "service:mails",
    }


def test_a_task_runs_the_image_with_no_more_than_it_needs() -> None:
    task = resource(plan_compute(setting(SHOP)), "MailsServiceWorkerTask")

    registry = (ACCOUNT, ".dkr.ecr.", REGION, ".", Parameter(name="AWS::URLSuffix"), "/")
    image = (Parameter(name="ImageRepository"), "@", Parameter(name="ImageDigest"))
    assert task == PlannedResource(
        address="MailsServiceWorkerTask",
        type="AWS::ECS::TaskDefinition",
        layer="mails",
        origin=("service:mails",),
        properties={
            "Family": "app_prod_mails-worker",
            "RequiresCompatibilities": ("FARGATE",),
            "NetworkMode": "awsvpc",
            "Cpu": "256",
            "Memory": "512",
            "RuntimePlatform": {"CpuArchitecture": "ARM64", "OperatingSystemFamily": "LINUX"},
            "ExecutionRoleArn": Attribute(address="MailsServiceExecutionRole", name="Arn"),
            "TaskRoleArn": Attribute(address="MailsServiceTaskRole", name="Arn"),
            "Volumes": ({"Name": "tmp"},),
            "ContainerDefinitions": (
                {
                    "Name": "app",
                    "Image": Joined(parts=(*registry, *image)),
                    "Essential": True,
                    "EntryPoint": ("infragraph",),
                    "Command": (
                        "serve",
                        "--service",
                        "mails",
                        "--role",
                        "worker",
                        "--config",
                        "infragraph.runtime.prod.json",
                    ),
                    "User": "10001:10001",
                    "Privileged": False,
                    "ReadonlyRootFilesystem": True,
                    "StopTimeout": 120,
                    "LinuxParameters": {
                        "InitProcessEnabled": True,
                        "Capabilities": {"Drop": ("ALL",)},
                    },
                    "MountPoints": (
                        {
                            "SourceVolume": "tmp",
                            "ContainerPath": "/tmp",  # noqa: S108 - inside the container
                            "ReadOnly": False,
                        },
                    ),
                    "Environment": (
                        {"Name": "AWS_REGION", "Value": REGION},
                        {
                            "Name": "INFRAGRAPH_CRON_TIDY_QUEUE_URL",
                            "Value": Attribute(address="MailsServiceCrons"),
                        },
                        {
                            "Name": "INFRAGRAPH_SUBSCRIPTION_SIGNUPS__WELCOME_DEAD_LETTER_URL",
                            "Value": Attribute(address="SignupsWelcomeDeadLetters"),
                        },
                        {
                            "Name": "INFRAGRAPH_SUBSCRIPTION_SIGNUPS__WELCOME_QUEUE_URL",
                            "Value": Attribute(address="SignupsWelcomeQueue"),
                        },
                        {"Name": "PORT", "Value": "8080"},
                    ),
                    "Secrets": (
                        {
                            "Name": "INFRAGRAPH_SIGNING_KEY",
                            "ValueFrom": Attribute(address="SigningKey"),
                        },
                    ),
                    "HealthCheck": {
                        "Command": ("CMD", "infragraph", "healthcheck"),
                        "Interval": 15,
                        "Timeout": 5,
                        "Retries": 3,
                        "StartPeriod": 30,
                    },
                    "LogConfiguration": {
                        "LogDriver": "awslogs",
                        "Options": {
                            "awslogs-group": Attribute(address="MailsServiceLogGroup"),
                            "awslogs-region": REGION,
                            "awslogs-stream-prefix": "mails-worker",
                            "mode": "non-blocking",
                            "max-buffer-size": "25m",
                        },
                    },
                },
            ),
            "Tags": _tags("mails"),
        },
    )


def test_a_service_is_replaced_task_by_task_and_rolled_back_if_they_fail() -> None:
    planned = plan_compute(setting(SHOP))

    service = resource(planned, "UsersServiceApiService")
    rules = [it for it in service.after if it.startswith("UsersServiceRule")]
    assert service == PlannedResource(
        address="UsersServiceApiService",
        type="AWS::ECS::Service",
        layer="users",
        origin=("service:users",),
        after=("MailsServiceWorkerService", "PrivateRouteA", "PrivateRouteB", *rules),
        properties={
            "Cluster": Attribute(address="Cluster"),
            "TaskDefinition": Attribute(address="UsersServiceApiTask"),
            "DesiredCount": Parameter(name="UsersServiceApiTasks"),
            "LaunchType": "FARGATE",
            "PlatformVersion": "LATEST",
            "NetworkConfiguration": {
                "AwsvpcConfiguration": {
                    "AssignPublicIp": "DISABLED",
                    "Subnets": (
                        Attribute(address="PrivateSubnetA"),
                        Attribute(address="PrivateSubnetB"),
                    ),
                    "SecurityGroups": (
                        Attribute(address="UsersServiceSecurityGroup", name="GroupId"),
                    ),
                }
            },
            "DeploymentConfiguration": {
                "MinimumHealthyPercent": 100,
                "MaximumPercent": 200,
                "DeploymentCircuitBreaker": {"Enable": True, "Rollback": True},
            },
            "AvailabilityZoneRebalancing": "ENABLED",
            "EnableECSManagedTags": True,
            "PropagateTags": "SERVICE",
            "EnableExecuteCommand": False,
            "LoadBalancers": (
                {
                    "ContainerName": "app",
                    "ContainerPort": 8080,
                    "TargetGroupArn": Attribute(address="UsersServiceTargetGroup"),
                },
            ),
            "HealthCheckGracePeriodSeconds": 60,
            "ServiceRegistries": (
                {"RegistryArn": Attribute(address="UsersServiceDiscovery", name="Arn")},
            ),
            "Tags": _tags("users"),
        },
    )
    assert len(rules) == 1


def test_how_many_tasks_run_is_said_when_the_stack_is_deployed() -> None:
    planned = plan_compute(setting(SHOP))

    counts = [it for it in planned.parameters if it.name.endswith("Tasks")]
    assert counts == [
        PlannedParameter(
            name=f"{name}Tasks",
            description=f"how many tasks of {text} run",
            pattern="^[0-9]{1,4}$",
            default=default,
        )
        for name, text, default in (
            ("MailsServiceWorker", "mails-worker", "1"),
            ("UsersServiceApi", "users-api", "2"),
            ("UsersServiceWorker", "users-worker", "1"),
        )
    ] + [
        PlannedParameter(
            name=f"{role}MinimumTasks",
            description=f"how many tasks of each {role.lower()} run at least",
            pattern="^[0-9]{1,2}$",
            default=default,
        )
        for role, default in (("Api", "2"), ("Worker", "1"))
    ]


def test_an_isolated_cron_is_a_task_of_its_own_with_the_services_roles() -> None:
    environment = replace(PRODUCTION, isolated_crons=frozenset({"tidy"}))

    task = resource(plan_compute(setting(SHOP, environment)), "MailsServiceCronTidyTask")

    container = task.properties["ContainerDefinitions"]
    assert isinstance(container, tuple)
    assert isinstance(container[0], dict)
    assert container[0]["Command"] == (
        "cron",
        "tidy",
        "--config",
        "infragraph.runtime.prod.json",
    )
    assert "HealthCheck" not in container[0]
    assert task.properties["TaskRoleArn"] == Attribute(address="MailsServiceTaskRole", name="Arn")


def test_consumers_are_replaced_before_publishers_unless_they_publish_back() -> None:
    files = application(
        [
            Drawn(name="one", access=["public"], publishes=["a"]),
            Drawn(name="two", subscribes=["a"], publishes=["b"]),
            Drawn(name="three", subscribes=["b"], publishes=["c"]),
            Drawn(name="four", subscribes=["c"], publishes=["b"]),
        ]
    )

    assert consumers_first(setting(files)) == {
        "four": (),
        "one": ("two",),
        "three": (),
        "two": ("three",),
    }
