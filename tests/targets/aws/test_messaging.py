"""Topics, subscriptions and crons on AWS."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from infragraph.model.environment import Environment
from infragraph.model.graph import Node
from infragraph.model.plan import Attribute, PlannedResource, PlanValue, Retention
from infragraph.targets.aws.cron import plan_cron
from infragraph.targets.aws.cron_queue import plan_cron_queue
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.shared import Setting
from infragraph.targets.aws.subscription import oldest, plan_subscription
from infragraph.targets.aws.topic import plan_topic
from tests.targets.aws import settings
from tests.targets.aws.inside import inside, statements

KEY = Attribute(address="AppKey", name="Arn")
EXTERNAL = "arn:aws:sns:us-east-1:999999999999:orders"


def application(
    topic: str = "", subscription: str = "", cron: str = 'every="1h"'
) -> Mapping[str, str]:
    return {
        "shop.py": f"""\
from dataclasses import dataclass

from infragraph import Attribute, Retry, Service, Topic

shop = Service("shop")


@dataclass(frozen=True)
class Order:
    customer: str
    country: Attribute[str]


orders = Topic[Order]("orders"{topic})


@shop.cron("reorder", {cron})
async def reorder() -> None:
    await orders.publish(Order("1", "NL"))


@shop.subscribe(orders, "ship"{subscription})
async def ship(order: Order) -> None: ...
"""
    }


def test_a_topic_is_encrypted_and_takes_nothing_without_tls() -> None:
    setting = settings.setting(application())

    planned = plan_topic(setting, _node(setting, "topic:orders"))

    assert settings.addresses(planned) == ["OrdersTopic", "OrdersTopicPolicy"]
    topic, policy = planned.resources
    assert topic.properties == {"KmsMasterKeyId": KEY, "Tags": _tags("shop", "topic:orders")}
    assert policy.properties["PolicyDocument"] == {
        "Version": "2012-10-17",
        "Statement": (
            {
                "Sid": "TlsOnly",
                "Effect": "Deny",
                "Principal": "*",
                "Action": ("sns:Publish",),
                "Resource": (Attribute(address="OrdersTopic"),),
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            },
        ),
    }


@pytest.mark.parametrize(
    "option",
    [', ordering_key="customer"', ', ordering_key="customer", delivery="exactly-once"'],
)
def test_order_or_exactly_once_makes_a_topic_and_both_queues_fifo(option: str) -> None:
    setting = settings.setting(application(topic=option))

    topic = plan_topic(setting, _node(setting, "topic:orders")).resources[0]
    queues = plan_subscription(setting, _node(setting, "subscription:orders/ship"))

    assert {name: topic.properties[name] for name in sorted(topic.properties)[:3]} == {
        "ContentBasedDeduplication": False,
        "FifoThroughputScope": "MessageGroup",
        "FifoTopic": True,
    }
    assert topic.properties["TopicName"] == "app_prod_orders.fifo"
    queue = settings.resource(queues, "OrdersShipQueue").properties
    assert queue["QueueName"] == "app_prod_orders_ship.fifo"
    assert queue["FifoQueue"] is True
    assert queue["DeduplicationScope"] == "messageGroup"
    assert queue["FifoThroughputLimit"] == "perMessageGroupId"
    dead = settings.resource(queues, "OrdersShipDeadLetters").properties
    assert dead["QueueName"] == "app_prod_orders_ship_dead-letters.fifo"
    assert dead["FifoQueue"] is True


def test_others_that_the_environment_names_may_subscribe_their_queues_alone() -> None:
    environment = replace(
        settings.PRODUCTION,
        subscribers={"topic:orders": ("210987654321", "arn:aws:iam::1:role/reader")},
    )
    setting = settings.setting(application(), environment)

    policy = plan_topic(setting, _node(setting, "topic:orders")).resources[1]

    statement = statements(policy)[1]
    assert statement["Action"] == ("sns:Subscribe",)
    assert statement["Condition"] == {"StringEquals": {"sns:Protocol": "sqs"}}
    assert len(statement["Principal"]["AWS"]) == 2


@pytest.mark.parametrize(
    ("topic", "bindings"),
    [(", external=True", {"topic:orders": EXTERNAL}), ("", {"topic:orders": EXTERNAL})],
)
def test_a_topic_that_exists_is_not_made_and_fills_our_queue(
    topic: str, bindings: Mapping[str, str]
) -> None:
    setting = settings.setting(application(topic=topic), _bound(bindings))

    made = plan_topic(setting, _node(setting, "topic:orders"))
    queues = plan_subscription(setting, _node(setting, "subscription:orders/ship"))

    assert made == Planned()
    subscription = settings.resource(queues, "OrdersShipSubscription").properties
    assert subscription["TopicArn"] == EXTERNAL
    assert subscription["Region"] == "us-east-1"
    policy = settings.resource(queues, "OrdersShipQueuePolicy")
    assert statements(policy)[1]["Condition"] == {"ArnEquals": {"aws:SourceArn": EXTERNAL}}


def test_a_subscription_carries_its_options_over() -> None:
    options = """, ack_deadline="90s", retention="2d", retry=Retry(max_attempts=9),
    filter={"country": ("NL", "BE")}"""
    setting = settings.setting(application(subscription=options))

    planned = plan_subscription(setting, _node(setting, "subscription:orders/ship"))

    assert settings.addresses(planned) == [
        "OrdersShipDeadLetters",
        "OrdersShipDeadLettersAlarm",
        "OrdersShipDeadLettersPolicy",
        "OrdersShipQueue",
        "OrdersShipQueueAgeAlarm",
        "OrdersShipQueuePolicy",
        "OrdersShipSubscription",
    ]
    dead = Attribute(address="OrdersShipDeadLetters", name="Arn")
    assert settings.resource(planned, "OrdersShipQueue").properties == {
        "KmsMasterKeyId": KEY,
        "KmsDataKeyReusePeriodSeconds": 3600,
        "MessageRetentionPeriod": 172_800,
        "VisibilityTimeout": 90,
        "ReceiveMessageWaitTimeSeconds": 20,
        "RedrivePolicy": {"deadLetterTargetArn": dead, "maxReceiveCount": 9},
        "Tags": _tags("shop", "subscription:orders/ship"),
    }
    assert settings.resource(planned, "OrdersShipSubscription") == PlannedResource(
        address="OrdersShipSubscription",
        type="AWS::SNS::Subscription",
        layer="shop",
        origin=("subscription:orders/ship",),
        after=("OrdersShipQueuePolicy", "OrdersShipDeadLettersPolicy"),
        properties={
            "TopicArn": Attribute(address="OrdersTopic"),
            "Protocol": "sqs",
            "Endpoint": Attribute(address="OrdersShipQueue", name="Arn"),
            "RawMessageDelivery": True,
            "FilterPolicy": {"country": ("NL", "BE")},
            "FilterPolicyScope": "MessageAttributes",
            "RedrivePolicy": {"deadLetterTargetArn": dead},
        },
    )


def test_dead_letters_outlive_all_other_messages_and_the_stack() -> None:
    setting = settings.setting(application(subscription=', retention="14d"'))

    planned = plan_subscription(setting, _node(setting, "subscription:orders/ship"))

    dead = settings.resource(planned, "OrdersShipDeadLetters")
    assert dead.properties["MessageRetentionPeriod"] == 1_209_600
    assert dead.retention is Retention.RETAIN


def test_without_dead_letters_nothing_is_sent_there() -> None:
    setting = settings.setting(application(subscription=", dead_letter=False"))

    planned = plan_subscription(setting, _node(setting, "subscription:orders/ship"))

    assert settings.addresses(planned) == [
        "OrdersShipQueue",
        "OrdersShipQueueAgeAlarm",
        "OrdersShipQueuePolicy",
        "OrdersShipSubscription",
    ]
    assert "RedrivePolicy" not in settings.resource(planned, "OrdersShipQueue").properties
    assert settings.resource(planned, "OrdersShipSubscription").after == ("OrdersShipQueuePolicy",)


def test_a_queue_that_exists_is_not_made() -> None:
    environment = _bound({"subscription:orders/ship": "arn:aws:sqs:eu-west-1:1:ship"})
    setting = settings.setting(application(), environment)

    assert plan_subscription(setting, _node(setting, "subscription:orders/ship")) == Planned()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", 900),
        (', ack_deadline="10m", retry=Retry(max_attempts=3, min_backoff="1m")', 1800 + 60 + 120),
        (', retry=Retry(max_attempts=1000, max_backoff="12h"), retention="1d"', 43_200),
    ],
)
def test_an_alarm_waits_until_no_attempt_is_left_but_half_of_a_life_at_most(
    options: str, expected: int
) -> None:
    setting = settings.setting(application(subscription=options))

    assert oldest(_node(setting, "subscription:orders/ship")) == expected


def test_a_cron_comes_through_the_queue_of_its_service() -> None:
    cron = 'schedule="30 3 * * 1-5", timezone="Europe/Amsterdam"'
    setting = settings.setting(application(cron=cron))

    planned = plan_cron(setting, _node(setting, "cron:reorder"))
    queue = plan_cron_queue(setting, _node(setting, "service:shop"))

    schedule = settings.resource(planned, "ReorderSchedule").properties
    assert schedule["ScheduleExpression"] == "cron(30 3 ? * MON-FRI *)"
    assert schedule["ScheduleExpressionTimezone"] == "Europe/Amsterdam"
    target = inside(schedule, "Target")
    assert target["Arn"] == Attribute(address="ShopServiceCrons", name="Arn")
    assert target["Input"] == (
        '{"cron": "reorder", "execution_id": "<aws.scheduler.execution-id>", '
        '"scheduled_time": "<aws.scheduler.scheduled-time>"}'
    )
    assert settings.addresses(queue) == [
        "ShopServiceCrons",
        "ShopServiceCronsAgeAlarm",
        "ShopServiceCronsDeadLetters",
        "ShopServiceCronsDeadLettersAlarm",
        "ShopServiceCronsDeadLettersPolicy",
        "ShopServiceCronsPolicy",
    ]


def test_a_period_is_counted_from_midnight_utc_and_may_take_several_schedules() -> None:
    setting = settings.setting(application(cron='every="90m"'))

    planned = plan_cron(setting, _node(setting, "cron:reorder"))

    schedules = [it for it in planned.resources if it.type == "AWS::Scheduler::Schedule"]
    assert [it.address for it in schedules] == ["ReorderSchedule", "ReorderSchedule2"]
    assert [it.properties["ScheduleExpressionTimezone"] for it in schedules] == ["UTC", "UTC"]


def test_an_isolated_cron_starts_a_task_and_nothing_else() -> None:
    environment = replace(settings.PRODUCTION, isolated_crons=frozenset({"reorder"}))
    setting = settings.setting(application(), environment)

    planned = plan_cron(setting, _node(setting, "cron:reorder"))
    queue = plan_cron_queue(setting, _node(setting, "service:shop"))

    role = settings.resource(planned, "ReorderScheduleRole")
    assert _actions(role) == {
        "ecs:RunTask",
        "iam:PassRole",
        "kms:Decrypt",
        "kms:GenerateDataKey",
        "sqs:SendMessage",
    }
    assert "ShopServiceCrons" not in settings.addresses(queue)
    assert "ShopServiceCronsDeadLetters" in settings.addresses(queue)


def test_a_schedule_assumes_its_role_from_the_environments_own_group_alone() -> None:
    setting = settings.setting(application())

    role = settings.resource(
        plan_cron(setting, _node(setting, "cron:reorder")), "ReorderScheduleRole"
    )

    document = role.properties["AssumeRolePolicyDocument"]
    assert inside(document, "Statement", 0, "Condition", "ArnEquals") == {
        "aws:SourceArn": Attribute(address="ScheduleGroup", name="Arn")
    }


def _node(setting: Setting, name: str) -> Node:
    return next(node for node in setting.graph.nodes if node.id == name)


def _bound(bindings: Mapping[str, str]) -> Environment:
    return replace(settings.PRODUCTION, bindings=bindings)


def _tags(service: str, resource: str) -> tuple[PlanValue, ...]:
    values = {"app": "app", "env": "prod", "service": service, "resource": resource}
    return tuple({"Key": f"infragraph:{key}", "Value": it} for key, it in values.items())


def _actions(role: PlannedResource) -> set[str]:
    return {action for statement in statements(role) for action in statement["Action"]}
