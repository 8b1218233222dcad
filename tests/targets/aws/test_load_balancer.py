from dataclasses import replace

from infragraph.model.environment import Size
from infragraph.model.plan import Attribute, Joined, PlannedParameter, PlannedResource
from infragraph.targets.aws.load_balancer import plan_load_balancer
from infragraph.targets.aws.load_balancer_alarms import plan_request_alarms
from infragraph.targets.aws.load_balancer_logs import plan_access_logs
from infragraph.targets.aws.load_balancer_targets import rule_addresses
from infragraph.targets.aws.planned import NOTHING
from infragraph.targets.aws.shared import ACCOUNT
from tests.targets.aws.applications import SHOP, Drawn, application
from tests.targets.aws.inside import inside, statements
from tests.targets.aws.settings import PRODUCTION, addresses, resource, setting

TAGS = (
    {"Key": "infragraph:app", "Value": "app"},
    {"Key": "infragraph:env", "Value": "prod"},
)
LISTENER = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/edge/1/2"
SHARED = replace(PRODUCTION, network="vpc-0a1b2c3d", listener=LISTENER, domain="shop.example.com")


def test_what_is_public_is_behind_https_and_nothing_else_is() -> None:
    planned = plan_load_balancer(setting(SHOP))

    (rule,) = rule_addresses(setting(SHOP), "users")
    assert addresses(planned) == [
        "HttpListener",
        "HttpsListener",
        "LoadBalancer",
        rule,
        "UsersServiceTargetGroup",
    ]
    options = resource(planned, rule).properties
    assert options["Conditions"] == (
        {"Field": "path-pattern", "PathPatternConfig": {"Values": ("/signup",)}},
    )
    assert options["Actions"] == (
        {"Type": "forward", "TargetGroupArn": Attribute(address="UsersServiceTargetGroup")},
    )
    assert planned.outputs == {
        "Url": Joined(parts=("https://", Attribute(address="LoadBalancer", name="DNSName")))
    }


def test_plain_http_is_sent_to_https() -> None:
    planned = plan_load_balancer(setting(SHOP))

    assert resource(planned, "HttpListener") == PlannedResource(
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
            "Tags": TAGS,
        },
    )


def test_the_load_balancer_is_protected_and_logs() -> None:
    planned = plan_load_balancer(setting(SHOP))

    assert resource(planned, "LoadBalancer") == PlannedResource(
        address="LoadBalancer",
        type="AWS::ElasticLoadBalancingV2::LoadBalancer",
        layer="network",
        after=("AccessLogsBucketPolicy", "InternetGatewayAttachment"),
        properties={
            "Type": "application",
            "Scheme": "internet-facing",
            "IpAddressType": "ipv4",
            "Subnets": (Attribute(address="PublicSubnetA"), Attribute(address="PublicSubnetB")),
            "SecurityGroups": (Attribute(address="LoadBalancerSecurityGroup", name="GroupId"),),
            "LoadBalancerAttributes": (
                {"Key": "routing.http.drop_invalid_header_fields.enabled", "Value": "true"},
                {"Key": "deletion_protection.enabled", "Value": "true"},
                {"Key": "idle_timeout.timeout_seconds", "Value": "60"},
                {"Key": "access_logs.s3.enabled", "Value": "true"},
                {
                    "Key": "access_logs.s3.bucket",
                    "Value": Attribute(address="AccessLogsBucket"),
                },
                {"Key": "access_logs.s3.prefix", "Value": "alb"},
            ),
            "Tags": TAGS,
        },
    )


def test_a_preview_leaves_nothing_behind() -> None:
    lowered = setting(SHOP, replace(PRODUCTION, size=Size.PREVIEW))

    balancer = resource(plan_load_balancer(lowered), "LoadBalancer")

    assert balancer.properties["LoadBalancerAttributes"] == (
        {"Key": "routing.http.drop_invalid_header_fields.enabled", "Value": "true"},
        {"Key": "deletion_protection.enabled", "Value": "false"},
        {"Key": "idle_timeout.timeout_seconds", "Value": "60"},
    )
    assert plan_access_logs(lowered) == NOTHING


