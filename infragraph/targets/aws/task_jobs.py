"""One-off tasks: databases and their roles are created, and migrated, before services run."""

from collections.abc import Iterator

from infragraph.model.plan import (
    Attribute,
    Joined,
    PlannedResource,
    PlanValue,
    Text,
)
from infragraph.targets.aws import databases
from infragraph.targets.aws.addresses import address
from infragraph.targets.aws.logs import log_group
from infragraph.targets.aws.planned import NOTHING, Planned
from infragraph.targets.aws.roles import role, statement, task_conditions
from infragraph.targets.aws.roles_of_service import TASKS, execution_role
from infragraph.targets.aws.shared import (
    REGION,
    Setting,
    jobs_security_group,
    key_arn,
    private_subnets,
)
from infragraph.targets.aws.task import JOB_DIGEST, Task, configuration, task_definition
from infragraph.targets.aws.task_environment import settings
from infragraph.targets.aws.task_secrets import start_secrets
from infragraph.targets.given import variables

ADMINISTRATOR_VARIABLE = "INFRAGRAPH_DATABASE_ADMINISTRATOR"
"""The ARN of the secret by which `infragraph db bootstrap` logs in."""

_LOG, _EXECUTION = "DatabaseJobsLogGroup", "DatabaseJobsExecutionRole"
_LAYER = "data"


def has_jobs(setting: Setting) -> bool:
    return bool(databases.made(setting))


def plan_jobs(setting: Setting) -> Planned:
    """Both tasks, what they run with, and how `deploy` starts them; nothing without a database."""
    if not has_jobs(setting):
        return NOTHING
    subnets = [_text(it) for it in private_subnets(setting)]
    return Planned(
        resources=(
            log_group(setting, _LOG, "database-jobs", layer=_LAYER),
            execution_role(setting, _EXECUTION, log=_LOG, layer=_LAYER),
            *_bootstrap(setting),
            *_migrate(setting),
        ),
        outputs={
            "DatabaseBootstrapTask": Attribute(address="DatabaseBootstrapTask"),
            "DatabaseMigrateTask": Attribute(address="DatabaseMigrateTask"),
            "DatabaseJobsSecurityGroup": jobs_security_group(),
            "DatabaseJobsSubnets": Joined(parts=(subnets[0], ",", subnets[1])),
        },
    )


def _bootstrap(setting: Setting) -> Iterator[PlannedResource]:
    """It alone may read the administrator's password."""
    secret = databases.administrator_secret(setting)
    via = Joined(parts=("secretsmanager.", REGION, ".amazonaws.com"))
    yield role(
        setting,
        address="DatabaseBootstrapRole",
        principal=TASKS,
        policy="bootstrap",
        statements=(
            statement("Administrator", ("secretsmanager:GetSecretValue",), (secret,)),
            statement(
                "AdministratorKey",
                ("kms:Decrypt",),
                (key_arn(setting),),
                {"StringEquals": {"kms:ViaService": via}},
            ),
        ),
        layer=_LAYER,
        conditions=task_conditions(),
    )
    yield task_definition(setting, _job(setting, "bootstrap", {ADMINISTRATOR_VARIABLE: secret}))


def _migrate(setting: Setting) -> Iterator[PlannedResource]:
    """It logs in as the owner of each database, as the owner's own tasks do."""
    logins = [
        databases.login_arn(setting, database, owner)
        for database in databases.made(setting)
        if (owner := databases.owner(database)) is not None
    ]
    yield role(
        setting,
        address="DatabaseMigrateRole",
        principal=TASKS,
        policy="migrate",
        statements=(statement("Owners", ("rds-db:connect",), logins),),
        layer=_LAYER,
        conditions=task_conditions(),
    )
    yield task_definition(setting, _job(setting, "migrate", {}))


def _job(setting: Setting, verb: str, given: dict[str, PlanValue]) -> Task:
    made = databases.made(setting)
    addresses = {database.id: address(setting, database) for database in made}
    return Task(
        address=f"Database{verb.capitalize()}Task",
        name=f"db-{verb}",
        layer=_LAYER,
        command=("db", verb, "--config", configuration(setting), *_named(setting)),
        variables={
            **settings(setting, f"db-{verb}"),
            **variables(addresses, addresses),
            **given,
        },
        secrets=start_secrets(setting),
        execution_role=_EXECUTION,
        task_role=f"Database{verb.capitalize()}Role",
        log=_LOG,
        digest=JOB_DIGEST,
        origin=tuple(database.id for database in made),
    )


def _named(setting: Setting) -> tuple[str, ...]:
    """The databases that are made here, where others exist already and are left alone."""
    made = databases.made(setting)
    if len(made) == sum(node.kind == "database" for node in setting.graph.nodes):
        return ()
    return tuple(word for database in made for word in ("--database", database.name))


def _text(value: PlanValue) -> Text:
    assert isinstance(value, Text)
    return value
