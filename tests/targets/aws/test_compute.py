"""What holds for all that an application runs on, whatever it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infragraph.diagnostics.diagnostic import Severity
from infragraph.model.environment import Collector, Environment, Size
from infragraph.model.plan import (
    Attribute,
    Joined,
    Parameter,
    Plan,
    PlannedResource,
    PlanValue,
    Retention,
)
from infragraph.targets.aws.compute import plan_compute
from infragraph.targets.aws.key import plan_key
from infragraph.targets.aws.lowering import lower
from infragraph.targets.aws.planned import NOTHING
from tests.targets.aws.applications import SHOP, Drawn, application, drawn_services
from tests.targets.aws.inside import inside, statements
from tests.targets.aws.settings import PRODUCTION, resource, setting

REUSING = replace(
    PRODUCTION,
    network="vpc-0a1b2c3d",
    cluster="apps",
    listener="arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/edge/1/2",
    kms_key="arn:aws:kms:eu-west-1:123456789012:key/0a1b",
    alarms_to="arn:aws:sns:eu-west-1:123456789012:oncall",
    domain="shop.example.com",
)
ENVIRONMENTS = {
    "production": replace(
        PRODUCTION,
        alarms_to="oncall@example.com",
        collector=Collector(endpoint="https://otel.example.com", headers_secret="HEADERS"),  # noqa: S106
        isolated_crons=frozenset({"tidy"}),
    ),
    "small": replace(PRODUCTION, size=Size.SMALL),
    "preview": replace(PRODUCTION, size=Size.PREVIEW),
    "reusing": REUSING,
}


def _plan(environment: Environment) -> Plan:
    plan, found = lower(setting(SHOP, environment).graph, environment)
    assert found == ()
    return plan


@settings(max_examples=40, deadline=None)
@given(drawn_services(), st.sampled_from(sorted(ENVIRONMENTS)))
def test_whatever_an_application_is_its_plan_is_whole(drawn: Sequence[Drawn], name: str) -> None:
    environment = ENVIRONMENTS[name]
    lowered = setting(application(drawn), environment)

    plan, found = lower(lowered.graph, environment)

    assert [it.message for it in found if it.severity is Severity.ERROR] == []
    known = [it.address for it in plan.resources]
    assert len(set(known)) == len(known)
    assert _mentioned(plan) - set(known) == set()
    assert _parameters(plan) == {it.name for it in plan.parameters}
    assert sorted(plan.addresses) == sorted(
        node.id for node in lowered.graph.nodes if node.kind not in {"endpoint", "external"}
    )


@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_everything_that_is_mentioned_is_there(environment: Environment) -> None:
    plan = _plan(environment)

    assert _mentioned(plan) - {it.address for it in plan.resources} == set()


@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_every_parameter_is_used_and_every_used_one_is_given(environment: Environment) -> None:
    plan = _plan(environment)

    assert _parameters(plan) == {it.name for it in plan.parameters}


@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_a_layer_mentions_no_later_one(environment: Environment) -> None:
    """Network, then data, then services: the order in which stacks are made."""
    plan = _plan(environment)

    rank = {"network": 0, "data": 1}
    ranks = {it.address: rank.get(it.layer, 2) for it in plan.resources}
    layers = {it.address: it.layer for it in plan.resources}
    for it in plan.resources:
        for other in _found(it.properties):
            if isinstance(other, Attribute):
                assert ranks[other.address] <= ranks[it.address], (it.address, other)
                if ranks[other.address] == 2:
                    assert layers[other.address] == it.layer, (it.address, other)


def test_beside_what_exists_nothing_of_it_is_made() -> None:
    made = {it.type for it in plan_compute(setting(SHOP, REUSING)).resources}

    assert (
        made
        & {
            "AWS::EC2::VPC",
            "AWS::EC2::Subnet",
            "AWS::ECS::Cluster",
            "AWS::ElasticLoadBalancingV2::Listener",
            "AWS::ElasticLoadBalancingV2::LoadBalancer",
            "AWS::KMS::Key",
            "AWS::SNS::Topic",
        }
        == set()
    )


def test_a_preview_leaves_nothing_when_it_is_deleted() -> None:
    planned = plan_compute(setting(SHOP, ENVIRONMENTS["preview"]))

    assert {it.retention for it in planned.resources} == {Retention.DELETE}


def test_elsewhere_what_holds_data_stays() -> None:
    planned = plan_compute(setting(SHOP, ENVIRONMENTS["production"]))

    assert {it.type for it in planned.resources if it.retention is Retention.RETAIN} == {
        "AWS::KMS::Key",
        "AWS::Logs::LogGroup",
        "AWS::S3::Bucket",
        "AWS::SecretsManager::Secret",
    }


def test_the_key_is_used_for_this_account_by_what_delivers_and_logs() -> None:
    environment = replace(
        PRODUCTION, bindings={"topic:signups": "arn:aws:sns:eu-west-1:210987654321:signups"}
    )

    key = resource(plan_key(setting(SHOP, environment)), "AppKey")

    found = inside(key.properties, "KeyPolicy", "Statement")
    assert [it["Sid"] for it in found] == ["AccountAdministers", "Deliver", "Logs"]
    assert found[1]["Condition"] == {
        "StringEquals": {
            "aws:SourceAccount": (Parameter(name="AWS::AccountId"), "210987654321"),
        }
    }
    assert found[2]["Condition"]["ArnLike"]["kms:EncryptionContext:aws:logs:arn"].parts[-1] == (
        "log-group:/infragraph/app/prod/*"
    )
    assert plan_key(setting(SHOP, REUSING)) == NOTHING


def test_who_is_told_of_alarms_gets_mail_of_alarms_alone() -> None:
    planned = plan_compute(setting(SHOP, ENVIRONMENTS["production"]))

    assert resource(planned, "AlarmReceiverEmail") == PlannedResource(
        address="AlarmReceiverEmail",
        type="AWS::SNS::Subscription",
        layer="data",
        properties={
            "TopicArn": Attribute(address="AlarmReceiver"),
            "Protocol": "email",
            "Endpoint": "oncall@example.com",
        },
    )
    found = statements(resource(planned, "AlarmReceiverPolicy"))
    assert [(it["Effect"], it["Principal"]) for it in found] == [
        ("Allow", {"Service": "cloudwatch.amazonaws.com"}),
        ("Deny", "*"),
    ]


def test_databases_are_created_by_the_one_task_that_may_read_the_administrators_password() -> None:
    planned = plan_compute(setting(SHOP))

    readers = [
        it.address
        for it in planned.resources
        if it.type == "AWS::IAM::Role" and "MasterUserSecret" in str(it.properties)
    ]
    task = resource(planned, "DatabaseBootstrapTask")
    assert readers == ["DatabaseBootstrapRole"]
    assert inside(task.properties, "ContainerDefinitions", 0, "Command") == (
        "db",
        "bootstrap",
        "--config",
        "infragraph.runtime.prod.json",
    )
    assert "JobImageDigest" in str(inside(task.properties, "ContainerDefinitions", 0, "Image"))
    migrate = resource(planned, "DatabaseMigrateRole")
    assert [it["Action"] for it in statements(migrate)] == [("rds-db:connect",)]
    assert [it.parts[-1] for it in statements(migrate)[0]["Resource"]] == ["/svc_users"]


def test_a_database_that_exists_is_neither_bootstrapped_nor_migrated() -> None:
    files = {
        **SHOP,
        "logs.py": """\
