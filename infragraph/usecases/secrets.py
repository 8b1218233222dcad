"""Give a secret its value, where the environment keeps it."""

from collections.abc import Callable

from infragraph.deploy.aws.account import demand_account
from infragraph.deploy.aws.clients import Clients, connect, told
from infragraph.deploy.aws.secret_values import places, set_value
from infragraph.deploy.aws.stacks import find, physical_ids
from infragraph.deploy.aws.storage import existing_storage, noted_stacks
from infragraph.deploy.errors import refuse
from infragraph.formats.cloudformation import stack_name
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph


def set_on_aws(
    name: str, graph: InfraGraph, environment: Environment, value: Callable[[], str]
) -> None:
    """`value` is asked for once it is known where it goes."""
    with told():
        set_in_account(name, graph, environment, connect(environment.region), value)


def set_in_account(
    name: str,
    graph: InfraGraph,
    environment: Environment,
    clients: Clients,
    value: Callable[[], str],
) -> None:
    demand_account(clients, environment)
    storage = existing_storage(clients, graph.application, environment.name)
    noted = () if storage is None else noted_stacks(clients, storage)
    physical: dict[str, str] = {}
    for stack in noted or (stack_name(graph.application, environment.name),):
        if find(clients, stack) is not None:
            physical |= physical_ids(clients, stack)
    found = {one.name: one for one in places(graph, environment, physical)}[name]
    if found.arn is None:
        refuse(
            f"the secret {name} is not there yet",
            "deploy first, which ends where a value is needed: "
            f"infragraph deploy aws --env {environment.name}",
        )
    set_value(clients, found, value())
