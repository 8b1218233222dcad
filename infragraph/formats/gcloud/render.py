"""The script of a plan: its resources as commands, in the order in which they can come to be.

resource ──command of its kind──▶ steps ──by stage──▶ functions of a script
"""

import re
from collections.abc import Callable, Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.formats.gcloud import accounts, alerts, data, network, pubsub, run, schedules, sql
from infragraph.formats.gcloud.bindings import STAGES as BINDING_STAGES
from infragraph.formats.gcloud.bindings import binding
from infragraph.formats.gcloud.fields import Fields, Unsaid
from infragraph.formats.gcloud.leftovers import leftovers
from infragraph.formats.gcloud.problems import NO_FLAG
from infragraph.formats.gcloud.script import BODY, FOOTER, HEADER
from infragraph.formats.gcloud.shell import leftover_stage, stage, stages
from infragraph.formats.gcloud.steps import STAGES, Action, Step, texts
from infragraph.formats.gcloud.things import Thing, thing
from infragraph.model.artifact import Artifact
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Plan, PlannedResource
from infragraph.model.source import SourceSpan

SCRIPT = "apply.sh"

_UNSAYABLE = re.compile("[\x00\ud800-\udfff]")
"""What no word of a program holds, and no file in UTF-8."""

_COMMANDS: Mapping[str, tuple[str, Callable[[Thing], Iterator[Action]]]] = {
    "Service": ("apis", accounts.api),
    "IAMServiceAccount": ("accounts", accounts.account),
    "IAMCustomRole": ("accounts", accounts.role),
    "ComputeNetwork": ("network", network.network),
    "ComputeSubnetwork": ("network", network.subnetwork),
    "ComputeAddress": ("network", network.address),
    "ServiceNetworkingConnection": ("network", network.peering),
    "ArtifactRegistryRepository": ("data", data.repository),
    "StorageBucket": ("data", data.bucket),
    "SecretManagerSecret": ("data", data.secret),
    "SQLInstance": ("data", sql.instance),
    "SQLDatabase": ("data", sql.database),
    "SQLUser": ("data", sql.user),
    "PubSubTopic": ("topics", pubsub.topic),
    "RunJob": ("jobs", run.run_job),
    "RunService": ("run", run.run_service),
    "RunWorkerPool": ("run", run.run_worker_pool),
    "PubSubSubscription": ("subscriptions", pubsub.subscription),
    "CloudSchedulerJob": ("schedules", schedules.schedule),
    "MonitoringNotificationChannel": ("alerts", alerts.channel),
    "MonitoringAlertPolicy": ("alerts", alerts.policy),
    # In whichever stage, what rights are given on comes first.
    "IAMPolicyMember": ("access", binding),
}
"""By kind the stage and what it takes; within a stage the order of kinds is that of this table."""


def render(plan: Plan, graph: InfraGraph, environment: Environment) -> tuple[Artifact, ...]:
    """One script, of a plan in which `unsaid` finds nothing."""
    del graph
    by_address = _by_address(plan)
    steps = [_step(by_address, resource) for resource in _in_order(plan)]
    things = [thing(resource, by_address) for resource in plan.resources]
    parts = [
        HEADER.format(
            application=plan.application,
            environment=plan.environment,
            stages=", ".join(stages().split()),
            image=next(it.description for it in plan.parameters),
        ),
        f"all_stages='{stages()}'\n",
        BODY,
        "\n".join(stage(name, [step for step in steps if step.stage == name]) for name in STAGES),
        "\n",
        leftover_stage(tuple(leftovers(things, environment.region))),
        FOOTER,
    ]
    return (Artifact(path=SCRIPT, content="".join(parts), is_executable=True),)


def unsaid(plan: Plan, graph: InfraGraph) -> tuple[Diagnostic, ...]:
    """Properties that the script has no flag for, at the declarations that they are of."""
    spans = {node.id: node.span for node in graph.nodes}
    by_address = _by_address(plan)
    found: list[Diagnostic] = []
    for resource in plan.resources:
        try:
            _step(by_address, resource)
        except Unsaid as fault:
            span = next((spans[it] for it in resource.origin if it in spans), _NOWHERE)
            found.append(NO_FLAG.at(span, path=fault.path, address=resource.address))
    return tuple(found)


_NOWHERE = SourceSpan(path="infragraph.yaml", line=1, column=1, end_line=1, end_column=1)


def _in_order(plan: Plan) -> list[PlannedResource]:
    """By kind, and what is to be there before another one of a stage before it."""
    order = {kind: at for at, kind in enumerate(_COMMANDS)}
    waiting = sorted(plan.resources, key=lambda it: (order[_kind(it)], it.address))
    stages_ = {it.address: _COMMANDS[_kind(it)][0] for it in waiting}
    by_address = _by_address(plan)
    placed: dict[str, PlannedResource] = {}

    def place(resource: PlannedResource, above: frozenset[str]) -> None:
        for address in sorted(resource.after):
            first = by_address.get(address)
            is_here = stages_.get(address) == stages_[resource.address]
            if first is not None and is_here and address not in above:
                place(first, above | {address})
        placed.setdefault(resource.address, resource)

    for resource in waiting:
        place(resource, frozenset({resource.address}))
    return list(placed.values())


def _step(by_address: Mapping[str, PlannedResource], resource: PlannedResource) -> Step:
    it = thing(resource, by_address)
    stage_, command = _COMMANDS[it.kind]
    actions = tuple(command(it))
    if any(_UNSAYABLE.search(text) for action in actions for text in texts(action)):
        raise Unsaid(path="a text")
    if it.kind == "IAMPolicyMember":
        stage_ = BINDING_STAGES.get(_on(resource), stage_)
    about = ", ".join(resource.origin) or resource.address
    return Step(stage=stage_, about=about, actions=actions)


def _on(resource: PlannedResource) -> str:
    body = Fields(resource.properties, "")
    return body.fields("spec").fields("resourceRef").needed("kind")


def _by_address(plan: Plan) -> Mapping[str, PlannedResource]:
    return {resource.address: resource for resource in plan.resources}


def _kind(resource: PlannedResource) -> str:
    return resource.type.rpartition("/")[2]
