"""What a service's tasks are told: the addresses, of what they use, that a deployment makes."""

from collections.abc import Iterator, Mapping

from infragraph.model.graph import Node
from infragraph.model.plan import PlanValue
from infragraph.targets.aws import databases
from infragraph.targets.aws.addresses import address
from infragraph.targets.aws.audit_record import record_address, records
from infragraph.targets.aws.service_discovery import PORT, service_url
from infragraph.targets.aws.shared import REGION, Setting
from infragraph.targets.given import variables

AUDIT = "audit"
"""As what the runtime configuration has the record of audited topics, which is no node."""

_ADDRESSED = frozenset({"topic", "subscription", "cron", "database", "bucket", "secret"})


def service_addresses(setting: Setting) -> Mapping[str, Mapping[str, PlanValue]]:
    """The entries of all services in the runtime configuration."""
    return {
        node.id: {"url": service_url(setting, node.name), "audience": node.id}
        for node in setting.graph.nodes
        if node.kind == "service"
    }


def environment_of(setting: Setting, service: str) -> Mapping[str, PlanValue]:
    """The variables of a service's tasks, by name."""
    used = used_nodes(setting, service)
    addresses = {node.id: address(setting, node) for node in used}
    if records(setting, used):
        addresses[AUDIT] = record_address(setting)
    return {**settings(setting, service), **variables(addresses, addresses)}


def settings(setting: Setting, name: str) -> Mapping[str, PlanValue]:
    """The variables of every task, whatever it does; `name` is what its telemetry goes by."""
    collector = setting.environment.collector
    telemetry: Mapping[str, PlanValue] = {}
    if collector is not None:
        telemetry = {
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector.endpoint,
            "OTEL_RESOURCE_ATTRIBUTES": (
                f"service.namespace={setting.application},"
                f"deployment.environment.name={setting.environment.name}"
            ),
            "OTEL_SERVICE_NAME": name,
        }
    return {"AWS_REGION": REGION, "PORT": str(PORT), **telemetry}


def used_nodes(setting: Setting, service: str) -> tuple[Node, ...]:
    """What a service uses or owns and has to find, sorted by id."""
    wanted = set(_wanted(setting, service))
    return tuple(
        node for node in setting.graph.nodes if node.id in wanted and node.kind in _ADDRESSED
    )


def _wanted(setting: Setting, service: str) -> Iterator[str]:
    graph = setting.graph
    owners = {node.id: node.service for node in graph.nodes}
    owned = databases.owned(setting, service)
    # Its worker relays what others that share a database leave in the outbox.
    sharing = {user for it in owned for user in databases.users(setting, it)}
    yield from (node.id for node in owned)
    for node in graph.nodes:
        if node.service == service and node.kind in {"subscription", "cron"}:
            yield node.id
    for edge in graph.edges:
        if edge.relation == "delivers":
            continue
        owner = owners[edge.source]
        if owner == service or (edge.relation == "publishes" and owner in sharing):
            yield edge.target
