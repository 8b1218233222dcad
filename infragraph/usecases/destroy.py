"""Remove an environment from AWS.

account ──look──▶ stacks, what stays ──ask──▶ protection lifted ──▶ stacks removed, last first
"""

from dataclasses import dataclass

from infragraph.deploy.aws.account import demand_account
from infragraph.deploy.aws.clients import Clients
from infragraph.deploy.aws.events import Watched
from infragraph.deploy.aws.removal import Staying, empty_buckets, lift, remove, staying
from infragraph.deploy.aws.stacks import Stack, find
from infragraph.deploy.aws.storage import Storage, existing_storage, noted_stacks
from infragraph.formats.cloudformation import stack_name
from infragraph.model.environment import Environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """`stacks` are in the order in which they go."""

    clients: Clients
    storage: Storage | None
    stacks: tuple[Stack, ...]
    staying: tuple[Staying, ...]


def look(clients: Clients, application: str, environment: Environment) -> Removal:
    """What is there of an environment, whatever the source says by now."""
    demand_account(clients, environment)
    storage = existing_storage(clients, application, environment.name)
    noted = () if storage is None else noted_stacks(clients, storage)
    names = noted or (stack_name(application, environment.name),)
    found = [find(clients, name) for name in reversed(names)]
    stacks = tuple(one for one in found if one is not None)
    return Removal(
        clients=clients,
        storage=storage,
        stacks=stacks,
        staying=tuple(one for stack in stacks for one in staying(clients, stack)),
    )


def carry_out(it: Removal, watched: Watched) -> None:
    for stack in it.stacks:
        lift(it.clients, it.storage, stack, watched)
        empty_buckets(it.clients, stack, watched.tell)
        remove(it.clients, stack, watched)
