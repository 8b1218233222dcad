"""Databases: each on the environment's server, whose users are accounts without passwords."""

from collections.abc import Iterator, Mapping

from infragraph.documents.narrowing import texts
from infragraph.model.graph import Evidence, Node
from infragraph.model.plan import PlannedResource, PlanValue, Retention
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.addresses import database_role
from infragraph.targets.gcp.delivery import relaying_service
from infragraph.targets.gcp.planned import Planned
from infragraph.targets.gcp.resource import external, reference, resource
from infragraph.targets.gcp.rights import Account, Right
from infragraph.targets.gcp.setting import Setting, existing, services
from infragraph.targets.gcp.things import project_thing

_PORT = 5432
_ADMINISTRATOR = "database"
# Who may create roles and give rights on the server:
# https://cloud.google.com/sql/docs/postgres/users, read 2026-11-25.
_ADMINISTRATORS_ROLE = "cloudsqlsuperuser"

LOGIN_ROLES = ("roles/cloudsql.client", "roles/cloudsql.instanceUser")


def plan_database(setting: Setting, database: Node) -> Planned:
    users = {
        service: database_role(setting, names.account_name(setting, service))
        for service in users_of(setting, database)
    }
    project, region, instance = server(setting, database)
    connection = f"{project}:{region}:{instance}"
    address: dict[str, PlanValue] = {
        "host": connection,  # what the connector takes instead of one
        "port": _PORT,
        "name": _name(setting, database),
        "users": users,
        "login": "cloud-sql-iam",
        "instance": connection,
        "region": region,
    }
    resources = [_user(setting, database, service) for service in users]
    if existing(setting, database) is None:
        resources.append(_database(setting, database))
        resources.append(_administrator(setting))
    return Planned(resources=tuple(resources), addresses={database.id: address})


def users_of(setting: Setting, database: Node) -> tuple[str, ...]:
    """The services that may use a database, in the order of their names."""
    shared = texts(database.properties.get("shared_with"))
    wanted = {*shared, *([] if database.service is None else [database.service])}
    return tuple(service for service in services(setting) if service in wanted)


def migrators(database: Node) -> tuple[str, ...]:
    """Who migrates it: one service, where its migrations are ours to run."""
    service = relaying_service(database)
    return () if service is None else (service,)


def server(setting: Setting, database: Node) -> tuple[str, str, str]:
    """Project, region and name of the instance that holds a database."""
    found = existing(setting, database)
    if found is None:
        return setting.project, setting.region, names.instance_name(setting)
    return found["project"], found["region"], found["instance"]


def has_own_server(setting: Setting) -> bool:
    return any(
        node.kind == "database" and existing(setting, node) is None for node in setting.graph.nodes
    )


def administrator(setting: Setting) -> str:
    """The account that makes roles and gives rights within databases."""
    return names.own_account_name(setting, _ADMINISTRATOR)


def administrator_role(setting: Setting) -> str:
    """The role of PostgreSQL that it logs in as."""
    return database_role(setting, administrator(setting))


def login_rights(  # noqa: PLR0913 - what such a right consists of
    setting: Setting,
    database: Node,
    service: str,
    *,
    ground: str,
    why: str,
    account: str | None = None,
    evidence: tuple[Evidence, ...] = (),
) -> Iterator[Right]:
    """To connect to the instance and to log in: rights on the project, narrowed to the instance.

    https://cloud.google.com/sql/docs/postgres/iam-conditions, read 2026-11-25.
    """
    project, _, instance = server(setting, database)
    expression = (
        'resource.type == "sqladmin.googleapis.com/Instance"'
        f' && resource.name == "projects/{project}/instances/{instance}"'
    )
    for role in LOGIN_ROLES:
        yield Right(
            member=Account(name=account or names.account_name(setting, service)),
            role=role,
            on=project_thing(setting, project),
            service=service,
            ground=ground,
            why=why,
            evidence=evidence,
            condition={"title": f"only-{instance}", "expression": expression},
        )


def _name(setting: Setting, database: Node) -> str:
    found = existing(setting, database)
    return names.database_name(setting, database) if found is None else found["name"]


def _database(setting: Setting, database: Node) -> PlannedResource:
    return resource(
        setting,
        types.DATABASE,
        names.declared_name(setting, database.name),
        {
            "resourceID": _name(setting, database),
            "instanceRef": reference(types.INSTANCE, names.instance_name(setting)),
            "charset": "UTF8",
            "collation": "en_US.UTF8",
        },
        layer="data",
        node=database.id,
        service=database.service,
        retention=Retention.DELETE if setting.is_preview else Retention.RETAIN,
    )


def _user(setting: Setting, database: Node, service: str) -> PlannedResource:
    return _login(setting, database, names.account_name(setting, service), service)


def _administrator(setting: Setting) -> PlannedResource:
    return _login(
        setting,
        None,
        administrator(setting),
        None,
        notes={"database-roles": (_ADMINISTRATORS_ROLE,)},
    )


def _login(
    setting: Setting,
    database: Node | None,
    account: str,
    service: str | None,
    notes: Mapping[str, PlanValue] | None = None,
) -> PlannedResource:
    """A user of the server, one for all databases there."""
    found = None if database is None else existing(setting, database)
    instance: PlanValue
    if found is None:
        name = names.instance_name(setting)
        project, instance = setting.project, reference(types.INSTANCE, name)
    else:
        project, name = found["project"], found["instance"]
        instance = external(name)
    return resource(
        setting,
        types.USER,
        names.object_name(account, project, name),
        {
            "resourceID": database_role(setting, account),
            "instanceRef": instance,
            "type": "CLOUD_IAM_SERVICE_ACCOUNT",
        },
        layer="data",
        service=service,
        project=project,
        notes=notes,
    )
