"""What kinds themselves need, whatever the graph says: the committed table.

With the graph's edges and the environment's grants this is all that anybody may do.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A role that a kind needs; `member` and `on` say in words who has it and on what."""

    kind: str
    role: str
    member: str
    on: str
    why: str


FORWARD = Need(
    kind="subscription",
    role="roles/pubsub.publisher",
    member="Pub/Sub's agent",
    on="the topic of dead letters",
    why="Pub/Sub forwards what was delivered too often; without it nothing is, and nobody is told",
)
FORGET = Need(
    kind="subscription",
    role="roles/pubsub.subscriber",
    member="Pub/Sub's agent",
    on="the subscription",
    why="what was forwarded as a dead letter is acknowledged where it came from",
)
REJECT = Need(
    kind="subscription",
    role="roles/pubsub.publisher",
    member="the subscriber",
    on="the topic of dead letters",
    why="a handler that raises Reject sends the message there at once",
)
IDENTIFY = Need(
    kind="subscription",
    role="roles/iam.serviceAccountOpenIdTokenCreator",
    member="Pub/Sub's agent",
    on="the account that pushes",
    why="each push carries a token that this account is asked for",
)
FIRE = Need(
    kind="cron",
    role="roles/run.invoker",
    member="the account of schedules",
    on="the service, or the job of an isolated cron",
    why="Cloud Scheduler calls it",
)
LOGIN = Need(
    kind="database",
    role="roles/cloudsql.client",
    member="who migrates it, and whose handlers have it as their inbox",
    on="the instance",
    why="migrations, outbox and inbox are the runtime's own uses",
)
LOGIN_AS = Need(
    kind="database",
    role="roles/cloudsql.instanceUser",
    member="who migrates it, and whose handlers have it as their inbox",
    on="the instance",
    why="migrations, outbox and inbox are the runtime's own uses",
)
RELAY = Need(
    kind="database",
    role="roles/pubsub.publisher",
    member="who owns the database",
    on="topics that may be published to through its outbox",
    why="the outbox is emptied by the worker of the database's owner",
)
SIGN = Need(
    kind="bucket",
    role="roles/iam.serviceAccountTokenCreator",
    member="who makes signed URLs",
    on="its own account",
    why="without a key of its own a service has its URLs signed by IAM",
)
SHOW = Need(
    kind="bucket",
    role="roles/storage.objectViewer",
    member="everybody",
    on="a bucket that is declared public",
    why="public=True says so",
)
ADMIT = Need(
    kind="endpoint",
    role="roles/run.invoker",
    member="everybody",
    on="a service with public or authenticated endpoints, or a mount",
    why="callers from the internet have no account; private routes ask for a token themselves",
)
KEEP = Need(
    kind="topic",
    role="roles/storage.objectCreator",
    member="Pub/Sub's agent",
    on="the bucket of an audit topic",
    why="Pub/Sub keeps there what is published",
)
KEEP_IN = Need(
    kind="topic",
    role="roles/storage.legacyBucketReader",
    member="Pub/Sub's agent",
    on="the bucket of an audit topic",
    why="Pub/Sub looks at the bucket before it keeps something there",
)
RECORD = Need(
    kind="topic",
    role="roles/storage.objectCreator",
    member="a service that publishes to an audited topic, or handles its messages",
    on="the bucket of the record",
    why="who publishes and who handles is recorded: what is there is never read, nor removed",
)
TELL = Need(
    kind="service",
    role="roles/secretmanager.secretAccessor",
    member="every service",
    on="the secret with the headers of telemetry",
    why="'observability' in infragraph.yaml names it",
)

AUTHENTICATE = Need(
    kind="endpoint",
    role="roles/run.invoker",
    member="a service with authenticated endpoints",
    on="the service of the auth handler",
    why="who is calling is known by the service that has the auth handler",
)
VOUCH = Need(
    kind="service",
    role="roles/secretmanager.secretAccessor",
    member="services that call or are called",
    on="the key that they sign with",
    why="what is known of a caller travels signed from service to service",
)

NEEDS = (
    FORWARD, FORGET, REJECT, IDENTIFY, FIRE, LOGIN, LOGIN_AS,
    RELAY, SIGN, SHOW, ADMIT, KEEP, KEEP_IN, RECORD, TELL, AUTHENTICATE, VOUCH,
)  # fmt: skip
