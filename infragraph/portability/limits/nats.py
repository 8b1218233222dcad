"""NATS JetStream, with the defaults of nats-server."""

from functools import partial

from infragraph.portability.limits.limit import BYTES, SECONDS, Limit, Provider, Trait

NAME = "NATS JetStream"

_SERVER = "https://github.com/nats-io/nats-server/blob/main/server/const.go"
_CONSUMER = "https://github.com/nats-io/nats-server/blob/main/server/consumer.go"
_ORDER = "https://github.com/nats-io/nats-server/discussions/3908"

_limit = partial(Limit, provider=NAME, read="2026-11-25")
_trait = partial(Trait, provider=NAME, read="2026-11-25")

LARGEST_MESSAGE = _limit(
    name="largest message",
    value=1_048_576,
    unit=BYTES,
    source=_SERVER,
    setting="max_payload of nats-server",
    code="IG4009",
)
MOST_IN_FLIGHT = _limit(
    name="messages in flight of a consumer",
    value=1_000,
    unit="messages",
    source=_CONSUMER,
    setting="max_ack_pending of the consumer",
    unchecked="the runtime sets max_ack_pending to what the subscription's concurrency needs",
)
ORDER_NEEDS_ONE = _trait(
    name="order",
    says="a consumer keeps order for one subscriber with one message in flight",
    source=_ORDER,
    code="IG4014",
)

LIMITS = (
    LARGEST_MESSAGE,
    MOST_IN_FLIGHT,
    _limit(
        name="ack deadline unless set",
        value=30,
        unit=SECONDS,
        source=_CONSUMER,
        unchecked="a default, and the SDK always gives an ack deadline",
    ),
)
TRAITS = (ORDER_NEEDS_ONE,)

PROVIDER = Provider(name=NAME, limits=LIMITS, traits=TRAITS)
