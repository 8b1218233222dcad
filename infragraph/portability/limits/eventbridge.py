"""EventBridge Scheduler."""

from functools import partial

from infragraph.portability.limits.limit import SECONDS, Limit, Provider, Trait

NAME = "EventBridge Scheduler"

_TYPES = "https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html"
# Read in the service model that botocore 1.44.8 ships, which the reference is generated from.
_API = "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html"
_RETRIES = "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html"
_EXPRESSIONS = (
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html"
)

_limit = partial(Limit, provider=NAME, read="2026-11-25")
_trait = partial(Trait, provider=NAME, read="2026-11-25")

FINEST = _limit(name="finest period", value=60, unit=SECONDS, source=_TYPES, code="IG4020")
LONGEST_EXPRESSION = _limit(
    name="longest expression",
    value=256,
    unit="characters",
    source=_API,
    unchecked="a schedule that needs more is told by several expressions",
)
ONE_DAY_FIELD = _trait(
    name="days",
    says="one of day of month and day of week is '?': they cannot both be given",
    source=_EXPRESSIONS,
    code="IG4020",
)

LIMITS = (
    FINEST,
    LONGEST_EXPRESSION,
    _limit(
        name="longest time zone",
        value=50,
        unit="characters",
        source=_API,
        unchecked="no name of the IANA database is so long",
    ),
    _limit(
        name="longest name",
        value=64,
        unit="characters",
        source=_API,
        unchecked="names are made by the target, which shortens long ones with a hash",
    ),
    _limit(
        name="most retries",
        value=185,
        unit="retries",
        source=_RETRIES,
        unchecked="the SDK's crons have no retries",
    ),
    _limit(
        name="longest age of an event",
        value=86_400,
        unit=SECONDS,
        source=_RETRIES,
        unchecked="the SDK's crons have no retries",
    ),
)
TRAITS = (ONE_DAY_FIELD,)

PROVIDER = Provider(name=NAME, limits=LIMITS, traits=TRAITS)
