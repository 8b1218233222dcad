"""Where a listener leads: the targets of each exposed service, and the rules that lead there."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from infragraph.model.plan import Attribute, PlannedResource, PlanValue
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.load_balancer_routes import exposed_services, routes
from infragraph.targets.aws.load_balancer_rules import Rule, fault, rules
from infragraph.targets.aws.service_discovery import PORT
from infragraph.targets.aws.shared import Setting, listener, service_address, tags, vpc

NOT_FOUND: PlanValue = {
    "Type": "fixed-response",
    "FixedResponseConfig": {
        "StatusCode": "404",
        "ContentType": "application/json",
        "MessageBody": '{"code":"not_found"}',
    },
}
_HEALTH = "/__infragraph/ready"
_PLAIN_BEHIND = {
    "CKV_AWS_378": "TLS ends at the load balancer, which alone reaches tasks from outside"
}


def targets(setting: Setting) -> tuple[PlannedResource, ...]:
    return (
        *(_target_group(setting, service) for service in exposed_services(setting)),
        *(_rule(setting, rule) for rule in known_rules(setting)),
    )


@lru_cache(maxsize=1)
def known_rules(setting: Setting) -> tuple[Rule, ...]:
    """Without those of paths that no rule can name, which AWS would refuse."""
    return rules([route for route in routes(setting) if fault(route) is None])


def target_group(service: str) -> PlanValue:
    return Attribute(address=service_address(service, "TargetGroup"))


def rule_addresses(setting: Setting, service: str) -> tuple[str, ...]:
    """The rules that lead to a service: before one of them is there, ECS refuses the service."""
    return tuple(
        sorted(
            _address(rule)
            for rule in known_rules(setting)
            if rule.service == service and not rule.is_closed
        )
    )


def _target_group(setting: Setting, service: str) -> PlannedResource:
    return PlannedResource(
        address=service_address(service, "TargetGroup"),
        type="AWS::ElasticLoadBalancingV2::TargetGroup",
        layer=service,
        origin=(f"service:{service}",),
        properties={
            "VpcId": vpc(setting),
            "TargetType": "ip",
            "Protocol": "HTTP",
            "Port": PORT,
            "HealthCheckPath": _HEALTH,
            "HealthCheckIntervalSeconds": 10,
            "HealthCheckTimeoutSeconds": 5,
            "HealthyThresholdCount": 2,
            "UnhealthyThresholdCount": 3,
            "Matcher": {"HttpCode": "200"},
            "TargetGroupAttributes": (
                {"Key": "deregistration_delay.timeout_seconds", "Value": "30"},
                {"Key": "load_balancing.algorithm.type", "Value": "least_outstanding_requests"},
            ),
            "Tags": tags(setting, service=service),
        },
        notes=skipped(_PLAIN_BEHIND),
    )


def _rule(setting: Setting, rule: Rule) -> PlannedResource:
    return PlannedResource(
        address=_address(rule),
        type="AWS::ElasticLoadBalancingV2::ListenerRule",
        layer=rule.service,
        origin=(f"service:{rule.service}",),
        properties={
            "ListenerArn": listener(setting),
            "Priority": rule.priority,
            "Conditions": tuple(_conditions(setting, rule)),
            "Actions": (
                NOT_FOUND
                if rule.is_closed
                else {"Type": "forward", "TargetGroupArn": target_group(rule.service)},
            ),
            "Tags": tags(setting, service=rule.service),
        },
    )


def _conditions(setting: Setting, rule: Rule) -> Iterator[Mapping[str, PlanValue]]:
    # Others' rules stand on a listener that exists: ours speak of our host alone.
    domain = setting.environment.domain
    if setting.environment.listener is not None and domain is not None:
        yield {"Field": "host-header", "HostHeaderConfig": {"Values": (domain,)}}
    if rule.methods:
        yield {
            "Field": "http-request-method",
            "HttpRequestMethodConfig": {"Values": rule.methods},
        }
    paths: Mapping[str, PlanValue] = (
        {"Values": rule.patterns} if rule.patterns else {"RegexValues": rule.regexes}
    )
    yield {"Field": "path-pattern", "PathPatternConfig": paths}


def _address(rule: Rule) -> str:
    """By what the rule says: another rule is another resource, so that no two swap places."""
    return service_address(rule.service, f"Rule{rule.digest[:8]}")
