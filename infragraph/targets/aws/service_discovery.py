"""Names by which services reach each other: private DNS, for those that another one calls."""

from infragraph.model.plan import Attribute, PlannedResource, PlanValue
from infragraph.targets.aws.planned import NOTHING, Planned
from infragraph.targets.aws.service_calls import calls_between
from infragraph.targets.aws.shared import Setting, service_address, tags, vpc

PORT = 8080
"""Where every service listens."""

_SECONDS = 10


def plan_discovery(setting: Setting) -> Planned:
    """A private zone, and a name in it for each called service; nothing where nobody calls."""
    called = called_services(setting)
    if not called:
        return NOTHING
    zone = PlannedResource(
        address="Namespace",
        type="AWS::ServiceDiscovery::PrivateDnsNamespace",
        layer="network",
        properties={"Name": _zone(setting), "Vpc": vpc(setting), "Tags": tags(setting)},
    )
    return Planned(resources=(zone, *(_name(setting, service) for service in called)))


def called_services(setting: Setting) -> tuple[str, ...]:
    """Services of this plan that another one calls."""
    called = {name for _, name in calls_between(setting)}
    return tuple(sorted(it for it in called if setting.environment.is_created(f"service:{it}")))


def service_url(setting: Setting, service: str) -> str:
    """The base URL by which other services call one, which may exist elsewhere."""
    given = setting.environment.bindings.get(f"service:{service}")
    return f"http://{service}.{_zone(setting)}:{PORT}" if given is None else given


def registry_arn(service: str) -> PlanValue:
    return Attribute(address=service_address(service, "Discovery"), name="Arn")


def _name(setting: Setting, service: str) -> PlannedResource:
    return PlannedResource(
        address=service_address(service, "Discovery"),
        type="AWS::ServiceDiscovery::Service",
        layer=service,
        origin=(f"service:{service}",),
        properties={
            "Name": service,
            "DnsConfig": {
                "NamespaceId": Attribute(address="Namespace", name="Id"),
                "RoutingPolicy": "MULTIVALUE",
                "DnsRecords": ({"Type": "A", "TTL": _SECONDS},),
            },
            # ECS tells which tasks are healthy.
            "HealthCheckCustomConfig": {"FailureThreshold": 1},
            "Tags": tags(setting, service=service),
        },
    )


def _zone(setting: Setting) -> str:
    """In a network that others use too, one of its own."""
    return f"{setting.environment.name}.{setting.application}.internal"
