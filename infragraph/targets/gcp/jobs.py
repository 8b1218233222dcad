"""Jobs that a deployment runs before services change: rights in databases, then migrations."""

import json
from collections.abc import Mapping
from types import MappingProxyType

from infragraph.model.graph import Node
from infragraph.model.plan import PlannedResource, PlanValue
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.databases import (
    administrator,
    administrator_role,
    has_own_server,
    login_rights,
    migrators,
)
from infragraph.targets.gcp.planned import NOTHING, Planned, summed
from infragraph.targets.gcp.process import configuration_file, container, egress, runs_as
from infragraph.targets.gcp.resource import external, reference, resource
from infragraph.targets.gcp.setting import Setting, existing, nodes

_TIMEOUT = "3600s"

ADMINISTRATOR = "INFRAGRAPH_DATABASE_ADMINISTRATOR"
"""The variable that tells the runtime as whom the account logs in to make what is in databases."""


def plan_jobs(setting: Setting) -> Planned:
    migrated = {
        service
        for database in nodes(setting, "database")
        if database.properties.get("migrations") is not None
        for service in migrators(database)
    }
    jobs = tuple(
        _job(
            setting,
            names.job_name(setting, "migrate", service),
            ("db", "migrate", "--service", service, "--config", configuration_file(setting)),
            account=runs_as(setting, service),
            service=service,
        )
        for service in sorted(migrated)
    )
    return summed((Planned(resources=jobs), _bootstrap(setting)))


def _bootstrap(setting: Setting) -> Planned:
    if not has_own_server(setting):
        return NOTHING
    job = _job(
        setting,
        names.job_name(setting, "bootstrap", "databases"),
        ("db", "bootstrap", "--config", configuration_file(setting), *_named(setting)),
        account=reference(types.ACCOUNT, administrator(setting)),
        service=None,
        variables={ADMINISTRATOR: json.dumps({"username": administrator_role(setting)})},
    )
    rights = tuple(
        right
        for database in _created(setting)[:1]
        for right in login_rights(
            setting,
            database,
            "databases",
            ground="kind",
            why="roles are made and rights given within databases by an account of their own",
            account=administrator(setting),
        )
    )
    return Planned(resources=(job,), rights=rights)


def _named(setting: Setting) -> tuple[str, ...]:
    """The databases that are made here, where others exist already and are left alone."""
    created = _created(setting)
    if len(created) == len(tuple(nodes(setting, "database"))):
        return ()
    return tuple(word for database in created for word in ("--database", database.name))


def _created(setting: Setting) -> tuple[Node, ...]:
    return tuple(it for it in nodes(setting, "database") if existing(setting, it) is None)


def _job(  # noqa: PLR0913 - what a job consists of
    setting: Setting,
    name: str,
    arguments: tuple[str, ...],
    *,
    account: PlanValue,
    service: str | None,
    variables: Mapping[str, str] = MappingProxyType({}),
) -> PlannedResource:
    return resource(
        setting,
        types.JOB,
        name,
        {
            "projectRef": external(f"projects/{setting.project}"),
            "location": setting.region,
            "launchStage": "GA",
            "template": {
                "taskCount": 1,
                "parallelism": 1,
                "template": {
                    "containers": (
                        container(setting, arguments, service=service, variables=variables),
                    ),
                    "serviceAccountRef": account,
                    "executionEnvironment": "EXECUTION_ENVIRONMENT_GEN2",
                    # What failed is looked at, not done again.
                    "maxRetries": 0,
                    "timeout": _TIMEOUT,
                    **egress(setting, service),
                },
            },
        },
        layer=service or "data",
        service=service,
    )
