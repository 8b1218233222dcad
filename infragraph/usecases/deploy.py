"""Deploy an environment to AWS.

    artifacts, account ──look──▶ target ──plan──▶ what changes ──ask──▶
    infrastructure ──▶ secrets ──▶ databases ──▶ consumers ──▶ publishers

What would lose state stops before anybody is asked; after each phase a new deployment goes on from
there.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from infragraph.deploy.aws import phases, rollback
from infragraph.deploy.aws.account import demand_account
from infragraph.deploy.aws.clients import Clients
from infragraph.deploy.aws.counts import running_counts
from infragraph.deploy.aws.events import Watched
from infragraph.deploy.aws.images import Image, image
from infragraph.deploy.aws.parameters import demand_complete
from infragraph.deploy.aws.planning import StackPlan, plan
from infragraph.deploy.aws.stateful import demand_allowed, demand_known
from infragraph.deploy.aws.states import demand_usable
from infragraph.deploy.aws.storage import storage
from infragraph.deploy.aws.target import Part, Target, parts
from infragraph.deploy.errors import refuse_use
from infragraph.model.artifact import Artifact
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph
from infragraph.targets.aws.task import SERVICE_DIGEST

UNKNOWN = "sha256:" + 64 * "0"
"""What stands for the image in a plan that is only looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the command line says of a deployment; images are as they were typed."""

    image: str | None = None
    rollback: str | None = None
    by_hand: Mapping[str, str]
    allowed: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()
    is_plan: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An application in an environment, with the templates that were made of it."""

    graph: InfraGraph
    environment: Environment
    artifacts: tuple[Artifact, ...]


def look(order: Order, clients: Clients, subject: Subject, watched: Watched) -> Target:
    """What there is, and what there is to be; ends where nothing could be deployed at all."""
    graph, environment = subject.graph, subject.environment
    demand_account(clients, environment)
    if order.left_out and not clients.is_emulated:
        refuse_use("--without is for emulators: AWS_ENDPOINT_URL names none")
    at = storage(clients, graph.application, environment.name)
    found = parts(clients, subject.artifacts, order.left_out, watched.tell)
    for part in found:
        demand_usable(part.stack, clients.region)
    target = Target(
        clients=clients,
        storage=at,
        graph=graph,
        environment=environment,
        parts=found,
        image=_image(order, found, environment),
        by_hand=order.by_hand,
        counts=_counts(clients, found),
        allowed=order.allowed,
        pace=watched.pace,
        tell=watched.tell,
    )
    if order.rollback is not None:
        return rollback.backwards(target)
    every = {name: value for part in found for name, value in target.given(part).before.items()}
    demand_complete([part.template for part in found], target.by_hand, every)
    return target


def planned(target: Target, order: Order) -> tuple[StackPlan, ...]:
    return plan(target) if order.rollback is None else rollback.plan_back(target)


def demand_harmless(plans: Collection[StackPlan], allowed: Collection[str]) -> None:
    changes = tuple(chain.from_iterable(one.changes for one in plans))
    demand_known(changes, allowed)
    demand_allowed(changes, allowed)


def carry_out(target: Target, order: Order) -> Mapping[str, str]:
    """All phases; gives what the stacks print."""
    if order.rollback is not None:
        rollback.go_back(target)
        return phases.outputs(target)
    phases.infrastructure(target)
    phases.secrets_checked(target)
    phases.databases(target)
    phases.services(target)
    phases.finished(target)
    return phases.outputs(target)


def _image(order: Order, found: Iterable[Part], environment: Environment) -> Image:
    """The one that is named, else the one that runs."""
    given = order.rollback if order.rollback is not None else order.image
    if given is not None:
        return image(given, environment.account, environment.region)
    running = [
        part.before.parameters[SERVICE_DIGEST]
        for part in found
        if part.before is not None and SERVICE_DIGEST in part.before.parameters
    ]
    if not running and not order.is_plan:
        refuse_use(
            "nothing runs yet, so that the image has to be named",
            "name it by its digest, as the registry told when it was pushed: --image sha256:…",
        )
    return Image(digest=running[0] if running else UNKNOWN)


def _counts(clients: Clients, found: Iterable[Part]) -> Mapping[str, int]:
    there = [(part.name, part.before) for part in found if part.before is not None]
    outputs = {name: value for _, one in there for name, value in one.outputs.items()}
    return {
        parameter: count
        for name, one in there
        for parameter, count in running_counts(
            clients, name, one.template, outputs.get("ClusterName")
        ).items()
    }
