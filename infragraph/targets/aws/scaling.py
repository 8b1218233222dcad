"""How many tasks run, between two bounds: an api by its CPU, a worker by its backlog."""

from collections.abc import Iterator, Mapping, Sequence

from infragraph.model.environment import Size
from infragraph.model.plan import (
    Attribute,
    Joined,
    Parameter,
    PlannedParameter,
    PlannedResource,
    PlanValue,
)
from infragraph.targets.aws.planned import NOTHING, Planned
from infragraph.targets.aws.references import queues_of
from infragraph.targets.aws.service import ecs_service_address
from infragraph.targets.aws.service_processes import Process, processes
from infragraph.targets.aws.shared import STACK, Setting, cluster, tags

MOST_QUEUES = 9
"""An alarm on metric math reads ten metrics, the running tasks among them:
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html, 2026-11-25."""

_CPU_PERCENT = 60
_WAITING_PER_TASK = 100
_MOST_TASKS = 20
_SLOWLY, _AT_ONCE = 300, 60


def plan_scaling(setting: Setting) -> Planned:
    """Bounds and policies in production; other environments run the tasks that they are told."""
    if setting.environment.size is not Size.PRODUCTION:
        return NOTHING
    scaled = [
        it for it in processes(setting) if it.role == "api" or queues_of(setting, it.service.name)
    ]
    return Planned(
        resources=tuple(it for process in scaled for it in _of(setting, process)),
        parameters=tuple(
            PlannedParameter(
                name=_minimum(role),
                description=f"how many tasks of each {role} run at least",
                pattern="^[0-9]{1,2}$",
                default=str(max(it.tasks for it in scaled if it.role == role)),
            )
            for role in sorted({process.role for process in scaled})
        ),
    )


def _of(setting: Setting, process: Process) -> Iterator[PlannedResource]:
    bounds = f"{process.address('Scaling')}"
    service = ecs_service_address(process)
    yield PlannedResource(
        address=bounds,
        type="AWS::ApplicationAutoScaling::ScalableTarget",
        layer=process.service.name,
        origin=(process.service.id,),
        properties={
            "ServiceNamespace": "ecs",
            "ScalableDimension": "ecs:service:DesiredCount",
            "ResourceId": Joined(
                parts=(
                    "service/",
                    _text(cluster(setting)),
                    "/",
                    Attribute(address=service, name="Name"),
                )
            ),
            "MinCapacity": Parameter(name=_minimum(process.role)),
            "MaxCapacity": _MOST_TASKS,
            "Tags": tags(setting, service=process.service.name),
        },
    )
    if process.role == "api":
        cpu: Mapping[str, PlanValue] = {
            "TargetValue": _CPU_PERCENT,
            "PredefinedMetricSpecification": {
                "PredefinedMetricType": "ECSServiceAverageCPUUtilization"
            },
        }
        yield _policy(process, "Cpu", cpu)
        return
    queues = queues_of(setting, process.service.name)
    for number, at in enumerate(range(0, len(queues), MOST_QUEUES), start=1):
        few = queues[at : at + MOST_QUEUES]
        backlog: Mapping[str, PlanValue] = {
            "TargetValue": _WAITING_PER_TASK,
            "CustomizedMetricSpecification": {"Metrics": tuple(_backlog(setting, service, few))},
        }
        # Any of several policies adds tasks; all of them must agree before one is taken away.
        yield _policy(process, "Backlog" if number == 1 else f"Backlog{number}", backlog)


def _policy(process: Process, name: str, target: Mapping[str, PlanValue]) -> PlannedResource:
    address = process.address(f"Scaling{name}")
    return PlannedResource(
        address=address,
        type="AWS::ApplicationAutoScaling::ScalingPolicy",
        layer=process.service.name,
        origin=(process.service.id,),
        properties={
            "PolicyName": Joined(parts=(STACK, f"-{address}")),
            "PolicyType": "TargetTrackingScaling",
            "ScalingTargetId": Attribute(address=process.address("Scaling")),
            "TargetTrackingScalingPolicyConfiguration": {
                **target,
                "ScaleInCooldown": _SLOWLY,
                "ScaleOutCooldown": _AT_ONCE,
            },
        },
    )


def _backlog(setting: Setting, service: str, queues: Sequence[PlanValue]) -> Iterator[PlanValue]:
    """Visible messages by running tasks; with none running, all that are visible."""
    for number, queue in enumerate(queues):
        yield _metric(
            f"q{number}",
            "AWS/SQS",
            "ApproximateNumberOfMessagesVisible",
            {"QueueName": queue},
            "Sum",
        )
    yield _metric(
        "running",
        "ECS/ContainerInsights",
        "RunningTaskCount",
        {"ClusterName": cluster(setting), "ServiceName": Attribute(address=service, name="Name")},
        "Average",
    )
    visible = "+".join(f"FILL(q{number},0)" for number in range(len(queues)))
    yield {
        "Id": "backlog",
        "Label": "messages for each running task",
        "Expression": f"IF(FILL(running,0)>0,({visible})/FILL(running,1),{visible})",
        "ReturnData": True,
    }


def _metric(
    name: str, namespace: str, metric: str, dimensions: Mapping[str, PlanValue], statistic: str
) -> PlanValue:
    return {
        "Id": name,
        "MetricStat": {
            "Metric": {
                "Namespace": namespace,
                "MetricName": metric,
                "Dimensions": tuple({"Name": it, "Value": dimensions[it]} for it in dimensions),
            },
            "Stat": statistic,
        },
        "ReturnData": False,
    }


def _minimum(role: str) -> str:
    return f"{role.capitalize()}MinimumTasks"


def _text(value: PlanValue) -> str | Attribute | Parameter:
    assert isinstance(value, str | Attribute | Parameter)
    return value
