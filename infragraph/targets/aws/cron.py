"""A cron: EventBridge schedules that send to the service's queue, or start a task of their own."""

import json
from collections.abc import Mapping

from infragraph.model.graph import Node
from infragraph.model.plan import Attribute, PlannedResource, PlanValue
from infragraph.portability.schedules import eventbridge
from infragraph.targets.aws.cron_queue import schedule_group_arn
from infragraph.targets.aws.cron_role import schedule_role
from infragraph.targets.aws.names import logical_id
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.references import cron_queue_address, cron_queue_arn, is_isolated
from infragraph.targets.aws.shared import (
    Setting,
    cluster_arn,
    key_arn,
    private_subnets,
    service_security_group,
    task_definition,
)

_LONGEST_DELAY = 3600
"""For how long EventBridge tries to hand over one firing, in seconds."""


def plan_cron(setting: Setting, cron: Node) -> Planned:
    """Schedules, one for each expression that it takes; nothing of one that is bound."""
    if not setting.environment.is_created(cron.id):
        return Planned()
    role = schedule_role(setting, cron, logical_id(cron.name, "schedule-role"))
    schedules = tuple(
        _schedule(setting, cron, expression, Attribute(address=role.address, name="Arn"), at)
        for at, expression in enumerate(eventbridge(cron.properties), start=1)
    )
    return Planned(resources=(role, *schedules))


def _schedule(
    setting: Setting, cron: Node, expression: str, role: Attribute, at: int
) -> PlannedResource:
    service = str(cron.service)
    return PlannedResource(
        address=logical_id(cron.name, "schedule", "" if at == 1 else str(at)),
        type="AWS::Scheduler::Schedule",
        layer=service,
        origin=(cron.id,),
        properties={
            "GroupName": Attribute(address=schedule_group_arn().address),
            "Description": f"{cron.id} of {service}",
            "ScheduleExpression": expression,
            "ScheduleExpressionTimezone": _timezone(cron),
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "State": "ENABLED",
            "KmsKeyArn": key_arn(setting),
            "Target": {
                **(_task(setting, cron) if is_isolated(setting, cron) else _queue(setting, cron)),
                "RoleArn": role,
                "RetryPolicy": {
                    "MaximumRetryAttempts": 10,
                    "MaximumEventAgeInSeconds": _LONGEST_DELAY,
                },
                "DeadLetterConfig": {
                    "Arn": Attribute(address=cron_queue_address(service, "DeadLetters"), name="Arn")
                },
            },
        },
    )


def _timezone(cron: Node) -> PlanValue:
    """Periods are counted from midnight UTC."""
    given = cron.properties["timezone"]
    return "UTC" if cron.properties["every"] is not None else str(given)


def _queue(setting: Setting, cron: Node) -> Mapping[str, PlanValue]:
    """What EventBridge fills in when it fires tells one firing from another."""
    body = {
        "cron": cron.name,
        "execution_id": "<aws.scheduler.execution-id>",
        "scheduled_time": "<aws.scheduler.scheduled-time>",
    }
    return {"Arn": cron_queue_arn(setting, cron), "Input": json.dumps(body)}


def _task(setting: Setting, cron: Node) -> Mapping[str, PlanValue]:
    network = {
        "AssignPublicIp": "DISABLED",
        "Subnets": private_subnets(setting),
        "SecurityGroups": (service_security_group(str(cron.service)),),
    }
    return {
        "Arn": cluster_arn(setting),
        "EcsParameters": {
            "TaskDefinitionArn": task_definition(str(cron.service), f"cron-{cron.name}"),
            "LaunchType": "FARGATE",
            "TaskCount": 1,
            "NetworkConfiguration": {"AwsvpcConfiguration": network},
        },
    }
