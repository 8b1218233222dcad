"""NSQ, with the defaults of nsqd."""

from functools import partial

from infragraph.portability.limits.limit import BYTES, SECONDS, Limit, Provider, Trait

NAME = "NSQ"

_OPTIONS = "https://github.com/nsqio/nsq/blob/3103474/nsqd/options.go"
_MESSAGE = "https://github.com/nsqio/nsq/blob/3103474/nsqd/message.go"
_NAMES = "https://github.com/nsqio/nsq/blob/3103474/internal/protocol/names.go"
_GUARANTEES = "https://nsq.io/overview/features_and_guarantees.html"

_limit = partial(Limit, provider=NAME, read="2026-11-25")
_trait = partial(Trait, provider=NAME, read="2026-11-25")

LONGEST_ACK_DEADLINE = _limit(
    name="longest ack deadline",
    value=900,
    unit=SECONDS,
    source=_OPTIONS,
    setting="nsqd -max-msg-timeout",
    code="IG4005",
)
MOST_ATTEMPTS = _limit(
    name="deliveries that are counted",
    value=65_535,
    unit="deliveries",
    source=_MESSAGE,
    code="IG4006",
)
LONGEST_BACKOFF = _limit(
    name="longest wait before another delivery",
    value=3_600,
    unit=SECONDS,
    source=_OPTIONS,
    setting="nsqd -max-req-timeout",
    code="IG4007",
)
LARGEST_MESSAGE = _limit(
    name="largest message",
    value=1_048_576,
    unit=BYTES,
    source=_OPTIONS,
    setting="nsqd -max-msg-size",
    code="IG4009",
)
UNORDERED = _trait(
    name="order", says="messages arrive in any order", source=_GUARANTEES, code="IG4001"
)
AT_LEAST_ONCE = _trait(
    name="exactly-once",
    says="messages are delivered at least once",
    source=_GUARANTEES,
    code="IG4017",
)

LIMITS = (
    LONGEST_ACK_DEADLINE,
    MOST_ATTEMPTS,
    LONGEST_BACKOFF,
    LARGEST_MESSAGE,
    _limit(
        name="messages in flight of a consumer",
        value=2_500,
        unit="messages",
        source=_OPTIONS,
        setting="nsqd -max-rdy-count",
        code="IG4018",
    ),
    _limit(
        name="longest name",
        value=64,
        unit="characters",
        source=_NAMES,
        unchecked="the SDK's names are shorter, and the target makes the others",
    ),
)
MOST_IN_FLIGHT = LIMITS[4]
TRAITS = (
    UNORDERED,
    AT_LEAST_ONCE,
    _trait(
        name="durability",
        says="messages are kept in memory by default",
        source=_GUARANTEES,
        unchecked="it is a setting of nsqd, which runs on the developer's machine",
    ),
)

PROVIDER = Provider(name=NAME, limits=LIMITS, traits=TRAITS)
