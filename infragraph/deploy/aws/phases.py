"""The phases of a deployment, in which no service ever sees half of a change."""

from collections.abc import Mapping

from infragraph.deploy.aws.change_sets import Wanted, create, discard, execute
from infragraph.deploy.aws.jobs import run_jobs
from infragraph.deploy.aws.parameters import Phase, is_starting, values
from infragraph.deploy.aws.protection import protect
from infragraph.deploy.aws.running import joined
from infragraph.deploy.aws.secret_values import demand_values, places
from infragraph.deploy.aws.stacks import find, physical_ids
from infragraph.deploy.aws.stateful import demand_allowed
from infragraph.deploy.aws.storage import note_stacks, noted_stacks, remember
from infragraph.deploy.aws.target import Part, Target
from infragraph.deploy.aws.templates import SERVICE, Template, of_type
from infragraph.deploy.errors import DeploymentError
from infragraph.model.environment import Size


def infrastructure(target: Target) -> None:
    """All that services need, while none of them changes; one that is new has no tasks yet."""
    _tell(target, "infrastructure")
    _note(target)
    for part in target.parts:
        before = part.before
        template = part.template if before is None else joined(before.template, part.template)
        _apply(target, part, template, values(template, target.given(part), Phase.INFRASTRUCTURE))


def secrets_checked(target: Target) -> None:
    _tell(target, "secrets")
    physical = {
        id_: thing
        for part in target.parts
        for id_, thing in physical_ids(target.clients, part.name).items()
    }
    every = places(target.graph, target.environment, physical)
    demand_values(target.clients, every, target.environment.name)


def databases(target: Target) -> None:
    _tell(target, "databases")
    run_jobs(target.clients, outputs(target), target.pace, target.tell)


def services(target: Target) -> None:
    """Consumers before publishers, also where both are of one stack; what is left over goes."""
    starting = [
        part for part in target.parts if is_starting(part.template, target.given(part).before)
    ]
    if starting:
        _tell(target, "consumers")
    for part in starting:
        given = values(part.template, target.given(part), Phase.CONSUMERS)
        _apply(target, part, part.template, given)
    _tell(target, "publishers" if starting else "consumers, then publishers")
    for part in _shared_last(target.parts):
        given = values(part.template, target.given(part), Phase.PUBLISHERS)
        _apply(target, part, part.template, given)


def finished(target: Target) -> None:
    """Keeps what was deployed with the image, and protects what is in production."""
    for part in target.parts:
        remember(target.clients, target.storage, part.name, target.image.digest, part.template)
        if target.environment.size is Size.PRODUCTION:
            protect(target.clients, part.name)


def outputs(target: Target) -> Mapping[str, str]:
    """What all stacks print, sorted."""
    found: dict[str, str] = {}
    for part in target.parts:
        stack = find(target.clients, part.name)
        found |= {} if stack is None else stack.outputs
    return dict(sorted(found.items()))


def _shared_last(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """What services used until now goes after they are replaced, also from another stack."""
    with_services = [part for part in parts if any(of_type(part.template, SERVICE))]
    return (*with_services, *(part for part in parts if part not in with_services))


def _apply(target: Target, part: Part, template: Template, given: Mapping[str, str | None]) -> None:
    """One change set, held once more against the rules: the stack may have changed since."""
    clients = target.clients
    stack = find(clients, part.name)
    is_new = stack is None or not stack.is_made
    wanted = Wanted(stack=part.name, template=template, values=given)
    found = create(clients, target.storage, wanted, target.pace, is_new=is_new)
    if found is None:
        target.tell(f"{part.name}: nothing to change")
        return
    try:
        demand_allowed(found.changes, target.allowed)
    except DeploymentError:
        discard(clients, part.name, found.id)
        raise
    is_opened = target.allowed and not is_new and target.environment.size is Size.PRODUCTION
    if not is_opened:
        execute(clients, found, target.watched)
        return
    protect(clients, part.name, target.allowed)
    try:
        execute(clients, found, target.watched)
    finally:
        protect(clients, part.name)


def _note(target: Target) -> None:
    """Stacks that are no part of the environment any more stay known: nobody else knows them."""
    own = [part.name for part in target.parts]
    earlier = noted_stacks(target.clients, target.storage)
    left = [name for name in earlier if name not in own and find(target.clients, name) is not None]
    for name in left:
        target.tell(f"{name}: needed no more, and left alone; remove it by hand")
    note_stacks(target.clients, target.storage, (*own, *left))


def _tell(target: Target, phase: str) -> None:
    target.tell(f"== {phase}")
