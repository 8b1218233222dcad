"""What a use of a kind asks of IAM, and the committed table of what a kind itself needs.

Nothing else is ever allowed but what `grants` of the environment add.
"""

from collections.abc import Mapping
from dataclasses import dataclass

RECEIVE = (
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
)

EDGES: Mapping[str, tuple[str, ...]] = {
    "publishes": ("sns:Publish",),
    "delivers": RECEIVE,
    "queries": ("rds-db:connect",),
    "reads": ("secretsmanager:GetSecretValue",),
}
"""The actions that an edge stands for, by its relation; `calls` is HTTP, and `STORES` is below."""

OBJECTS: Mapping[str, tuple[str, ...]] = {
    "delete": ("s3:DeleteObject",),
    "download": ("s3:GetObject",),
    "exists": ("s3:GetObject",),
    "list": (),
    # Which of the two a URL is for is an argument of the call, which the graph does not tell.
    "signed_url": ("s3:GetObject", "s3:PutObject"),
    "upload": ("s3:AbortMultipartUpload", "s3:PutObject"),
}
"""The actions on objects that a verb of a bucket stands for."""

LISTING = "s3:ListBucket"
"""The action on the bucket that the verb `list` stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Actions that a kind needs although no edge asks for them; `why` tells the reason."""

    kind: str
    actions: tuple[str, ...]
    on: str
    why: str


CRON_QUEUE = Need(
    kind="cron",
    actions=RECEIVE,
    on="the service's queue of crons",
    why="the firings of its crons come through this queue",
)
DEAD_LETTERS = Need(
    kind="subscription",
    actions=("sqs:SendMessage",),
    on="the subscription's dead-letter queue",
    why="a message that its handler rejects is sent there at once",
)
MISSING_OBJECTS = Need(
    kind="bucket",
    actions=("s3:ListBucket",),
    on="the bucket",
    why="S3 answers 403 in place of 404 to whoever may not list",
)
OWNED_DATABASE = Need(
    kind="database",
    actions=("rds-db:connect",),
    on="the owner's role in the database",
    why="its owner migrates it and relays its outbox",
)
RELAY = Need(
    kind="database",
    actions=("sns:Publish",),
    on="topics that services sharing the database publish to",
    why="the database's owner relays what others left in its outbox",
)
TOPIC_KEY = Need(
    kind="topic",
    actions=("kms:Decrypt", "kms:GenerateDataKey"),
    on="the environment's key, through SNS",
    why="what is published is encrypted",
)
QUEUE_KEY = Need(
    kind="subscription",
    actions=("kms:Decrypt", "kms:GenerateDataKey"),
    on="the environment's key, through SQS",
    why="messages are encrypted, also those that are sent to the dead letters",
)
BUCKET_KEY = Need(
    kind="bucket",
    actions=("kms:Decrypt", "kms:GenerateDataKey"),
    on="the environment's key, through S3",
    why="objects are encrypted",
)
AUDIT_RECORD = Need(
    kind="topic",
    actions=("s3:PutObject",),
    on="objects of the record of audited topics",
    why="who publishes and who handles is recorded: what is there is never read, nor removed",
)
AUDIT_KEY = Need(
    kind="topic",
    actions=("kms:GenerateDataKey",),
    on="the environment's key, through S3",
    why="the record is encrypted",
)
SECRET_KEY = Need(
    kind="secret",
    actions=("kms:Decrypt",),
    on="the environment's key, through Secrets Manager",
    why="the secret is encrypted",
)

NEEDS = (
    CRON_QUEUE,
    DEAD_LETTERS,
    MISSING_OBJECTS,
    OWNED_DATABASE,
    RELAY,
    TOPIC_KEY,
    QUEUE_KEY,
    BUCKET_KEY,
    AUDIT_RECORD,
    AUDIT_KEY,
    SECRET_KEY,
)
