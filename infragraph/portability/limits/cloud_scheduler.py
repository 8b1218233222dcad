"""Google Cloud Scheduler."""

from functools import partial

from infragraph.portability.limits.limit import SECONDS, Limit, Provider, Trait

NAME = "Cloud Scheduler"

# Read in the discovery document of cloudscheduler v1, revision 20261106, which this shows.
_JOBS = "https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs"
_FORMAT = "https://cloud.google.com/scheduler/docs/configuring/cron-job-schedules"
_TWICE = "https://docs.cloud.google.com/scheduler/docs/configuring/deduplicate-job-requests"

_limit = partial(Limit, provider=NAME, read="2026-11-25")
_trait = partial(Trait, provider=NAME, read="2026-11-25")

FINEST = _limit(name="finest period", value=60, unit=SECONDS, source=_FORMAT, code="IG4020")
EITHER_DAY = _trait(
    name="days",
    says="of day of month and day of week either counts, unless one is '*'",
    source=_FORMAT,
    code="IG4020",
)

LIMITS = (
    FINEST,
    _limit(
        name="longest attempt over HTTP",
        value=1_800,
        unit=SECONDS,
        source=_JOBS,
        unchecked="the SDK's crons have no timeout; 'cron.<name>.isolated' makes one a Run job",
    ),
    _limit(
        name="most retries",
        value=5,
        unit="retries",
        source=_JOBS,
        unchecked="the SDK's crons have no retries",
    ),
    _limit(
        name="longest name",
        value=500,
        unit="characters",
        source=_JOBS,
        unchecked="the SDK's names are shorter, and the target makes the others",
    ),
)
TRAITS = (
    EITHER_DAY,
    _trait(
        name="overlap",
        says="a run waits for the one before it to end",
        source=_JOBS,
        unchecked="how long a run takes shows when it runs",
    ),
    _trait(
        name="runs",
        says="a run may happen more than once",
        source=_TWICE,
        unchecked="whether a handler may run twice is not written in the source",
    ),
)

PROVIDER = Provider(name=NAME, limits=LIMITS, traits=TRAITS)
