"""Crons: Cloud Scheduler calls a route of the service, or starts a job where one is isolated."""

from collections.abc import Mapping

from infragraph.documents.narrowing import text
from infragraph.model.graph import Node
from infragraph.model.plan import PlannedResource, PlanValue
from infragraph.portability.schedules import Inexpressible, cloud_scheduler
from infragraph.targets.gcp import addresses, names, types
from infragraph.targets.gcp.arrivals import NOBODY, arrival, audience
from infragraph.targets.gcp.kind_rights import firing
from infragraph.targets.gcp.planned import Planned, summed
from infragraph.targets.gcp.process import configuration_file, container, egress, runs_as
from infragraph.targets.gcp.resource import external, resource
from infragraph.targets.gcp.rights import Thing
from infragraph.targets.gcp.service import LONGEST_CRON
from infragraph.targets.gcp.setting import Setting, existing, node
from infragraph.targets.gcp.things import service_thing
from infragraph.targets.gcp.values import described

_LONGEST_DESCRIPTION = 499
"""Of a job: https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs."""

_LONGEST_JOB = 86_400
_RETRIES: Mapping[str, PlanValue] = {
    "retryCount": 3,
    "minBackoffDuration": "10s",
    "maxBackoffDuration": "300s",
    "maxDoublings": 4,
}


def plan_cron(setting: Setting, cron: Node) -> Planned:
    """One that exists is left alone, as is what it calls."""
    service = cron.service
    if service is None or is_isolated(setting, cron):
        nowhere = Planned(addresses={cron.id: {"path": None, **NOBODY}})
        if service is None or existing(setting, cron) is not None:
            return nowhere
        return summed((nowhere, _isolated(setting, cron, service)))
    coming = arrival(setting, service, addresses.cron_email(setting))
    address = {cron.id: {"path": addresses.cron_route(cron), **coming}}
    if existing(setting, cron) is not None:
        return Planned(addresses=address)
    schedules = _schedules(setting, cron, _route(setting, cron, service), f"{LONGEST_CRON}s")
    is_ours = existing(setting, node(setting, f"service:{service}")) is None
    rights = (firing(setting, cron, service_thing(setting, service)),) if is_ours else ()
    return Planned(resources=schedules, rights=rights, addresses=address)


def is_isolated(setting: Setting, cron: Node) -> bool:
    return cron.name in setting.environment.isolated_crons


def _isolated(setting: Setting, cron: Node, service: str) -> Planned:
    name = names.job_name(setting, "cron", cron.name)
    arguments = ("cron", cron.name, "--config", configuration_file(setting))
    job = resource(
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
                    "containers": (container(setting, arguments, service=service, memory="1Gi"),),
                    "serviceAccountRef": runs_as(setting, service),
                    "executionEnvironment": "EXECUTION_ENVIRONMENT_GEN2",
                    "maxRetries": 3,
                    "timeout": f"{_LONGEST_JOB}s",
                    **egress(setting, service),
                },
            },
        },
        layer=service,
        node=cron.id,
        service=service,
    )
    target: Mapping[str, PlanValue] = {
        "httpMethod": "POST",
        "uri": (
            f"https://run.googleapis.com/v2/projects/{setting.project}"
            f"/locations/{setting.region}/jobs/{name}:run"
        ),
        "oauthToken": {
            "serviceAccountRef": external(addresses.cron_email(setting)),
            "scope": "https://www.googleapis.com/auth/cloud-platform",
        },
    }
    thing = Thing(type=types.JOB, name=name)
    # Starting a job takes moments, however long it runs.
    schedules = _schedules(setting, cron, target, "60s")
    return Planned(resources=(job, *schedules), rights=(firing(setting, cron, thing),))


def _route(setting: Setting, cron: Node, service: str) -> Mapping[str, PlanValue]:
    return {
        "httpMethod": "POST",
        "uri": addresses.service_url(setting, service) + addresses.cron_route(cron),
        "oidcToken": {
            "serviceAccountRef": external(addresses.cron_email(setting)),
            "audience": audience(setting, service),
        },
    }


def _schedules(
    setting: Setting, cron: Node, target: Mapping[str, PlanValue], deadline: str
) -> tuple[PlannedResource, ...]:
    """One for each expression that the cron's times need.

    That there is none for a cron is told before a plan is made.
    """
    try:
        expressions = cloud_scheduler(cron.properties)
    except Inexpressible:
        return ()
    return tuple(
        _schedule(setting, cron, expression, number=number, target=target, deadline=deadline)
        for number, expression in enumerate(expressions, start=1)
    )


def _schedule(  # noqa: PLR0913 - what a schedule consists of
    setting: Setting,
    cron: Node,
    expression: str,
    *,
    number: int,
    target: Mapping[str, PlanValue],
    deadline: str,
) -> PlannedResource:
    doc = described(cron.doc, longest=_LONGEST_DESCRIPTION)
    return resource(
        setting,
        types.SCHEDULE,
        names.schedule_name(setting, cron, number),
        {
            "location": setting.region,
            "description": doc or f"cron {cron.name} of {cron.service}",
            "schedule": expression,
            "timeZone": _timezone(cron),
            "attemptDeadline": deadline,
            "retryConfig": _RETRIES,
            "httpTarget": target,
        },
        layer=cron.service or "data",
        node=cron.id,
        service=cron.service,
    )


def _timezone(cron: Node) -> str:
    """Periods are counted from midnight UTC."""
    given = text(cron.properties.get("timezone"))
    is_period = cron.properties.get("every") is not None
    return "Etc/UTC" if is_period or given is None or given == "UTC" else given
