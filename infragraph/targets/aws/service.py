"""A service on ECS Fargate: its log, its roles, and each of its processes."""

from collections.abc import Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.graph import Node
from infragraph.model.plan import Parameter, PlannedParameter, PlannedResource, PlanValue
from infragraph.targets.aws.load_balancer_routes import exposed_services
from infragraph.targets.aws.load_balancer_targets import rule_addresses, target_group
from infragraph.targets.aws.logs import log_group
from infragraph.targets.aws.network_routes import ways_out
from infragraph.targets.aws.permissions import service_permissions
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.roles_of_service import service_roles, statements
from infragraph.targets.aws.roles_size import MOST_CHARACTERS, ROLE_TOO_LARGE, size
from infragraph.targets.aws.service_discovery import PORT, called_services, registry_arn
from infragraph.targets.aws.service_order import consumers_first
from infragraph.targets.aws.service_processes import Process, processes
from infragraph.targets.aws.service_tasks import service_tasks
from infragraph.targets.aws.shared import (
    Setting,
    cluster,
    private_subnets,
    service_address,
    service_security_group,
    tags,
)
from infragraph.targets.aws.shared import task_definition as definition
from infragraph.targets.aws.task import task_definition

_SECONDS_TO_START = 60


def plan_service(setting: Setting, node: Node) -> Planned:
    """All of a service that is made here."""
    own = [process for process in processes(setting) if process.service == node]
    log = log_group(
        setting,
        service_address(node.name, "LogGroup"),
        node.name,
        layer=node.name,
        service=node.name,
    )
    return Planned(
        resources=(
            log,
            *service_roles(setting, node.name),
            *(task_definition(setting, task) for task in service_tasks(setting, node, own)),
            *(_ecs_service(setting, process) for process in own),
        ),
        parameters=tuple(_tasks_parameter(process) for process in own),
        diagnostics=tuple(_findings(setting, node)),
    )


def tasks_parameter(process: Process) -> str:
    """The parameter that says how many tasks run: none before databases are there."""
    return process.address("Tasks")


def ecs_service_address(process: Process) -> str:
    return process.address("Service")


def _findings(setting: Setting, node: Node) -> Iterator[Diagnostic]:
    found = size(setting, statements(service_permissions(setting, node.name)))
    if found > MOST_CHARACTERS:
        yield ROLE_TOO_LARGE.at(node.span, service=node.name, size=found)


def _tasks_parameter(process: Process) -> PlannedParameter:
    return PlannedParameter(
        name=tasks_parameter(process),
        description=f"how many tasks of {process.name} run",
        pattern="^[0-9]{1,4}$",
        default=str(process.tasks),
    )


def _ecs_service(setting: Setting, process: Process) -> PlannedResource:
    name = process.service.name
    is_exposed = process.listens and name in exposed_services(setting)
    before = [*ways_out(setting)]
    if is_exposed:
        before += rule_addresses(setting, name)
    consumers = set(consumers_first(setting)[name])
    before += [
        ecs_service_address(it)
        for it in processes(setting)
        if it.service.name in consumers and it.drains
    ]
    return PlannedResource(
        address=ecs_service_address(process),
        type="AWS::ECS::Service",
        layer=name,
        origin=(process.service.id,),
        after=tuple(sorted(before)),
        properties={
            "Cluster": cluster(setting),
            "TaskDefinition": definition(name, process.role),
            "DesiredCount": Parameter(name=tasks_parameter(process)),
            "LaunchType": "FARGATE",
            "PlatformVersion": "LATEST",
            "NetworkConfiguration": {
                "AwsvpcConfiguration": {
                    "AssignPublicIp": "DISABLED",
                    "Subnets": private_subnets(setting),
                    "SecurityGroups": (service_security_group(name),),
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
            **(_behind_load_balancer(name) if is_exposed else {}),
            **_known(setting, process),
            "Tags": tags(setting, service=name),
        },
    )


def _behind_load_balancer(service: str) -> Mapping[str, PlanValue]:
    return {
        "LoadBalancers": (
            {
                "ContainerName": "app",
                "ContainerPort": PORT,
                "TargetGroupArn": target_group(service),
            },
        ),
        "HealthCheckGracePeriodSeconds": _SECONDS_TO_START,
    }


def _known(setting: Setting, process: Process) -> Mapping[str, PlanValue]:
    """By name to those that call it."""
    name = process.service.name
    if not process.listens or name not in called_services(setting):
        return {}
    return {"ServiceRegistries": ({"RegistryArn": registry_arn(name)},)}