from infragraph import Service, SQLDatabase

logs = Service("logs")
db = SQLDatabase("logs", migrations=None)


@logs.get("/logs", access="public")
async def show() -> None:
    await db.execute("select 1")
""",
    }
    bound = {"database:logs": "db-ABCDEFGHIJKL01234@logs.example.com:5432/logs"}

    planned = plan_compute(setting(files, replace(PRODUCTION, bindings=bound)))

    commands = [
        inside(resource(planned, address).properties, "ContainerDefinitions", 0, "Command")
        for address in ("DatabaseBootstrapTask", "DatabaseMigrateTask")
    ]
    configuration = ("--config", "infragraph.runtime.prod.json")
    assert commands == [
        ("db", verb, *configuration, "--database", "users") for verb in ("bootstrap", "migrate")
    ]


def test_an_application_without_a_database_has_no_jobs() -> None:
    planned = plan_compute(setting(application([Drawn(name="one", has_cron=True)])))

    assert [it.address for it in planned.resources if it.address.startswith("Database")] == [
        "DatabaseSubnetA",
        "DatabaseSubnetARoutes",
        "DatabaseSubnetB",
        "DatabaseSubnetBRoutes",
        "DatabaseRouteTable",
    ]
    assert "JobImageDigest" not in {it.name for it in planned.parameters}


def test_a_called_service_has_a_name_in_the_network() -> None:
    planned = plan_compute(setting(SHOP))

    assert resource(planned, "UsersServiceDiscovery").properties == {
        "Name": "users",
        "DnsConfig": {
            "NamespaceId": Attribute(address="Namespace", name="Id"),
            "RoutingPolicy": "MULTIVALUE",
            "DnsRecords": ({"Type": "A", "TTL": 10},),
        },
        "HealthCheckCustomConfig": {"FailureThreshold": 1},
        "Tags": (
            {"Key": "infragraph:app", "Value": "app"},
            {"Key": "infragraph:env", "Value": "prod"},
            {"Key": "infragraph:service", "Value": "users"},
        ),
    }
    assert planned.addresses == {
        f"service:{name}": {
            "url": f"http://{name}.prod.app.internal:8080",
            "audience": f"service:{name}",
        }
        for name in ("mails", "users")
    }
    assert "MailsServiceDiscovery" not in {it.address for it in planned.resources}


def _mentioned(plan: Plan) -> set[str]:
    """The addresses that any resource refers to or waits for."""
    values = [*(it.properties for it in plan.resources), *plan.outputs.values()]
    named = {it.address for value in values for it in _found(value) if isinstance(it, Attribute)}
    return named | {address for it in plan.resources for address in it.after}


def _parameters(plan: Plan) -> set[str]:
    """The parameters that are used, without those that AWS itself gives."""
    values = [*(it.properties for it in plan.resources), *plan.outputs.values()]
    named = {it.name for value in values for it in _found(value) if isinstance(it, Parameter)}
    return {name for name in named if not name.startswith("AWS::")}


def _found(value: PlanValue) -> Iterator[Attribute | Parameter]:
    match value:
        case Attribute() | Parameter():
            yield value
        case Joined():
            yield from (it for it in value.parts if not isinstance(it, str))
        case Mapping():
            for it in value.values():
                yield from _found(it)
        case Sequence() if not isinstance(value, str):
            for it in value:
                yield from _found(it)
        case _:
            return
