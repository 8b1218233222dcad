"""Alarms on what the outside sees: a service that answers with errors."""

from infragraph.model.plan import Attribute, PlannedResource
from infragraph.targets.aws.alarms import Watch, alarm
from infragraph.targets.aws.load_balancer_routes import exposed_services
from infragraph.targets.aws.planned import NOTHING, Planned
from infragraph.targets.aws.shared import Setting, service_address

_ERRORS, _MINUTES = 10, 5


def plan_request_alarms(setting: Setting) -> Planned:
    """One for each service behind our own load balancer; another's is its owner's to watch."""
    if setting.environment.listener is not None:
        return NOTHING
    return Planned(
        resources=tuple(_errors(setting, service) for service in exposed_services(setting))
    )


def _errors(setting: Setting, service: str) -> PlannedResource:
    group = service_address(service, "TargetGroup")
    watch = Watch(
        namespace="AWS/ApplicationELB",
        metric="HTTPCode_Target_5XX_Count",
        dimensions={
            "LoadBalancer": Attribute(address="LoadBalancer", name="LoadBalancerFullName"),
            "TargetGroup": Attribute(address=group, name="TargetGroupFullName"),
        },
        threshold=_ERRORS,
        minutes=_MINUTES,
        statistic="Sum",
    )
    return alarm(
        setting,
        watch,
        address=service_address(service, "ErrorsAlarm"),
        description=f"service {service} answers with errors of its own",
        layer=service,
        origin=(f"service:{service}",),
    )
