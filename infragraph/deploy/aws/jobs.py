"""One-off tasks of ECS: databases and their roles are made and migrated before services run."""

from collections.abc import Callable, Mapping
from typing import Any

from infragraph.deploy.aws.clients import Clients
from infragraph.deploy.errors import refuse
from infragraph.deploy.pace import Pace

_POLL = 5.0
_LONGEST = 3600.0
_LINES = 20


def run_jobs(
    clients: Clients, outputs: Mapping[str, str], pace: Pace, tell: Callable[[str], None]
) -> None:
    """Both in their order; nothing where the application has no database."""
    for output, what in (
        ("DatabaseBootstrapTask", "databases and their roles"),
        ("DatabaseMigrateTask", "migrations"),
    ):
        if output in outputs:
            tell(f"{what} …")
            _run(clients, outputs, outputs[output], what, pace)
            tell(f"{what}: done")


def _run(
    clients: Clients, outputs: Mapping[str, str], definition: str, what: str, pace: Pace
) -> None:
    cluster = outputs["ClusterName"]
    started = clients.ecs.run_task(
        cluster=cluster,
        taskDefinition=definition,
        launchType="FARGATE",
        startedBy="infragraph-deploy",
        networkConfiguration={
            "awsvpcConfiguration": {
                "assignPublicIp": "DISABLED",
                "subnets": outputs["DatabaseJobsSubnets"].split(","),
                "securityGroups": [outputs["DatabaseJobsSecurityGroup"]],
            }
        },
    )
    for failure in started.get("failures", ()):
        refuse(f"ECS does not start the task for {what}: {failure.get('reason')}")
    arn = started["tasks"][0]["taskArn"]
    attempts = pace.times(_POLL, _LONGEST, f"the task for {what}")
    while True:
        task = clients.ecs.describe_tasks(cluster=cluster, tasks=[arn])["tasks"][0]
        if task["lastStatus"] == "STOPPED":
            break
        attempts.next()
    code = task["containers"][0].get("exitCode")
    if code != 0:
        refuse(
            f"the task for {what} failed"
            + (f" with exit code {code}" if code is not None else ", and never ran")
            + f": {task.get('stoppedReason', '')}",
            *_log(clients, definition, arn),
            "no service was touched: mend it, and deploy again",
        )


def _log(clients: Clients, definition: str, task: str) -> list[str]:
    """Its last lines, which say more than ECS does."""
    described = clients.ecs.describe_task_definition(taskDefinition=definition)
    container: Mapping[str, Any] = described["taskDefinition"]["containerDefinitions"][0]
    options: Mapping[str, str] = container["logConfiguration"]["options"]
    stream = f"{options['awslogs-stream-prefix']}/{container['name']}/{task.rpartition('/')[2]}"
    group = options["awslogs-group"]
    found = clients.logs.filter_log_events(
        logGroupName=group, logStreamNames=[stream], limit=1000
    ).get("events", [])
    lines = [f"log: {one['message'].rstrip()}" for one in found[-_LINES:]]
    return lines or [f"its log would be in {group}, stream {stream}, and is empty"]
