from dataclasses import replace

from infragraph.model.environment import Collector, Grant
from infragraph.model.plan import Attribute, Joined, Parameter, Permission, PlannedResource
from infragraph.targets.aws.roles import role, statement
from infragraph.targets.aws.roles_of_service import service_roles, statements
from infragraph.targets.aws.shared import ACCOUNT, PARTITION, REGION
from infragraph.targets.aws.task_secrets import plan_start_secrets, start_secrets
from tests.targets.aws import inside
from tests.targets.aws.applications import SHOP, Drawn, application
from tests.targets.aws.settings import PRODUCTION, addresses, resource, setting

NAME = "OTLP_HEADERS"


def _permission(ground: str, action: str, thing: str, **condition: str) -> Permission:
    return Permission(
        service="users",
        actions=(action,),
        resources=(Attribute(address=thing),),
        ground=ground,
        why="because",
        condition=condition,
    )


def test_what_is_allowed_alike_is_one_statement() -> None:
    assert statements(
        [
            _permission("edge", "sns:Publish", "Signups"),
            _permission("edge", "sns:Publish", "Orders"),
            _permission("edge", "sns:Publish", "Signups"),
            _permission("kind", "sns:Publish", "Relayed"),
            _permission("edge", "sns:Publish", "Late", until="tomorrow"),
        ]
    ) == (
        statement(
            "Edge1", ("sns:Publish",), (Attribute(address="Signups"), Attribute(address="Orders"))
        ),
        statement("Kind2", ("sns:Publish",), (Attribute(address="Relayed"),)),
        statement("Edge3", ("sns:Publish",), (Attribute(address="Late"),), {"until": "tomorrow"}),
    )


def test_a_role_is_assumed_for_this_account_and_goes_no_further_than_the_boundary() -> None:
    lowered = setting(SHOP)

    made = role(
        lowered,
        address="Role",
        principal="scheduler.amazonaws.com",
        policy="send",
        statements=(),
        layer="data",
    )

    boundary = (":iam::", ACCOUNT, ":policy/infragraph/app/boundary")
    assert made == PlannedResource(
        address="Role",
        type="AWS::IAM::Role",
        layer="data",
        properties={
            "AssumeRolePolicyDocument": {
                "Version": "2012-10-17",
                "Statement": (
                    {
                        "Sid": "Assume",
                        "Effect": "Allow",
                        "Principal": {"Service": "scheduler.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                        "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
                    },
                ),
            },
            "Path": "/infragraph/app/",
            "PermissionsBoundary": Joined(parts=("arn:", PARTITION, *boundary)),
            "Tags": (
                {"Key": "infragraph:app", "Value": "app"},
                {"Key": "infragraph:env", "Value": "prod"},
            ),
        },
    )


def test_what_starts_a_task_pulls_its_image_and_opens_its_log() -> None:
    execution, _ = service_roles(setting(application([Drawn(name="one", has_cron=True)])), "one")

    policies = execution.properties["Policies"]
    repository = ("repository/", Parameter(name="ImageRepository"))
    here = ("arn:", PARTITION, ":ecr:", REGION, ":", ACCOUNT, ":")
    assert policies == (
        {
            "PolicyName": "start",
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": (
                    statement("PullToken", ("ecr:GetAuthorizationToken",), ("*",)),
                    statement(
                        "Pull",
                        (
                            "ecr:BatchCheckLayerAvailability",
                            "ecr:BatchGetImage",
                            "ecr:GetDownloadUrlForLayer",
                        ),
                        (Joined(parts=(*here, *repository)),),
                    ),
                    statement(
                        "Log",
                        ("logs:CreateLogStream", "logs:PutLogEvents"),
                        (Attribute(address="OneServiceLogGroup", name="Arn"),),
                    ),
                ),
            },
        },
    )


def test_a_grant_is_a_statement_that_ends() -> None:
    grant = Grant(
        actions=("ses:SendEmail",), resources=("arn:aws:ses:x",), reason="mail", expiry="2027-01-31"
    )
    lowered = setting(SHOP, replace(PRODUCTION, grants={"mails": (grant,)}))

    _, code = service_roles(lowered, "mails")

    assert inside.statements(code)[-1] == statement(
        f"Grant{len(inside.statements(code))}",
        ("ses:SendEmail",),
        ("arn:aws:ses:x",),
        {"DateLessThanEquals": {"aws:CurrentTime": "2027-01-31T23:59:59Z"}},
    )


def test_services_that_call_each_other_hold_a_key_to_sign_with() -> None:
    files = application(
        [
            Drawn(name="one", access=["public"], calls=["two"]),
            Drawn(name="two"),
            Drawn(name="three", has_cron=True),
        ]
    )
    lowered = setting(files)

    key = {"INFRAGRAPH_SIGNING_KEY": Attribute(address="SigningKey")}
    assert [dict(start_secrets(lowered, it)) for it in ("one", "two", "three")] == [key, key, {}]
    assert resource(plan_start_secrets(lowered), "SigningKey").properties[
        "GenerateSecretString"
    ] == {"PasswordLength": 64, "ExcludePunctuation": True}


def test_headers_of_the_collector_are_an_empty_secret_or_the_declared_one() -> None:
    collector = Collector(endpoint="https://otel.example.com", headers_secret=NAME)
    files = {
        "one.py": """\
from infragraph import Secret, Service

one = Service("one")
headers = Secret("OTLP_HEADERS")


@one.get("/", access="public")
async def home() -> str:
    return headers.get()
"""
    }
    plain = application([Drawn(name="one", has_cron=True)])
    environment = replace(PRODUCTION, collector=collector)

    made = plan_start_secrets(setting(plain, environment))
    declared = setting(files, environment)

    assert addresses(made) == ["CollectorHeaders"]
    assert made.outputs == {"CollectorHeadersSecret": Attribute(address="CollectorHeaders")}
    assert addresses(plan_start_secrets(declared)) == []
    assert start_secrets(declared, "one") == {
        "OTEL_EXPORTER_OTLP_HEADERS": Attribute(address="OtlpHeadersSecret")
    }
