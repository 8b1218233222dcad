"""Services: one of Cloud Run, private unless it has endpoints for the world, and its worker."""

from collections.abc import Mapping
from dataclasses import replace

from infragraph.documents.narrowing import number
from infragraph.model.graph import Node
from infragraph.model.plan import PlannedResource, PlanValue
from infragraph.portability.limits import pubsub as limits
from infragraph.targets.gcp import names, types
from infragraph.targets.gcp.addresses import account_email, service_url
from infragraph.targets.gcp.calls import callers
from infragraph.targets.gcp.delivery import is_working, pushed_to
from infragraph.targets.gcp.kind_rights import is_public
from infragraph.targets.gcp.order import before
from infragraph.targets.gcp.planned import Planned
from infragraph.targets.gcp.process import (
    LIVE,
    PORT,
    READY,
    configuration_file,
    container,
    egress,
    runs_as,
)
from infragraph.targets.gcp.resource import address, external, resource
from infragraph.targets.gcp.setting import Setting, existing, node, nodes

# https://cloud.google.com/run/docs/configuring/request-timeout, read 2026-11-25.
_LONGEST_TIMEOUT = 3_600
_USUAL_TIMEOUT = 300
# https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs, 2026-11-25.
LONGEST_CRON = 1_800

_CONCURRENCY = 80


def plan_service(setting: Setting, service: Node) -> Planned:
    url = service_url(setting, service.name)
    is_there = existing(setting, service) is not None
    account = None if is_there else account_email(setting, service.name)
    told = {service.id: {"url": url, "audience": url, "account": account}}
    if is_there:
        return Planned(addresses=told)
    resources = [_service(setting, service)]
    if has_worker(setting, service.name):
        resources.append(_worker(setting, service))
    after = _after(setting, service.name)
    resources = [replace(it, after=(*it.after, *after)) for it in resources]
    outputs: dict[str, PlanValue] = {}
    if is_public(setting, service.name):
        outputs[f"url of {service.name}"] = url
    return Planned(resources=tuple(resources), addresses=told, outputs=outputs)


def _after(setting: Setting, service: str) -> tuple[str, ...]:
    """What of other services is replaced before, with their workers, which consume too."""
    first = sorted(
        it
        for it in before(setting).get(service, ())
        if existing(setting, node(setting, f"service:{it}")) is None
    )
    return tuple(
        it
        for name in first
        for it in (
            address(types.SERVICE, names.service_name(setting, name)),
            *(
                [address(types.WORKER_POOL, names.worker_name(setting, name))]
                if has_worker(setting, name)
                else []
            ),
        )
    )


def has_worker(setting: Setting, service: str) -> bool:
    """Whether what runs without a request has a process of its own: not where all is small."""
    return setting.is_production and is_working(setting, service)


def _service(setting: Setting, service: Node) -> PlannedResource:
    role = "api" if has_worker(setting, service.name) else "all"
    is_always_on = role == "all" and is_working(setting, service.name)
    return resource(
        setting,
        types.SERVICE,
        names.service_name(setting, service.name),
        {
            "projectRef": external(f"projects/{setting.project}"),
            "location": setting.region,
            "ingress": _ingress(setting, service.name),
            "launchStage": "GA",
            "template": {
                "containers": (
                    container(
                        setting,
                        _arguments(setting, service.name, role),
                        service=service.name,
                        more={**_served(), "resources": _cpu(is_always_on=is_always_on)},
                    ),
                ),
                "serviceAccountRef": runs_as(setting, service.name),
                "executionEnvironment": "EXECUTION_ENVIRONMENT_GEN2",
                "maxInstanceRequestConcurrency": _CONCURRENCY,
                "timeout": f"{_timeout(setting, service.name)}s",
                "scaling": _scaling(setting, service.name, is_always_on=is_always_on),
                **egress(setting, service.name),
            },
            "traffic": ({"type": "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", "percent": 100},),
        },
        layer=service.name,
        node=service.id,
        service=service.name,
    )


def _worker(setting: Setting, service: Node) -> PlannedResource:
    """Its number of instances is set by hand: Config Connector has no other scaling of pools."""
    return resource(
        setting,
        types.WORKER_POOL,
        names.worker_name(setting, service.name),
        {
            "projectRef": external(f"projects/{setting.project}"),
            "location": setting.region,
            "launchStage": "GA",
            "scaling": {"manualInstanceCount": 1},
            "template": {
                "containers": (
                    container(
                        setting,
                        _arguments(setting, service.name, "worker"),
                        service=service.name,
                    ),
                ),
                "serviceAccountRef": runs_as(setting, service.name),
                **egress(setting, service.name),
            },
            "instanceSplits": ({"type": "INSTANCE_SPLIT_ALLOCATION_TYPE_LATEST", "percent": 100},),
        },
        layer=service.name,
        node=service.id,
        service=service.name,
    )


def _arguments(setting: Setting, service: str, role: str) -> tuple[str, ...]:
    config = configuration_file(setting)
    return ("serve", "--service", service, "--role", role, "--config", config)


def _ingress(setting: Setting, service: str) -> str:
    """Pub/Sub and Cloud Scheduler of the project come from within; another service does not.

    A request of one service of Cloud Run to another leaves by the internet unless all its traffic
    goes through the network, which then needs a way out of its own. Who may call is decided by IAM.
    https://cloud.google.com/run/docs/securing/ingress, read 2026-11-25.
    """
    if is_public(setting, service) or callers(setting, service):
        return "INGRESS_TRAFFIC_ALL"
    return "INGRESS_TRAFFIC_INTERNAL_ONLY"


def _served() -> Mapping[str, PlanValue]:
    return {
        "ports": ({"name": "http1", "containerPort": PORT},),
        "startupProbe": {
            **_probe(READY),
            "periodSeconds": 3,
            "failureThreshold": 20,
            "timeoutSeconds": 2,
        },
        "livenessProbe": {
            **_probe(LIVE),
            "periodSeconds": 15,
            "failureThreshold": 4,
            "timeoutSeconds": 3,
        },
    }


def _probe(path: str) -> Mapping[str, PlanValue]:
    return {"httpGet": {"path": path, "port": PORT}}


def _cpu(*, is_always_on: bool) -> Mapping[str, PlanValue]:
    """What works without a request needs its processor between them too."""
    return {"cpuIdle": not is_always_on, "startupCpuBoost": True}


def _scaling(setting: Setting, service: str, *, is_always_on: bool) -> Mapping[str, PlanValue]:
    is_awaited = setting.is_production and is_public(setting, service)
    return {
        "minInstanceCount": 1 if is_always_on or is_awaited else 0,
        "maxInstanceCount": 20 if setting.is_production else 2,
    }


def _timeout(setting: Setting, service: str) -> int:
    """What its longest endpoint, push or cron needs; a raw endpoint may stream for an hour."""
    seconds: list[float] = [_USUAL_TIMEOUT]
    for endpoint in nodes(setting, "endpoint"):
        if endpoint.service == service:
            given = number(endpoint.properties.get("timeout"))
            seconds.append(_LONGEST_TIMEOUT if given is None else given)
    if pushed_to(setting, service):
        seconds.append(limits.LONGEST_ACK_DEADLINE.value)
    if any(cron.service == service for cron in nodes(setting, "cron")):
        seconds.append(LONGEST_CRON)
    return min(round(max(seconds)), _LONGEST_TIMEOUT)
