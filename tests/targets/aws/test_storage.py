"""Databases, buckets, secrets and records on AWS."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from infragraph.model.environment import Environment, Size
from infragraph.model.graph import Node
from infragraph.model.plan import Attribute, Joined, Retention
from infragraph.targets.aws.addresses import address
from infragraph.targets.aws.audit import plan_audit
from infragraph.targets.aws.bucket import plan_bucket
from infragraph.targets.aws.database import plan_databases
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.secret import plan_secret
from infragraph.targets.aws.shared import Setting
from tests.targets.aws import settings
from tests.targets.aws.inside import inside, statements

DATABASE = "db-ABCDEFGHIJKL01234@main.abc.eu-west-1.rds.amazonaws.com:6432/stock"


def application(bucket: str = "", topic: str = "") -> Mapping[str, str]:
    return {
        "shop.py": f"""\
from dataclasses import dataclass

from infragraph import Bucket, Secret, Service, SQLDatabase, Topic

shop = Service("shop")
stock = SQLDatabase("stock-levels", migrations=None, shared_with=("mail-room",))
photos = Bucket("photos"{bucket})
key = Secret("STRIPE_KEY")


@dataclass(frozen=True)
class Order:
    customer: str


orders = Topic[Order]("orders"{topic})


@shop.get("/photos/{{name}}", access="public")
async def photo(name: str) -> str:
    await stock.fetch("select from levels")
    await orders.publish(Order(key.get()))
    return (await photos.download(name)).decode()
""",
        "mail.py": """\
from infragraph import Service

from shop import stock

mail = Service("mail-room")


@mail.cron("count", every="1h")
async def count() -> None:
    await stock.fetch("select * from levels")
""",
    }


def test_all_databases_are_logical_ones_of_one_protected_instance() -> None:
    setting = settings.setting(application())

    planned = plan_databases(setting)

    instance = settings.resource(planned, "DatabaseInstance")
    assert instance.retention is Retention.SNAPSHOT
    wanted = {
        "DeletionProtection": True,
        "EnableIAMDatabaseAuthentication": True,
        "ManageMasterUserPassword": True,
        "MultiAZ": True,
        "PubliclyAccessible": False,
        "StorageEncrypted": True,
    }
    assert {name: instance.properties[name] for name in wanted} == wanted
    parameters = settings.resource(planned, "DatabaseParameters").properties
    assert inside(parameters, "Parameters", "rds.force_ssl") == "1"
    assert address(setting, _node(setting, "database:stock-levels")) == {
        "host": Attribute(address="DatabaseInstance", name="Endpoint.Address"),
        "port": 5432,
        "name": "stock_levels",
        "users": {"mail-room": "svc_mail_room", "shop": "svc_shop"},
        "login": "rds-iam",
        "region": "eu-west-1",
    }


def test_the_database_of_a_preview_costs_nothing_while_idle_and_leaves_nothing() -> None:
    setting = settings.setting(application(), _sized(Size.PREVIEW))

    planned = plan_databases(setting)

    cluster = settings.resource(planned, "DatabaseCluster")
    assert cluster.retention is Retention.DELETE
    assert cluster.properties["DeletionProtection"] is False
    assert inside(cluster.properties, "ServerlessV2ScalingConfiguration", "MinCapacity") == 0
    found = address(setting, _node(setting, "database:stock-levels"))
    assert found["host"] == Attribute(address="DatabaseCluster", name="Endpoint.Address")


def test_a_database_that_exists_is_not_made_and_is_found_where_it_is() -> None:
    environment = replace(settings.PRODUCTION, bindings={"database:stock-levels": DATABASE})
    setting = settings.setting(application(), environment)

    assert plan_databases(setting) == Planned()
    found = address(setting, _node(setting, "database:stock-levels"))
    assert (found["host"], found["port"], found["name"]) == (
        "main.abc.eu-west-1.rds.amazonaws.com",
        6432,
        "stock",
    )


def test_a_bucket_is_private_encrypted_and_takes_nothing_without_tls() -> None:
    setting = settings.setting(application())

    bucket, policy = plan_bucket(setting, _node(setting, "bucket:photos")).resources

    blocked = inside(bucket.properties, "PublicAccessBlockConfiguration")
    assert set(blocked.values()) == {True}
    assert bucket.retention is Retention.RETAIN
    assert "VersioningConfiguration" not in bucket.properties
    assert [it["Sid"] for it in statements(policy)] == ["TlsOnly"]


def test_a_public_bucket_lets_everybody_read_objects_and_do_nothing_else() -> None:
    setting = settings.setting(application(bucket=", public=True, versioned=True"))

    bucket, policy = plan_bucket(setting, _node(setting, "bucket:photos")).resources

    assert bucket.properties["PublicAccessBlockConfiguration"] == {
        "BlockPublicAcls": True,
        "BlockPublicPolicy": False,
        "IgnorePublicAcls": True,
        "RestrictPublicBuckets": False,
    }
    assert bucket.properties["VersioningConfiguration"] == {"Status": "Enabled"}
    assert statements(policy)[1] == {
        "Sid": "EverybodyReads",
        "Effect": "Allow",
        "Principal": "*",
        "Action": ("s3:GetObject",),
        "Resource": (Joined(parts=(Attribute(address="PhotosBucket", name="Arn"), "/*")),),
    }


def test_a_secret_is_made_empty_and_stays() -> None:
    setting = settings.setting(application())

    (secret,) = plan_secret(setting, _node(setting, "secret:STRIPE_KEY")).resources

    assert secret.address == "StripeKeySecret"
    assert secret.retention is Retention.RETAIN
    assert sorted(secret.properties) == ["Description", "KmsKeyId", "Tags"]


@pytest.mark.parametrize(
    ("node", "given", "expected"),
    [
        ("bucket:photos", "our-photos", {"bucket": "our-photos", "region": "eu-west-1"}),
        (
            "secret:STRIPE_KEY",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:stripe-a1B2c3",
            {"arn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:stripe-a1B2c3"},
        ),
        (
            "topic:orders",
            "arn:aws:sns:eu-west-1:123456789012:orders",
            {"arn": "arn:aws:sns:eu-west-1:123456789012:orders", "fifo": False},
        ),
        (
            "cron:count",
            "arn:aws:sqs:eu-west-1:123456789012:counts",
            {"queue_url": "https://sqs.eu-west-1.amazonaws.com/123456789012/counts"},
        ),
    ],
)
def test_what_exists_is_found_by_the_address_that_it_is_bound_to(
    node: str, given: str, expected: Mapping[str, object]
) -> None:
    environment = replace(settings.PRODUCTION, bindings={node: given})
    setting = settings.setting(application(), environment)

    assert address(setting, _node(setting, node)) == expected


def test_a_topic_that_keeps_a_record_sends_every_message_to_one_bucket() -> None:
    setting = settings.setting(application(topic=", audit=True"))

    planned = plan_audit(setting)

    assert settings.addresses(planned) == [
        "AuditBucket",
        "AuditBucketPolicy",
        "AuditSenderRole",
        "AuditWriterRole",
        "OrdersAuditStream",
        "OrdersAuditSubscription",
    ]
    assert settings.resource(planned, "AuditBucket").retention is Retention.RETAIN
    assert plan_audit(settings.setting(application())) == Planned()


def _node(setting: Setting, name: str) -> Node:
    return next(node for node in setting.graph.nodes if node.id == name)


def _sized(size: Size) -> Environment:
    return replace(settings.PRODUCTION, size=size)
