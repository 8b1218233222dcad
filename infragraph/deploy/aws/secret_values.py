"""Values of secrets: which of them have none yet, and giving one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from botocore.exceptions import ClientError

from infragraph.deploy.aws.clients import Clients, code
from infragraph.deploy.errors import refuse
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph, Node
from infragraph.targets.aws.references import secret_address

HEADERS = "CollectorHeaders"
"""The logical id of the secret that an environment has for its collector alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the value of a secret belongs: an ARN, once the secret is there."""

    name: str
    arn: str | None


def places(
    graph: InfraGraph, environment: Environment, physical: Mapping[str, str]
) -> tuple[Place, ...]:
    """All secrets of an environment, sorted by name; `physical` are its stacks' things."""
    found = {
        node.name: _arn(node, environment, physical)
        for node in graph.nodes
        if node.kind == "secret"
    }
    collector = environment.collector
    if collector is not None and collector.headers_secret not in {None, *found}:
        found[str(collector.headers_secret)] = physical.get(HEADERS)
    return tuple(Place(name=name, arn=arn) for name, arn in sorted(found.items()))


def demand_values(clients: Clients, every: Iterable[Place], environment: str) -> None:
    """Ends the deployment where a task would not start for want of a value."""
    empty = [one.name for one in every if one.arn is None or not _has_value(clients, one.arn)]
    if empty:
        refuse(
            f"no value is set for {', '.join(empty)}; all but the services is there",
            *(f"infragraph secrets set {name} --env {environment}" for name in empty),
            "then deploy again: it goes on from here",
        )


def set_value(clients: Clients, place: Place, value: str) -> None:
    clients.secretsmanager.put_secret_value(SecretId=place.arn, SecretString=value)


def _arn(node: Node, environment: Environment, physical: Mapping[str, str]) -> str | None:
    given = environment.bindings.get(node.id)
    return physical.get(secret_address(node)) if given is None else given


def _has_value(clients: Clients, arn: str) -> bool:
    """Asked without reading it, which whoever deploys need not be allowed to."""
    try:
        described = clients.secretsmanager.describe_secret(SecretId=arn)
    except ClientError as error:
        if code(error) == "ResourceNotFoundException":
            return False
        raise
    stages = described.get("VersionIdsToStages", {}).values()
    return any("AWSCURRENT" in names for names in stages)
