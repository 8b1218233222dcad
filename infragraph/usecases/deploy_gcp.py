"""Deploy an environment to Google Cloud.

    apply.sh ──plan──▶ commands ──ask──▶ stages ──▶ secrets ──▶ jobs ──▶ services ──▶ leftovers

The script removes nothing; what it finds that is ours and needed no more is listed at the end.
"""

from infragraph.deploy.errors import refuse_use
from infragraph.deploy.gcp.stages import (
    BEFORE_SERVICES,
    LEFTOVERS,
    SERVICES,
    Deployment,
    demand_values,
    run_jobs,
    run_stages,
)

_MARK = "@sha256:"


def demand_image(given: str | None) -> str:
    """A reference by digest: a tag may stand for another image tomorrow."""
    if given is None or _MARK not in given:
        refuse_use(
            "the image has to be named by its repository and digest",
            "name it: --image REGION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE@sha256:…",
        )
    return given


def carry_out(it: Deployment) -> None:
    run_stages(it, BEFORE_SERVICES)
    demand_values(it)
    run_jobs(it)
    run_stages(it, (*SERVICES, LEFTOVERS))


def go_back(it: Deployment) -> None:
    """The services of another image; migrations are not undone."""
    run_stages(it, ("run",))
