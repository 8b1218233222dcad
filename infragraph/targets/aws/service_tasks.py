"""The task definitions of a service: one for each process, and for each cron that is isolated."""

from collections.abc import Iterator, Sequence

from infragraph.model.graph import Node
from infragraph.targets.aws.references import is_isolated
from infragraph.targets.aws.service_processes import Process
from infragraph.targets.aws.shared import Setting, service_address, task_definition
from infragraph.targets.aws.task import Task, configuration
from infragraph.targets.aws.task_environment import environment_of
from infragraph.targets.aws.task_secrets import start_secrets


def service_tasks(setting: Setting, node: Node, own: Sequence[Process]) -> Iterator[Task]:
    options = ("--config", configuration(setting))
    for process in own:
        yield _task(
            setting,
            node,
            role=process.role,
            command=("serve", "--service", node.name, "--role", process.role, *options),
            listens=process.listens,
            checked=True,
        )
    for cron in setting.graph.nodes:
        if cron.kind == "cron" and cron.service == node.name and is_isolated(setting, cron):
            yield _task(
                setting,
                node,
                role=f"cron-{cron.name}",
                command=("cron", cron.name, *options),
                origin=cron.id,
            )


def _task(  # noqa: PLR0913 - what tells the tasks of a service apart
    setting: Setting,
    node: Node,
    *,
    role: str,
    command: tuple[str, ...],
    listens: bool = False,
    checked: bool = False,
    origin: str | None = None,
) -> Task:
    return Task(
        address=task_definition(node.name, role).address,
        name=f"{node.name}-{role}",
        layer=node.name,
        command=command,
        variables=environment_of(setting, node.name),
        secrets=start_secrets(setting, node.name),
        execution_role=service_address(node.name, "ExecutionRole"),
        task_role=service_address(node.name, "TaskRole"),
        log=service_address(node.name, "LogGroup"),
        service=node.name,
        listens=listens,
        checked=checked,
        origin=(node.id,) if origin is None else (node.id, origin),
    )
