"""The load balancer: https in front of public and auth paths, and of nothing else."""

from collections import Counter
from collections.abc import Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.plan import (
    Attribute,
    Joined,
    Parameter,
    PlannedParameter,
    PlannedResource,
    PlanValue,
)
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.lasting import is_disposable
from infragraph.targets.aws.load_balancer_problems import (
    LISTENER_WITHOUT_NETWORK,
    PATH_NOT_ROUTABLE,
    TOO_MANY_RULES,
)
from infragraph.targets.aws.load_balancer_routes import exposed_services, routes
from infragraph.targets.aws.load_balancer_rules import MOST_RULES, Rule, fault, rules
from infragraph.targets.aws.planned import NOTHING, Planned
from infragraph.targets.aws.service_discovery import PORT
from infragraph.targets.aws.shared import (
    Setting,
    access_logs_bucket,
    listener,
    load_balancer_security_group,
    public_subnets,
    service_address,
    tags,
    vpc,
)

_HEALTH = "/__infragraph/ready"
_NOT_FOUND: PlanValue = {
    "Type": "fixed-response",
    "FixedResponseConfig": {
        "StatusCode": "404",
        "ContentType": "application/json",
        "MessageBody": '{"code":"not_found"}',
    },
}
_TLS = "ELBSecurityPolicy-TLS13-1-2-2021-06"

_PLAIN_BEHIND = {
    "CKV_AWS_378": "TLS ends at the load balancer, which alone reaches tasks from outside"
}
_IN_PREVIEWS = {
    "CKV_AWS_91": "a preview keeps no access logs: it leaves nothing",
    "CKV_AWS_150": "a preview is deleted at any time",
}


def plan_load_balancer(setting: Setting) -> Planned:
    """Listeners, or rules on one that exists, and what they lead to; nothing if all is private."""
    exposed = exposed_services(setting)
    if not exposed:
        return NOTHING
    findings = tuple(_findings(setting))
    # What no rule can name is reported, and would be refused by AWS.
    known = rules([route for route in routes(setting) if fault(route) is None])
    own: Planned = NOTHING
    if setting.environment.listener is None:
        own = Planned(
            resources=tuple(_balancer(setting)),
            parameters=(
                PlannedParameter(
                    name="CertificateArn",
                    description="the certificate of the public host name, in Certificate Manager",
                    pattern="^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+$",
                ),
            ),
            outputs={"Url": _url(setting)},
        )
    return Planned(
        resources=(
            *own.resources,
            *(_target_group(setting, service) for service in exposed),
            *(_rule(setting, rule) for rule in known),
        ),
        parameters=own.parameters,
        outputs=own.outputs,
        diagnostics=findings,
    )


def target_group(service: str) -> PlanValue:
    return Attribute(address=service_address(service, "TargetGroup"))


def rule_addresses(setting: Setting, service: str) -> tuple[str, ...]:
    """The rules that lead to a service: before one of them is there, ECS refuses the service."""
    known = rules([route for route in routes(setting) if fault(route) is None])
    return tuple(
        sorted(_address(rule) for rule in known if rule.service == service and not rule.is_closed)
    )


def _findings(setting: Setting) -> Iterator[Diagnostic]:
    exposed = [route for route in routes(setting) if not route.is_private]
    for route in exposed:
        reason = fault(route)
        if reason is not None:
            yield PATH_NOT_ROUTABLE.at(route.span, path=route.path, reason=reason)
    known = rules([route for route in routes(setting) if fault(route) is None])
    spans = {node.name: node.span for node in setting.graph.nodes if node.kind == "service"}
    if len(known) > MOST_RULES:
        by_service = Counter(rule.service for rule in known)
        largest = max(sorted(by_service), key=lambda name: by_service[name])
        yield TOO_MANY_RULES.at(spans[largest], count=len(known), most=MOST_RULES)
    if setting.environment.listener is not None and setting.environment.network is None:
        first = spans[min(route.service for route in exposed)]
        yield LISTENER_WITHOUT_NETWORK.at(first, environment=setting.environment.name)


def _balancer(setting: Setting) -> Iterator[PlannedResource]:
    logs = access_logs_bucket(setting)
    is_kept = not is_disposable(setting)
    attributes: dict[str, PlanValue] = {
        "routing.http.drop_invalid_header_fields.enabled": "true",
        "deletion_protection.enabled": "true" if is_kept else "false",
        "idle_timeout.timeout_seconds": "60",
    }
    if logs is not None:
        attributes |= {
            "access_logs.s3.enabled": "true",
            "access_logs.s3.bucket": logs,
            "access_logs.s3.prefix": "alb",
        }
    after = ("AccessLogsBucketPolicy",) if logs is not None else ()
    gateway = ("InternetGatewayAttachment",) if setting.environment.network is None else ()
    yield PlannedResource(
        address="LoadBalancer",
        type="AWS::ElasticLoadBalancingV2::LoadBalancer",
        layer="network",
        after=(*after, *gateway),
        properties={
            "Type": "application",
            "Scheme": "internet-facing",
            "IpAddressType": "ipv4",
            "Subnets": public_subnets(setting),
            "SecurityGroups": (load_balancer_security_group(),),
            "LoadBalancerAttributes": tuple(
                {"Key": key, "Value": value} for key, value in attributes.items()
            ),
            "Tags": tags(setting),
        },
        notes=skipped({} if is_kept else _IN_PREVIEWS),
    )
    yield PlannedResource(
        address="HttpsListener",
        type="AWS::ElasticLoadBalancingV2::Listener",
        layer="network",
        properties={
            "LoadBalancerArn": Attribute(address="LoadBalancer"),
            "Port": 443,
            "Protocol": "HTTPS",
            "SslPolicy": _TLS,
            "Certificates": ({"CertificateArn": Parameter(name="CertificateArn")},),
            "DefaultActions": (_NOT_FOUND,),
            "Tags": tags(setting),
        },
    )
    yield PlannedResource(
        address="HttpListener",
        type="AWS::ElasticLoadBalancingV2::Listener",
        layer="network",
        properties={
            "LoadBalancerArn": Attribute(address="LoadBalancer"),
            "Port": 80,
            "Protocol": "HTTP",
            "DefaultActions": (
                {
                    "Type": "redirect",
                    "RedirectConfig": {
                        "Protocol": "HTTPS",
                        "Port": "443",
                        "StatusCode": "HTTP_301",
                    },
                },
            ),
            "Tags": tags(setting),
        },
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
                _NOT_FOUND
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


def _url(setting: Setting) -> PlanValue:
    if setting.environment.domain is not None:
        return f"https://{setting.environment.domain}"
    return Joined(parts=("https://", Attribute(address="LoadBalancer", name="DNSName")))
