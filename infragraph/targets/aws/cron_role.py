"""What a schedule may do: hand a firing over to its one queue, or start its one task."""

from collections.abc import Iterator

from infragraph.model.graph import Node
from infragraph.model.plan import Attribute, Joined, PlannedResource, PlanValue
from infragraph.targets.aws.cron_queue import schedule_group_arn
from infragraph.targets.aws.references import cron_queue_address, cron_queue_arn, is_isolated
from infragraph.targets.aws.roles import role, statement
from infragraph.targets.aws.shared import (
    REGION,
    Setting,
    cluster_arn,
    execution_role_arn,
    key_arn,
    task_definition,
    task_role_arn,
)


def schedule_role(setting: Setting, cron: Node, address: str) -> PlannedResource:
    """A role for each cron, that only schedules of the environment's own group assume."""
    isolated = is_isolated(setting, cron)
    statements = _starts(setting, cron) if isolated else _sends(setting, cron)
    return role(
        setting,
        address=address,
        principal="scheduler.amazonaws.com",
        policy="fire",
        statements=(*statements, _key(setting)),
        layer=str(cron.service),
        conditions={"ArnEquals": {"aws:SourceArn": schedule_group_arn()}},
        service=cron.service,
        origin=(cron.id,),
    )


def _sends(setting: Setting, cron: Node) -> Iterator[PlanValue]:
    queues = (cron_queue_arn(setting, cron), _dead_letters(cron))
    yield statement("Send", ("sqs:SendMessage",), queues)


def _starts(setting: Setting, cron: Node) -> Iterator[PlanValue]:
    service = str(cron.service)
    yield statement(
        "Start",
        ("ecs:RunTask",),
        (task_definition(service, f"cron-{cron.name}"),),
        {"ArnEquals": {"ecs:cluster": cluster_arn(setting)}},
    )
    yield statement(
        "Pass",
        ("iam:PassRole",),
        (execution_role_arn(service), task_role_arn(service)),
        {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}},
    )
    yield statement("DeadLetters", ("sqs:SendMessage",), (_dead_letters(cron),))


def _key(setting: Setting) -> PlanValue:
    via = Joined(parts=("sqs.", REGION, ".amazonaws.com"))
    return statement(
        "Key",
        ("kms:Decrypt", "kms:GenerateDataKey"),
        (key_arn(setting),),
        {"StringEquals": {"kms:ViaService": via}},
    )


def _dead_letters(cron: Node) -> PlanValue:
    return Attribute(address=cron_queue_address(str(cron.service), "DeadLetters"), name="Arn")
