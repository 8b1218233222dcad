"""Who is told of alarms: a topic of ours with an e-mail address, or one that exists."""

from infragraph.model.plan import Attribute, PlannedResource, PlanValue
from infragraph.targets.aws.planned import NOTHING, Planned
from infragraph.targets.aws.roles import document
from infragraph.targets.aws.shared import ACCOUNT, Setting, key_arn, tags

RECEIVER = "AlarmReceiver"


def plan_alarm_receiver(setting: Setting) -> Planned:
    """The topic and its subscription, which whoever reads the address has to confirm."""
    told = setting.environment.alarms_to
    if told is None or told.startswith("arn:"):
        return NOTHING
    topic = PlannedResource(
        address=RECEIVER,
        type="AWS::SNS::Topic",
        layer="data",
        properties={"KmsMasterKeyId": key_arn(setting), "Tags": tags(setting)},
    )
    policy = PlannedResource(
        address=f"{RECEIVER}Policy",
        type="AWS::SNS::TopicPolicy",
        layer="data",
        properties={
            "Topics": (Attribute(address=RECEIVER),),
            "PolicyDocument": document(_statements()),
        },
    )
    subscription = PlannedResource(
        address=f"{RECEIVER}Email",
        type="AWS::SNS::Subscription",
        layer="data",
        properties={
            "TopicArn": Attribute(address=RECEIVER),
            "Protocol": "email",
            "Endpoint": told,
        },
    )
    return Planned(resources=(topic, policy, subscription))


def _statements() -> tuple[PlanValue, ...]:
    receiver = Attribute(address=RECEIVER)
    return (
        {
            "Sid": "Alarms",
            "Effect": "Allow",
            "Principal": {"Service": "cloudwatch.amazonaws.com"},
            "Action": "sns:Publish",
            "Resource": receiver,
            "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
        },
        {
            "Sid": "TlsOnly",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sns:Publish",
            "Resource": receiver,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
    )
