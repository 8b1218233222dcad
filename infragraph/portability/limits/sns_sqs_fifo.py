"""What SNS FIFO topics and SQS FIFO queues add to the limits of standard ones."""

from functools import partial

from infragraph.portability.limits.limit import BYTES, SECONDS, Limit, Provider, Trait

NAME = "SNS and SQS FIFO"

_MESSAGES = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html"
_PUBLISH = "https://docs.aws.amazon.com/sns/latest/api/API_PublishBatchRequestEntry.html"
_THROUGHPUT = (
    "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sns.FifoThroughputScope.html"
)
_GROUPS = "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-grouping.html"

_limit = partial(Limit, provider=NAME, read="2026-11-25")
_trait = partial(Trait, provider=NAME, read="2026-11-25")

THROUGHPUT = _limit(
    name="messages of a topic",
    value=3_000,
    unit="messages a second",
    source=_THROUGHPUT,
    setting="FifoThroughputScope of the topic",
    code="IG4002",
)
GROUPS_BLOCK = _trait(
    name="backoff",
    says="messages of a group are handled one by one, so that one that waits holds up the others",
    source=_GROUPS,
    code="IG4015",
)
GROUP_IS_NEEDED = _trait(
    name="ordering key",
    says="a message without a group is refused",
    source=_MESSAGES,
    code="IG4001",
)

_VALUES = "only the values of a message show it, when the program runs"

LIMITS = (
    THROUGHPUT,
    _limit(
        name="bandwidth of a topic",
        value=20_000_000,
        unit="bytes a second",
        source=_THROUGHPUT,
        setting="FifoThroughputScope of the topic",
        unchecked="how much is published shows at run time",
    ),
    _limit(
        name="longest group",
        value=128,
        unit="characters",
        source=_MESSAGES,
        unchecked=_VALUES,
    ),
    _limit(
        name="interval of deduplication",
        value=300,
        unit=SECONDS,
        source=_PUBLISH,
        unchecked="when a message is published again shows at run time",
    ),
    _limit(
        name="transactions of a queue",
        value=300,
        unit="a second",
        source="",
        verified=False,
        unchecked="how much is published shows at run time",
    ),
    _limit(
        name="largest message",
        value=1_048_576,
        unit=BYTES,
        source=_MESSAGES,
        unchecked="checked as that of a standard topic, which is the same",
    ),
)
TRAITS = (GROUPS_BLOCK, GROUP_IS_NEEDED)

PROVIDER = Provider(name=NAME, limits=LIMITS, traits=TRAITS)
