"""Who may open a connection to whom: what the graph asks for, as pairs of security groups."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from infragraph.targets.aws import databases
from infragraph.targets.aws.load_balancer_routes import exposed_services
from infragraph.targets.aws.references import bound
from infragraph.targets.aws.service_calls import calls_between
from infragraph.targets.aws.service_discovery import PORT
from infragraph.targets.aws.shared import Setting
from infragraph.targets.aws.task_environment import used_nodes

LOAD_BALANCER = "load balancer"
DATABASES = "database server"
JOBS = "database jobs"

_HTTPS = 443
_URL = re.compile(r"(?P<scheme>https?)://[^/:]+(?::(?P<port>[0-9]+))?(?:/.*)?")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Flow:
    """TCP from one group to another; a group is one of the above, or a service's name."""

    source: str
    target: str
    port: int


def flows(setting: Setting) -> tuple[Flow, ...]:
    """Between groups of this plan, sorted."""
    return tuple(sorted({*_requests(setting), *_calls(setting), *_queries(setting)}))


def outward_ports(setting: Setting, service: str) -> tuple[int, ...]:
    """Where a service's tasks may go outside of the plan's groups, sorted.

    443 is AWS itself and the image's registry.
    """
    bindings = setting.environment.bindings
    urls = [
        bindings[f"service:{called}"]
        for caller, called in calls_between(setting)
        if caller == service and f"service:{called}" in bindings
    ]
    used = [
        int(given.get("port", str(databases.PORT)))
        for node in used_nodes(setting, service)
        if node.kind == "database" and (given := bound(setting, node)) is not None
    ]
    return tuple(sorted({*used, *(_port(url) for url in urls), *basic_ports(setting)}))


def basic_ports(setting: Setting) -> tuple[int, ...]:
    """Where every task may go."""
    collector = setting.environment.collector
    return tuple(sorted({_HTTPS, *(() if collector is None else (_port(collector.endpoint),))}))


def _requests(setting: Setting) -> Iterator[Flow]:
    for service in exposed_services(setting):
        yield Flow(source=LOAD_BALANCER, target=service, port=PORT)


def _calls(setting: Setting) -> Iterator[Flow]:
    is_created = setting.environment.is_created
    for caller, called in calls_between(setting):
        if is_created(f"service:{caller}") and is_created(f"service:{called}"):
            yield Flow(source=caller, target=called, port=PORT)


def _queries(setting: Setting) -> Iterator[Flow]:
    made = {node.id for node in databases.made(setting)}
    if made:
        yield Flow(source=JOBS, target=DATABASES, port=databases.PORT)
    for node in setting.graph.nodes:
        if node.kind != "service" or not setting.environment.is_created(node.id):
            continue
        if any(used.id in made for used in used_nodes(setting, node.name)):
            yield Flow(source=node.name, target=DATABASES, port=databases.PORT)


def _port(url: str) -> int:
    found = _URL.fullmatch(url)
    assert found is not None, "a configuration's URLs are checked where they are read"
    return int(found["port"] or {"http": 80, "https": _HTTPS}[found["scheme"]])
