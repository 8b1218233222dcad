"""Google Pub/Sub."""

from functools import partial

from infragraph.portability.limits.limit import BYTES, SECONDS, Limit, Provider, Trait

NAME = "Pub/Sub"

# Read in the discovery document of pubsub v1, revision 20261027, which the reference shows.
_REFERENCE = "https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions"
_TOPICS = "https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.topics"
_MESSAGES = "https://cloud.google.com/pubsub/docs/reference/rest/v1/PubsubMessage"
_VIOLATIONS = (
    "https://cloud.google.com/python/docs/reference/pubsub/latest/"
    "google.cloud.pubsub_v1.types.IngestionFailureEvent.ApiViolationReason"
)
_BEAM = (
    "https://github.com/apache/beam/blob/master/sdks/java/io/google-cloud-platform/src/main/java/"
    "org/apache/beam/sdk/io/gcp/pubsub/PreparePubsubWriteDoFn.java"
)
_FILTERS = (
    "https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/"
    "pubsub_subscription#filter"
)
_EXACTLY_ONCE = "https://cloud.google.com/pubsub/docs/exactly-once-delivery"

_limit = partial(Limit, provider=NAME, read="2026-11-25")
_trait = partial(Trait, provider=NAME, read="2026-11-25")

SHORTEST_ACK_DEADLINE = _limit(
    name="shortest ack deadline", value=10, unit=SECONDS, source=_REFERENCE, code="IG4005"
)
LONGEST_ACK_DEADLINE = _limit(
    name="longest ack deadline of push", value=600, unit=SECONDS, source=_REFERENCE, code="IG4003"
)
FEWEST_ATTEMPTS = _limit(
    name="fewest deliveries before the dead letters",
    value=5,
    unit="deliveries",
    source=_REFERENCE,
    code="IG4006",
)
MOST_ATTEMPTS = _limit(
    name="most deliveries before the dead letters",
    value=100,
    unit="deliveries",
    source=_REFERENCE,
    code="IG4006",
)
LONGEST_BACKOFF = _limit(
    name="longest wait before another delivery",
    value=600,
    unit=SECONDS,
    source=_REFERENCE,
    code="IG4007",
)
SHORTEST_RETENTION = _limit(
    name="shortest retention", value=600, unit=SECONDS, source=_REFERENCE, code="IG4008"
)
LONGEST_RETENTION = _limit(
    name="longest retention", value=2_678_400, unit=SECONDS, source=_REFERENCE, code="IG4008"
)
LARGEST_MESSAGE = _limit(
    name="largest message", value=10_000_000, unit=BYTES, source=_VIOLATIONS, code="IG4009"
)
LONGEST_FILTER = _limit(
    name="longest filter", value=256, unit=BYTES, source=_FILTERS, code="IG4010"
)
MOST_ATTRIBUTES = _limit(
    name="attributes of a message",
    value=100,
    unit="attributes",
    source=_VIOLATIONS,
    code="IG4011",
)
RESERVED_NAMES = _trait(
    name="names",
    says="no name begins with 'goog'",
    source=_TOPICS,
    code="IG4013",
)
FILTERS_ARE_TEXT = _trait(
    name="filters",
    says="a filter compares attributes, whose values are texts",
    source=_MESSAGES,
    code="IG4010",
)
ATTRIBUTES_ARE_TEXT = _trait(
    name="attributes",
    says="the value of an attribute is a text",
    source=_MESSAGES,
    code="IG4011",
)
EXACTLY_ONCE_IS_PULLED = _trait(
    name="exactly-once",
    says="only subscriptions that pull have it",
    source=_EXACTLY_ONCE,
    code="IG4003",
)
EMPTY_KEYS = _trait(
    name="ordering key",
    says="a message whose key is empty has no place in an order",
    source=_MESSAGES,
    code="IG4001",
)

_VALUES = "only the values of a message show it, when the program runs"

LIMITS = (
    SHORTEST_ACK_DEADLINE,
    LONGEST_ACK_DEADLINE,
    FEWEST_ATTEMPTS,
    MOST_ATTEMPTS,
    LONGEST_BACKOFF,
    SHORTEST_RETENTION,
    LONGEST_RETENTION,
    LARGEST_MESSAGE,
    LONGEST_FILTER,
    MOST_ATTRIBUTES,
    _limit(
        name="longest name of an attribute",
        value=256,
        unit=BYTES,
        source=_BEAM,
        unchecked="an attribute is named as a field, and no field that people write is so long",
    ),
    _limit(
        name="longest value of an attribute",
        value=1_024,
        unit=BYTES,
        source=_BEAM,
        unchecked=_VALUES,
    ),
    _limit(
        name="longest ordering key",
        value=1_024,
        unit=BYTES,
        source="",
        verified=False,
        unchecked=_VALUES,
    ),
    _limit(
        name="longest name of a topic or subscription",
        value=255,
        unit="characters",
        source=_TOPICS,
        unchecked="names are made by the target, which shortens long ones with a hash",
    ),
)
TRAITS = (
    RESERVED_NAMES,
    FILTERS_ARE_TEXT,
    ATTRIBUTES_ARE_TEXT,
    EXACTLY_ONCE_IS_PULLED,
    EMPTY_KEYS,
    _trait(
        name="filters of what exists",
        says="a filter cannot be changed: the subscription is replaced",
        source=_FILTERS,
        unchecked="it takes two states of an application, and one analysis sees one",
    ),
)

PROVIDER = Provider(name=NAME, limits=LIMITS, traits=TRAITS)
