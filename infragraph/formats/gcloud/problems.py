"""What `gcloud` has no words for."""

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import NO_EXAMPLE, Problem

NO_FLAG = Problem(
    code="IG4080",
    slug="no-flag",
    severity=Severity.ERROR,
    summary="{path} of {address} cannot be set by gcloud",
    why="A script that leaves it out would make something else than the objects beside it.",
    help="remove it from the overrides, or apply the objects by Config Connector alone",
    example=NO_EXAMPLE,
)

GCLOUD_PROBLEMS = (NO_FLAG,)
