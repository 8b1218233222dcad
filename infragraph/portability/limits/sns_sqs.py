"""SNS topics that fan out to SQS standard queues."""

from functools import partial

from infragraph.portability.limits.limit import BYTES, SECONDS, Limit, Provider, Trait

NAME = "SNS and SQS"

# Read in the service models that botocore 1.44.8 ships, which the references are generated from.
_QUEUE = (
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html"
)
_TOPIC = "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html"
_FILTERS = "https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html"
_ATTRIBUTES = "https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html"
_POLICIES = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html"
_MESSAGES = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html"
_VISIBILITY = (
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/"
    "API_ChangeMessageVisibility.html"
)
_DEAD_LETTERS = (
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/"
    "sqs-configure-dead-letter-queue.html"
)
_TEMPLATES = "https://github.com/aws-cloudformation/cfn-lint/blob/v1.58.0/src/cfnlint/helpers.py"

_limit = partial(Limit, provider=NAME, read="2026-11-25")
_trait = partial(Trait, provider=NAME, read="2026-11-25")

LONGEST_ACK_DEADLINE = _limit(
    name="longest ack deadline", value=43_200, unit=SECONDS, source=_QUEUE, code="IG4004"
)
MOST_ATTEMPTS = _limit(
    name="most deliveries before the dead-letter queue",
    value=1_000,
    unit="deliveries",
    source=_DEAD_LETTERS,
    code="IG4006",
)
LONGEST_BACKOFF = _limit(
    name="longest wait before another delivery",
    value=43_200,
    unit=SECONDS,
    source=_VISIBILITY,
    code="IG4007",
)
SHORTEST_RETENTION = _limit(
    name="shortest retention", value=60, unit=SECONDS, source=_QUEUE, code="IG4008"
)
LONGEST_RETENTION = _limit(
    name="longest retention", value=1_209_600, unit=SECONDS, source=_QUEUE, code="IG4008"
)
DEFAULT_MESSAGE_SIZE = _limit(
    name="largest message",
    value=262_144,
    unit=BYTES,
    source=_TOPIC,
    setting="MaximumMessageSize of the topic",
    code="IG4009",
)
LARGEST_MESSAGE = _limit(
    name="largest message of a topic with MaximumMessageSize",
    value=1_048_576,
    unit=BYTES,
    source=_TOPIC,
    code="IG4009",
)
SUBSCRIPTIONS_OF_LARGE_MESSAGES = _limit(
    name="subscriptions of a topic with messages above 256 KiB",
    value=100,
    unit="subscriptions",
    source=_TOPIC,
    code="IG4009",
)
MOST_FILTER_KEYS = _limit(
    name="attributes in a filter", value=5, unit="attributes", source=_FILTERS, code="IG4010"
)
MOST_FILTER_COMBINATIONS = _limit(
    name="combinations of a filter's constants",
    value=150,
    unit="combinations",
    source=_FILTERS,
    code="IG4010",
)
MOST_FILTERS = _limit(
    name="filtered subscriptions of a topic",
    value=200,
    unit="filters",
    source=_FILTERS,
    setting="a quota of the account",
    code="IG4010",
)
MOST_ATTRIBUTES = _limit(
    name="attributes of a message delivered raw",
    value=10,
    unit="attributes",
    source=_ATTRIBUTES,
    code="IG4011",
)
MOST_POLICY_CONDITIONS = _limit(
    name="conditions in a queue's policy",
    value=10,
    unit="conditions",
    source=_POLICIES,
    code="IG4040",
)
LARGEST_POLICY = _limit(
    name="a queue's policy", value=8_192, unit=BYTES, source=_POLICIES, code="IG4040"
)
MOST_RESOURCES = _limit(
    name="resources of a CloudFormation template",
    value=500,
    unit="resources",
    source=_TEMPLATES,
    code="IG4040",
)
LARGEST_TEMPLATE = _limit(
    name="a CloudFormation template",
    value=1_000_000,
    unit=BYTES,
    source=_TEMPLATES,
    code="IG4040",
)

_OURS = "names of queues and topics are made by the target, which shortens long ones with a hash"

LIMITS = (
    LONGEST_ACK_DEADLINE,
    MOST_ATTEMPTS,
    LONGEST_BACKOFF,
    SHORTEST_RETENTION,
    LONGEST_RETENTION,
    DEFAULT_MESSAGE_SIZE,
    LARGEST_MESSAGE,
    SUBSCRIPTIONS_OF_LARGE_MESSAGES,
    MOST_FILTER_KEYS,
    MOST_FILTER_COMBINATIONS,
    MOST_FILTERS,
    MOST_ATTRIBUTES,
    MOST_POLICY_CONDITIONS,
    LARGEST_POLICY,
    MOST_RESOURCES,
    LARGEST_TEMPLATE,
    _limit(
        name="size of a filter",
        value=262_144,
        unit=BYTES,
        source=_FILTERS,
        unchecked="five attributes with 150 combinations do not reach it with texts of any sense",
    ),
    _limit(
        name="messages in flight of a queue",
        value=120_000,
        unit="messages",
        source=_VISIBILITY,
        unchecked="concurrency is per process, and how many processes there are shows at run time",
    ),
    _limit(
        name="longest delay of a queue",
        value=900,
        unit=SECONDS,
        source=_QUEUE,
        unchecked="the SDK has no delay: 'not_before' waits in the outbox",
    ),
    _limit(
        name="longest name of a queue",
        value=80,
        unit="characters",
        source=_QUEUE,
        unchecked=_OURS,
    ),
    _limit(
        name="longest name of a topic",
        value=256,
        unit="characters",
        source=_TOPIC,
        unchecked=_OURS,
    ),
)

BINARY = _trait(
    name="binary payloads",
    says="a body is text, so that bytes travel as base64 and count 4/3 of their size",
    source=_MESSAGES,
    code="IG4030",
)
ATTRIBUTES_ARE_TEXT = _trait(
    name="attributes that are numbers",
    says="a number is compared with five digits after the point, up to a billion",
    source=_FILTERS,
    code="IG4011",
)

TRAITS = (
    BINARY,
    ATTRIBUTES_ARE_TEXT,
    _trait(
        name="order",
        says="a standard queue keeps none",
        source=_MESSAGES,
        unchecked="a topic with an ordering key becomes a FIFO topic",
    ),
    _trait(
        name="dead letters",
        says="the dead-letter queue is of the same type as its source",
        source=_DEAD_LETTERS,
        unchecked="the target makes both",
    ),
)

PROVIDER = Provider(name=NAME, limits=LIMITS, traits=TRAITS)
