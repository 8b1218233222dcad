"""What is deployed, and where to: the stacks of an environment, wanted and there."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from infragraph.deploy.aws.change_sets import granting
from infragraph.deploy.aws.clients import Clients
from infragraph.deploy.aws.events import Watched
from infragraph.deploy.aws.images import Image
from infragraph.deploy.aws.lacking import without
from infragraph.deploy.aws.parameters import Given
from infragraph.deploy.aws.stacks import Stack, find
from infragraph.deploy.aws.storage import Storage
from infragraph.deploy.aws.templates import Template, resources
from infragraph.deploy.changes import Action, Change, ordered
from infragraph.deploy.pace import Pace
from infragraph.formats.cloudformation.render import STACKS
from infragraph.model.artifact import Artifact
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph
from infragraph.targets.aws.service import ecs_service_address
from infragraph.targets.aws.service_processes import processes
from infragraph.targets.aws.shared import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One stack: its template as generated, and what is there under its name."""

    name: str
    template: Template
    stack: Stack | None

    @property
    def before(self) -> Stack | None:
        """The stack, where something was deployed to it."""
        return self.stack if self.stack is not None and self.stack.is_made else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`parts` are in the order that their stacks are made in; `allowed` may be replaced."""

    clients: Clients
    storage: Storage
    graph: InfraGraph
    environment: Environment
    parts: tuple[Part, ...]
    image: Image
    by_hand: Mapping[str, str]
    counts: Mapping[str, int]
    allowed: Collection[str]
    pace: Pace
    tell: Callable[[str], None]

    @property
    def watched(self) -> Watched:
        return Watched(pace=self.pace, tell=self.tell)

    def given(self, part: Part) -> Given:
        return Given(
            image=self.image,
            before={} if part.before is None else part.before.parameters,
            consumers=consumers(self.graph, self.environment),
            by_hand=self.by_hand,
            counts=self.counts,
        )


def parts(
    clients: Clients,
    artifacts: Iterable[Artifact],
    left_out: frozenset[str],
    tell: Callable[[str], None],
) -> tuple[Part, ...]:
    """The stacks that the artifacts are of; what is left out of them by its type is told."""
    texts = {artifact.path: artifact.content for artifact in artifacts}
    found: list[Part] = []
    for one in json.loads(texts[STACKS])["stacks"]:
        template: Template = json.loads(texts[one["template"]])
        if left_out:
            template, left = without(template, left_out)
            for name, why in left.items():
                tell(f"left out: {name}, {why}")
        found.append(Part(name=one["name"], template=template, stack=find(clients, one["name"])))
    return tuple(found)


def consumers(graph: InfraGraph, environment: Environment) -> frozenset[str]:
    """The ECS services that drain queues or an outbox."""
    setting = Setting(graph=graph, environment=environment)
    return frozenset(ecs_service_address(it) for it in processes(setting) if it.drains)


def additions(template: Template) -> tuple[Change, ...]:
    """The plan of a stack that is not there yet."""
    return ordered(
        Change(action=Action.ADD, id=name, type=one["Type"], grants=granting(one["Type"]))
        for name, one in resources(template).items()
    )


def compared(before: Template, after: Template) -> tuple[Change, ...]:
    """Two templates, where CloudFormation cannot tell yet what the second one makes of the first.

    Whether a change replaces a thing is told once it can.
    """
    old, new = resources(before), resources(after)
    removed = [
        Change(
            action=Action.REMOVE,
            id=name,
            type=one["Type"],
            grants=granting(one["Type"]),
            stays=one.get("DeletionPolicy") in {"Retain", "Snapshot"},
        )
        for name, one in old.items()
        if name not in new
    ]
    changed = [
        Change(action=Action.MODIFY, id=name, type=one["Type"], grants=granting(one["Type"]))
        for name, one in new.items()
        if name in old and old[name] != one
    ]
    added = [one for one in additions(after) if one.id not in old]
    return ordered([*removed, *changed, *added])
