"""A topic: SNS, FIFO where order or exactly-once asks for it."""

from collections.abc import Iterator, Mapping

from infragraph.model.graph import Node
from infragraph.model.plan import Attribute, Joined, PlannedResource, PlanValue
from infragraph.portability.delivery import is_fifo
from infragraph.targets.aws.names import fifo_topic_name
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.references import is_made, topic_address, topic_arn
from infragraph.targets.aws.resource_policies import tls_only
from infragraph.targets.aws.roles import document
from infragraph.targets.aws.shared import PARTITION, Setting, key_arn, tags


def plan_topic(setting: Setting, topic: Node) -> Planned:
    """The topic and its policy; nothing of one that is bound or another application's."""
    if not is_made(setting, topic):
        return Planned()
    address = topic_address(topic)
    made = PlannedResource(
        address=address,
        type="AWS::SNS::Topic",
        layer="data",
        origin=(topic.id,),
        properties={
            "KmsMasterKeyId": key_arn(setting),
            **(_fifo(setting, topic) if is_fifo(topic) else {}),
            "Tags": tags(setting, service=topic.service, resource=topic.id),
        },
    )
    policy = PlannedResource(
        address=f"{address}Policy",
        type="AWS::SNS::TopicPolicy",
        layer="data",
        origin=(topic.id,),
        properties={
            "Topics": (Attribute(address=address),),
            "PolicyDocument": document(tuple(_statements(setting, topic))),
        },
    )
    return Planned(resources=(made, policy), outputs={f"{address}Arn": Attribute(address=address)})


def _fifo(setting: Setting, topic: Node) -> Mapping[str, PlanValue]:
    """Duplicates are told by ids that the SDK gives: equal contents may be two messages."""
    return {
        "TopicName": fifo_topic_name(setting.application, setting.environment.name, topic.name),
        "FifoTopic": True,
        "ContentBasedDeduplication": False,
        # Otherwise all groups of a topic share 300 messages a second.
        # https://docs.aws.amazon.com/sns/latest/dg/fifo-high-throughput.html, 2026-11-25
        "FifoThroughputScope": "MessageGroup",
    }


def _statements(setting: Setting, topic: Node) -> Iterator[PlanValue]:
    arn = topic_arn(setting, topic)
    yield tls_only(("sns:Publish",), (arn,))
    others = setting.environment.subscribers.get(topic.id, ())
    if others:
        yield {
            "Sid": "OthersSubscribe",
            "Effect": "Allow",
            "Principal": {"AWS": tuple(_principal(account) for account in others)},
            "Action": ("sns:Subscribe",),
            "Resource": arn,
            # Nothing but queues: whoever may subscribe must not send our messages to any address.
            "Condition": {"StringEquals": {"sns:Protocol": "sqs"}},
        }


def _principal(account: str) -> PlanValue:
    """An account by its number, or a role by its ARN."""
    if account.isdigit():
        return Joined(parts=("arn:", PARTITION, f":iam::{account}:root"))
    return account