def test_on_a_listener_that_exists_there_are_rules_for_our_host() -> None:
    lowered = setting(SHOP, SHARED)

    planned = plan_load_balancer(lowered)

    (rule,) = rule_addresses(lowered, "users")
    assert addresses(planned) == [rule, "UsersServiceTargetGroup"]
    assert resource(planned, rule).properties["ListenerArn"] == LISTENER
    assert resource(planned, rule).properties["Conditions"] == (
        {"Field": "host-header", "HostHeaderConfig": {"Values": ("shop.example.com",)}},
        {"Field": "path-pattern", "PathPatternConfig": {"Values": ("/signup",)}},
    )
    assert planned.parameters == ()
    assert plan_request_alarms(lowered) == NOTHING


def test_what_is_private_has_no_load_balancer() -> None:
    files = application([Drawn(name="one", access=["private"], has_cron=True)])

    assert plan_load_balancer(setting(files)) == NOTHING
    assert plan_access_logs(setting(files)) == NOTHING


def test_the_certificate_is_named_when_the_stack_is_deployed() -> None:
    assert plan_load_balancer(setting(SHOP)).parameters == (
        PlannedParameter(
            name="CertificateArn",
            description="the certificate of the public host name, in Certificate Manager",
            pattern="^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+$",
        ),
    )


def test_a_private_path_within_a_public_one_is_answered_with_404() -> None:
    files = {
        "shop.py": """\
from infragraph import Service

shop = Service("shop")


@shop.get("/orders/{id}", access="public")
async def order(id: str) -> None: ...


@shop.get("/orders/all")
async def every_order() -> None: ...
"""
    }

    planned = plan_load_balancer(setting(files))

    rules = [it.properties for it in planned.resources if it.type.endswith("ListenerRule")]
    said = [
        (it["Conditions"], inside(it, "Actions", 0, "Type"), inside(it, "Priority")) for it in rules
    ]
    get = {
        "Field": "http-request-method",
        "HttpRequestMethodConfig": {"Values": ("GET", "HEAD")},
    }
    assert [(conditions, kind) for conditions, kind, _ in said] == [
        (
            (get, {"Field": "path-pattern", "PathPatternConfig": {"RegexValues": (path,)}}),
            kind,
        )
        for path, kind in ((r"^/orders/all$", "fixed-response"), (r"^/orders/[^/]+$", "forward"))
    ]
    assert said[0][2] < said[1][2]


def test_what_takes_every_path_does_not_take_the_runtimes_own() -> None:
    files = {
        "shop.py": """\
from infragraph import Service

shop = Service("shop")


@shop.get("/{rest:path}", access="public")
async def page(rest: str) -> None: ...
"""
    }

    planned = plan_load_balancer(setting(files))

    rules = [it.properties for it in planned.resources if it.type.endswith("ListenerRule")]
    assert [
        (inside(it, "Conditions", -1, "PathPatternConfig"), inside(it, "Actions", 0, "Type"))
        for it in rules
    ] == [
        ({"RegexValues": (r"^/__infragraph/.*$",)}, "fixed-response"),
        ({"RegexValues": (r"^/.*$",)}, "forward"),
    ]


def test_only_load_balancers_and_buckets_of_the_account_write_access_logs() -> None:
    planned = plan_access_logs(setting(SHOP))

    found = statements(resource(planned, "AccessLogsBucketPolicy"))
    assert [it["Sid"] for it in found] == ["TlsOnly", "LoadBalancerLogs", "BucketLogs"]
    assert [it["Condition"]["StringEquals"] for it in found if it["Effect"] == "Allow"] == [
        {"aws:SourceAccount": ACCOUNT},
        {"aws:SourceAccount": ACCOUNT},
    ]
