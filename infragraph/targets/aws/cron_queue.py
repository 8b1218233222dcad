"""The queue that all crons of a service come through, with the retries that messages have."""

from infragraph.model.graph import Node
from infragraph.model.plan import Attribute, PlannedResource
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.queues import Queue, plan_dead_letters, plan_queue
from infragraph.targets.aws.references import cron_queue_address, is_isolated
from infragraph.targets.aws.shared import Setting, tags

SCHEDULE_GROUP = "ScheduleGroup"

_VISIBILITY = 300
"""While a job runs, its worker renews the claim; this is how soon one that died is taken over."""

_RETENTION = 86_400
_ATTEMPTS = 5
_OLDEST = 900


def plan_cron_queue(setting: Setting, service: Node) -> Planned:
    """Of a service whose crons all run as tasks of their own, the dead letters alone."""
    crons = made_crons(setting, service.name)
    if not crons:
        return Planned()
    queue = Queue(
        address=cron_queue_address(service.name),
        dead_letters=cron_queue_address(service.name, "DeadLetters"),
        service=service.name,
        resource=service.id,
        origin=tuple(cron.id for cron in crons),
        visibility=_VISIBILITY,
        retention=_RETENTION,
        attempts=_ATTEMPTS,
        source=None,
        oldest=_OLDEST,
    )
    all_isolated = all(is_isolated(setting, cron) for cron in crons)
    plan = plan_dead_letters if all_isolated else plan_queue
    return Planned(resources=tuple(plan(setting, queue)))


def plan_schedule_group(setting: Setting) -> Planned:
    """What all schedules of an environment are in, and their roles trust alone."""
    if not any(made_crons(setting, it.name) for it in setting.graph.nodes if it.kind == "service"):
        return Planned()
    group = PlannedResource(
        address=SCHEDULE_GROUP,
        type="AWS::Scheduler::ScheduleGroup",
        layer="data",
        properties={"Tags": tags(setting)},
    )
    return Planned(resources=(group,))


def schedule_group_arn() -> Attribute:
    return Attribute(address=SCHEDULE_GROUP, name="Arn")


def made_crons(setting: Setting, service: str) -> tuple[Node, ...]:
    return tuple(
        node
        for node in setting.graph.nodes
        if node.kind == "cron"
        and node.service == service
        and setting.environment.is_created(node.id)
    )
