"""A queue with all that belongs to one: its dead letters, their policies and alarms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from infragraph.model.plan import Attribute, PlannedResource, PlanValue
from infragraph.targets.aws.alarms import Watch, alarm
from infragraph.targets.aws.lasting import kept
from infragraph.targets.aws.resource_policies import allowed, tls_only
from infragraph.targets.aws.roles import document
from infragraph.targets.aws.shared import Setting, key_arn, tags

LONGEST_RETENTION = 1_209_600
"""https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html,
2026-11-25."""

LONGEST_WAIT = 20
"""For how long a receiver waits for a message, as the same page says."""

AGE_MINUTES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FifoNames:
    """The two names that have to be given, since AWS demands their suffix."""

    queue: str
    dead_letters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """What a queue is to be; addresses of what belongs to it start with its own.

    `resource` is the id of what it is the queue of, `origin` of all that it is there for. A message
    that was received `attempts` times goes to the queue at `dead_letters`; without one it stays
    until `retention` ends. `source` is the ARN of the topic that fills it, None where a role does.
    Messages older than `oldest` raise an alarm. Times are seconds.
    """

    address: str
    dead_letters: str | None
    service: str
    resource: str
    origin: tuple[str, ...]
    visibility: int
    retention: int
    attempts: int
    source: PlanValue
    oldest: int
    fifo: FifoNames | None = None


def plan_queue(setting: Setting, queue: Queue) -> Iterator[PlannedResource]:
    yield _queue(setting, queue)
    yield _policy(queue, queue.address)
    yield _age_alarm(setting, queue)
    yield from plan_dead_letters(setting, queue)


def plan_dead_letters(setting: Setting, queue: Queue) -> Iterator[PlannedResource]:
    """The dead letters alone, nothing where there are none."""
    if queue.dead_letters is not None:
        yield _dead_letters(setting, queue, queue.dead_letters)
        yield _policy(queue, queue.dead_letters)
        yield _dead_letters_alarm(setting, queue, queue.dead_letters)


def _queue(setting: Setting, queue: Queue) -> PlannedResource:
    fifo: Mapping[str, PlanValue] = {}
    if queue.fifo is not None:
        # Otherwise the whole queue shares 300 calls a second.
        # https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html,
        # 2026-11-25
        fifo = {
            "QueueName": queue.fifo.queue,
            "FifoQueue": True,
            "DeduplicationScope": "messageGroup",
            "FifoThroughputLimit": "perMessageGroupId",
        }
    redrive: Mapping[str, PlanValue] = {}
    if queue.dead_letters is not None:
        redrive = {
            "RedrivePolicy": {
                "deadLetterTargetArn": Attribute(address=queue.dead_letters, name="Arn"),
                "maxReceiveCount": queue.attempts,
            }
        }
    return PlannedResource(
        address=queue.address,
        type="AWS::SQS::Queue",
        layer=queue.service,
        origin=queue.origin,
        properties={
            **fifo,
            **_encryption(setting),
            "MessageRetentionPeriod": queue.retention,
            "VisibilityTimeout": queue.visibility,
            "ReceiveMessageWaitTimeSeconds": LONGEST_WAIT,
            **redrive,
            "Tags": tags(setting, service=queue.service, resource=queue.resource),
        },
    )


def _dead_letters(setting: Setting, queue: Queue, address: str) -> PlannedResource:
    """Kept as long as can be, since a message keeps the age that it had in the queue."""
    fifo: Mapping[str, PlanValue] = {}
    if queue.fifo is not None:
        fifo = {"QueueName": queue.fifo.dead_letters, "FifoQueue": True}
    return PlannedResource(
        address=address,
        type="AWS::SQS::Queue",
        layer=queue.service,
        origin=queue.origin,
        retention=kept(setting),
        properties={
            **fifo,
            **_encryption(setting),
            "MessageRetentionPeriod": LONGEST_RETENTION,
            "Tags": tags(setting, service=queue.service, resource=queue.resource),
        },
    )


def _encryption(setting: Setting) -> Mapping[str, PlanValue]:
    """SNS cannot deliver to a queue under the key that AWS manages for SQS."""
    return {"KmsMasterKeyId": key_arn(setting), "KmsDataKeyReusePeriodSeconds": 3600}


def _policy(queue: Queue, address: str) -> PlannedResource:
    arn = Attribute(address=address, name="Arn")
    from_topic = allowed(
        "FromTopic",
        {"Service": "sns.amazonaws.com"},
        ("sqs:SendMessage",),
        arn,
        {"ArnEquals": {"aws:SourceArn": queue.source}},
    )
    statements = (tls_only(("sqs:*",), (arn,)), *(() if queue.source is None else (from_topic,)))
    return PlannedResource(
        address=f"{address}Policy",
        type="AWS::SQS::QueuePolicy",
        layer=queue.service,
        origin=queue.origin,
        properties={
            "Queues": (Attribute(address=address),),
            "PolicyDocument": document(statements),
        },
    )


def _age_alarm(setting: Setting, queue: Queue) -> PlannedResource:
    return alarm(
        setting,
        Watch(
            namespace="AWS/SQS",
            metric="ApproximateAgeOfOldestMessage",
            dimensions={"QueueName": Attribute(address=queue.address, name="QueueName")},
            threshold=queue.oldest,
            minutes=AGE_MINUTES,
        ),
        address=f"{queue.address}AgeAlarm",
        description=f"{queue.resource}: messages wait for more than {queue.oldest} seconds",
        layer=queue.service,
        origin=queue.origin,
    )


def _dead_letters_alarm(setting: Setting, queue: Queue, address: str) -> PlannedResource:
    return alarm(
        setting,
        Watch(
            namespace="AWS/SQS",
            metric="ApproximateNumberOfMessagesVisible",
            dimensions={"QueueName": Attribute(address=address, name="QueueName")},
            threshold=0,
            minutes=1,
        ),
        address=f"{address}Alarm",
        description=f"{queue.resource}: there are dead letters",
        layer=queue.service,
        origin=queue.origin,
    )
