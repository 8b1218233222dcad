"""What stands for a database: where it listens, and whom it lets in."""

from dataclasses import dataclass

from infragraph.model.environment import Size
from infragraph.model.graph import Node
from infragraph.model.plan import Attribute, Joined, PlanValue, Text
from infragraph.targets.aws.references import bound
from infragraph.targets.aws.shared import ACCOUNT, PARTITION, REGION, Setting

INSTANCE = "DatabaseInstance"
"""The one PostgreSQL of an environment, in which each declared database is a logical one."""

CLUSTER = "DatabaseCluster"
"""What stands in its place in a preview: capacity that goes down to nothing."""

ADMINISTRATOR = "infragraph_admin"
PORT = 5432


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where a database is reached; `resource` is what IAM knows it by."""

    host: PlanValue
    port: PlanValue
    name: str
    resource: Text


def listening(setting: Setting, database: Node) -> Listening:
    given = bound(setting, database)
    if given is not None:
        port = int(given.get("port", str(PORT)))
        return Listening(
            host=given["host"], port=port, name=given["name"], resource=given["resource"]
        )
    name = sql_name(database.name)
    if setting.environment.size is Size.PREVIEW:
        return Listening(
            host=Attribute(address=CLUSTER, name="Endpoint.Address"),
            port=PORT,
            name=name,
            resource=Attribute(address=CLUSTER, name="DBClusterResourceId"),
        )
    return Listening(
        host=Attribute(address=INSTANCE, name="Endpoint.Address"),
        port=PORT,
        name=name,
        resource=Attribute(address=INSTANCE, name="DbiResourceId"),
    )


def login_arn(setting: Setting, database: Node, service: str) -> PlanValue:
    """What a service that logs in as its own role is allowed to connect to."""
    resource = listening(setting, database).resource
    here: tuple[Text, ...] = ("arn:", PARTITION, ":rds-db:", REGION, ":", ACCOUNT)
    return Joined(parts=(*here, ":dbuser:", resource, f"/{role(service)}"))


def administrator_secret(setting: Setting) -> PlanValue:
    """The secret that RDS makes and rotates, by which databases and roles are created."""
    made = CLUSTER if setting.environment.size is Size.PREVIEW else INSTANCE
    return Attribute(address=made, name="MasterUserSecret.SecretArn")


def users(setting: Setting, database: Node) -> tuple[str, ...]:
    """The services that have a role in a database: its owner, and those that it is shared with."""
    shared = database.properties.get("shared_with")
    named = shared if isinstance(shared, list | tuple) else ()
    existing = {node.name for node in setting.graph.nodes if node.kind == "service"}
    return tuple(sorted(existing & {database.service, *(str(name) for name in named)}))


def owner(database: Node) -> str | None:
    """Who migrates a database: in a library, the first that it is shared with."""
    if database.service is not None:
        return database.service
    shared = database.properties.get("shared_with")
    return str(shared[0]) if isinstance(shared, list | tuple) and shared else None


def owned(setting: Setting, service: str) -> tuple[Node, ...]:
    return tuple(
        node for node in setting.graph.nodes if node.kind == "database" and owner(node) == service
    )


def made(setting: Setting) -> tuple[Node, ...]:
    """The databases that are made here."""
    return tuple(
        node
        for node in setting.graph.nodes
        if node.kind == "database" and setting.environment.is_created(node.id)
    )


def role(service: str) -> str:
    """The database's role of a service."""
    return f"svc_{sql_name(service)}"


def sql_name(name: str) -> str:
    """A name that SQL takes without quotes."""
    return name.replace("-", "_")
