"""What services may do on AWS: what their edges ask for, and no more than the table adds."""

import inspect
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from infragraph.model.environment import Grant
from infragraph.model.plan import Attribute, Joined, Permission
from infragraph.sdk.bucket import Bucket
from infragraph.targets.aws import needs
from infragraph.targets.aws.permissions import service_permissions
from infragraph.targets.aws.shared import ACCOUNT, PARTITION, REGION
from tests.targets.aws import settings

APPLICATION: Mapping[str, str] = {
    "shop.py": """\
from dataclasses import dataclass

from infragraph import Bucket, Secret, Service, SQLDatabase, Topic

shop = Service("shop")
stock = SQLDatabase("stock", migrations=None, shared_with=("mail",))
photos = Bucket("photos")
key = Secret("STRIPE_KEY")


@dataclass(frozen=True)
class Order:
    customer: str


orders = Topic[Order]("orders")


@shop.post("/orders", access="public")
async def order() -> None:
    await orders.publish(Order(key.get()))
    await photos.upload("a", b"")
    [it async for it in photos.list()]
""",
    "mail.py": """\
from dataclasses import dataclass

from infragraph import Service, Topic

from shop import Order, orders, stock

mail = Service("mail")


@dataclass(frozen=True)
class Letter:
    text: str


letters = Topic[Letter]("letters")


@mail.subscribe(orders, "write", inbox=stock)
async def write(order: Order) -> None:
    await letters.publish(Letter(order.customer))
""",
}

Told: TypeAlias = tuple[str, tuple[str, ...], tuple[object, ...]]


def test_a_service_may_do_what_its_edges_ask_for() -> None:
    setting = settings.setting(APPLICATION)
    bucket = Attribute(address="PhotosBucket", name="Arn")

    found = [_told(it) for it in service_permissions(setting, "shop") if it.ground == "edge"]

    assert found == [
        ("shop publishes topic:orders", ("sns:Publish",), (Attribute(address="OrdersTopic"),)),
        (
            "shop reads secret:STRIPE_KEY",
            ("secretsmanager:GetSecretValue",),
            (Attribute(address="StripeKeySecret"),),
        ),
        (
            "shop stores bucket:photos",
            ("s3:AbortMultipartUpload", "s3:PutObject"),
            (Joined(parts=(bucket, "/*")),),
        ),
        ("shop stores bucket:photos", ("s3:ListBucket",), (bucket,)),
    ]


def test_every_permission_of_an_edge_tells_where_the_source_asks_for_it() -> None:
    setting = settings.setting(APPLICATION)

    found = [
        [f"{it.span.path}:{it.span.line}" for it in permission.evidence]
        for permission in service_permissions(setting, "shop")
        if permission.ground == "edge"
    ]

    assert found == [
        ["shop.py:21"],
        ["shop.py:21"],
        ["shop.py:22", "shop.py:23"],
        ["shop.py:22", "shop.py:23"],
    ]


def test_an_owner_relays_what_others_leave_in_its_database() -> None:
    setting = settings.setting(APPLICATION)

    found = [_told(it) for it in service_permissions(setting, "shop") if it.ground == "kind"]

    key = (Attribute(address="AppKey", name="Arn"),)
    assert found == [
        (needs.OWNED_DATABASE.why, ("rds-db:connect",), (_login("shop"),)),
        (needs.RELAY.why, ("sns:Publish",), (Attribute(address="LettersTopic"),)),
        (needs.TOPIC_KEY.why, needs.TOPIC_KEY.actions, key),
        (needs.BUCKET_KEY.why, needs.BUCKET_KEY.actions, key),
        (needs.SECRET_KEY.why, needs.SECRET_KEY.actions, key),
    ]


def test_a_consumer_receives_rejects_and_records_in_its_inbox() -> None:
    setting = settings.setting(APPLICATION)

    found = [_told(it)[:2] for it in service_permissions(setting, "mail")]

    assert found == [
        ("mail receives subscription:orders/write", needs.RECEIVE),
        ("mail publishes topic:letters", ("sns:Publish",)),
        ("mail queries database:stock", ("rds-db:connect",)),
        (needs.DEAD_LETTERS.why, ("sqs:SendMessage",)),
        (needs.TOPIC_KEY.why, needs.TOPIC_KEY.actions),
        (needs.QUEUE_KEY.why, needs.QUEUE_KEY.actions),
    ]


def test_the_key_is_used_through_one_service_of_aws_at_a_time() -> None:
    setting = settings.setting(APPLICATION)

    found = [
        permission.condition
        for permission in service_permissions(setting, "shop")
        if "kms:Decrypt" in permission.actions
    ]

    assert found == [
        {"StringEquals": {"kms:ViaService": Joined(parts=(f"{it}.", REGION, ".amazonaws.com"))}}
        for it in ("sns", "s3", "secretsmanager")
    ]


def test_what_an_edge_asks_for_is_not_told_again_as_a_need() -> None:
    reading = APPLICATION["shop.py"].replace(
        'await photos.upload("a", b"")',
        'await photos.download("a")\n    await stock.execute("delete from levels")',
    )
    setting = settings.setting({**APPLICATION, "shop.py": reading})

    found = [_told(it)[:2] for it in service_permissions(setting, "shop")]

    assert ("shop stores bucket:photos", ("s3:ListBucket",)) in found
    assert ("shop queries database:stock", ("rds-db:connect",)) in found
    assert not {needs.MISSING_OBJECTS.why, needs.OWNED_DATABASE.why} & {why for why, _ in found}


def test_a_grant_ends_when_it_says() -> None:
    grant = Grant(
        actions=("ses:SendEmail",),
        resources=("arn:aws:ses:eu-west-1:123456789012:identity/example.com",),
        reason="letters are mailed",
        expiry="2027-01-31",
    )
    environment = replace(settings.PRODUCTION, grants={"mail": (grant,)})
    setting = settings.setting(APPLICATION, environment)

    assert service_permissions(setting, "mail")[-1] == Permission(
        service="mail",
        actions=("ses:SendEmail",),
        resources=("arn:aws:ses:eu-west-1:123456789012:identity/example.com",),
        ground="grant",
        why="letters are mailed",
        condition={"DateLessThanEquals": {"aws:CurrentTime": "2027-01-31T23:59:59Z"}},
    )


def test_every_verb_of_a_bucket_has_its_actions() -> None:
    members = inspect.getmembers(Bucket, callable)
    verbs = {name for name, _ in members if not name.startswith("_")}

    assert set(needs.OBJECTS) == verbs


def test_no_need_is_without_a_reason_or_with_a_wildcard() -> None:
    assert all(need.why and need.on for need in needs.NEEDS)
    assert not [it for need in needs.NEEDS for it in need.actions if "*" in it]


def _told(permission: Permission) -> Told:
    return permission.why, permission.actions, tuple(permission.resources)


def _login(service: str) -> Joined:
    resource = Attribute(address="DatabaseInstance", name="DbiResourceId")
    return Joined(
        parts=(
            "arn:",
            PARTITION,
            ":rds-db:",
            REGION,
            ":",
            ACCOUNT,
            ":dbuser:",
            resource,
            f"/svc_{service}",
        )
    )
