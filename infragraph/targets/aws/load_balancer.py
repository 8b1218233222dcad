"""The load balancer: https in front of public and auth paths, and of nothing else."""

from collections.abc import Iterator

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
from infragraph.targets.aws.load_balancer_checks import findings
from infragraph.targets.aws.load_balancer_routes import exposed_services
from infragraph.targets.aws.load_balancer_targets import NOT_FOUND, targets
from infragraph.targets.aws.planned import NOTHING, Planned
from infragraph.targets.aws.shared import (
    Setting,
    access_logs_bucket,
    load_balancer_security_group,
    public_subnets,
    tags,
)

_TLS = "ELBSecurityPolicy-TLS13-1-2-2021-06"

_IN_PREVIEWS = {
    "CKV_AWS_91": "a preview keeps no access logs: it leaves nothing",
    "CKV_AWS_150": "a preview is deleted at any time",
}


def plan_load_balancer(setting: Setting) -> Planned:
    """Listeners, or rules on one that exists, and what they lead to; nothing if all is private."""
    if not exposed_services(setting):
        return NOTHING
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
            *targets(setting),
        ),
        parameters=own.parameters,
        outputs=own.outputs,
        diagnostics=tuple(findings(setting)),
    )


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
            "DefaultActions": (NOT_FOUND,),
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


def _url(setting: Setting) -> PlanValue:
    if setting.environment.domain is not None:
        return f"https://{setting.environment.domain}"
    return Joined(parts=("https://", Attribute(address="LoadBalancer", name="DNSName")))
