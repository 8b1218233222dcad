"""The record of topics that keep every message for good: Firehose, into one bucket."""

from collections.abc import Iterator, Mapping

from infragraph.model.graph import Node
from infragraph.model.plan import Attribute, Joined, PlannedResource, PlanValue
from infragraph.portability.delivery import is_fifo
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.names import logical_id
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.records_bucket import records_bucket
from infragraph.targets.aws.references import topic_arn
from infragraph.targets.aws.roles import role, statement
from infragraph.targets.aws.shared import REGION, Setting, key_arn, tags

BUCKET = "AuditBucket"
WRITER = "AuditWriterRole"
SENDER = "AuditSenderRole"


def audited(setting: Setting) -> tuple[Node, ...]:
    """The topics whose messages are recorded; SNS hands those of a FIFO topic to queues alone."""
    return tuple(
        node
        for node in setting.graph.nodes
        if node.kind == "topic" and node.properties.get("audit") is True and not is_fifo(node)
    )


def plan_audit(setting: Setting) -> Planned:
    """One bucket for all records, two roles, and for each topic a stream into the bucket."""
    topics = audited(setting)
    if not topics:
        return Planned()
    origin = tuple(topic.id for topic in topics)
    return Planned(
        resources=(
            *records_bucket(setting, BUCKET, origin=origin, prefix="infragraph-audit"),
            _writer(setting, origin),
            _sender(setting, topics),
            *(resource for topic in topics for resource in _recording(setting, topic)),
        ),
        outputs={BUCKET: Attribute(address=BUCKET)},
    )


def _writer(setting: Setting, origin: tuple[str, ...]) -> PlannedResource:
    """What Firehose may do: write records."""
    arn = Attribute(address=BUCKET, name="Arn")
    via = Joined(parts=("s3.", REGION, ".amazonaws.com"))
    return role(
        setting,
        address=WRITER,
        principal="firehose.amazonaws.com",
        policy="record",
        statements=(
            statement(
                "Bucket",
                ("s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"),
                (arn,),
            ),
            statement(
                "Objects",
                ("s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"),
                (Joined(parts=(arn, "/*")),),
            ),
            statement(
                "Key",
                ("kms:Decrypt", "kms:GenerateDataKey"),
                (key_arn(setting),),
                {"StringEquals": {"kms:ViaService": via}},
            ),
        ),
        layer="data",
        origin=origin,
    )


def _sender(setting: Setting, topics: tuple[Node, ...]) -> PlannedResource:
    """What SNS may do: hand messages of the recorded topics to their streams."""
    streams = tuple(Attribute(address=_stream(topic), name="Arn") for topic in topics)
    return role(
        setting,
        address=SENDER,
        principal="sns.amazonaws.com",
        policy="send",
        statements=(
            statement(
                "Send",
                (
                    "firehose:DescribeDeliveryStream",
                    "firehose:PutRecord",
                    "firehose:PutRecordBatch",
                ),
                streams,
            ),
        ),
        layer="data",
        origin=tuple(topic.id for topic in topics),
    )


def _recording(setting: Setting, topic: Node) -> Iterator[PlannedResource]:
    yield PlannedResource(
        address=_stream(topic),
        type="AWS::KinesisFirehose::DeliveryStream",
        layer="data",
        origin=(topic.id,),
        # Firehose tries its role on the bucket when a stream is made.
        after=(f"{BUCKET}Policy",),
        notes=skipped(
            {"CKV_AWS_240": "encrypted by a key of AWS on its way, by the environment's at rest"}
        ),
        properties={
            "DeliveryStreamType": "DirectPut",
            "DeliveryStreamEncryptionConfigurationInput": {"KeyType": "AWS_OWNED_CMK"},
            "ExtendedS3DestinationConfiguration": _destination(setting, topic),
            "Tags": tags(setting, service=topic.service, resource=topic.id),
        },
    )
    yield PlannedResource(
        address=logical_id(topic.name, "audit-subscription"),
        type="AWS::SNS::Subscription",
        layer="data",
        origin=(topic.id,),
        properties={
            "TopicArn": topic_arn(setting, topic),
            "Protocol": "firehose",
            "Endpoint": Attribute(address=_stream(topic), name="Arn"),
            "SubscriptionRoleArn": Attribute(address=SENDER, name="Arn"),
            # With its attributes, its id and its time, one message a line.
            "RawMessageDelivery": False,
        },
    )


def _destination(setting: Setting, topic: Node) -> Mapping[str, PlanValue]:
    return {
        "BucketARN": Attribute(address=BUCKET, name="Arn"),
        "RoleARN": Attribute(address=WRITER, name="Arn"),
        "Prefix": f"topics/{topic.name}/",
        "ErrorOutputPrefix": f"failed/{topic.name}/",
        "BufferingHints": {"IntervalInSeconds": 300, "SizeInMBs": 5},
        "CompressionFormat": "GZIP",
        "EncryptionConfiguration": {"KMSEncryptionConfig": {"AWSKMSKeyARN": key_arn(setting)}},
    }


def _stream(topic: Node) -> str:
    return logical_id(topic.name, "audit-stream")
