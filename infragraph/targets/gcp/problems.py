"""What Google Cloud cannot make of an application, seen once its plan is there."""

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import NO_EXAMPLE, Problem

TAG_NOT_A_LABEL = Problem(
    code="IG4070",
    slug="tag-not-a-label",
    severity=Severity.ERROR,
    summary="the tag {key!r} of environment {environment!r} is no label: {reason}",
    why="Labels of Google Cloud hold lower case letters, digits, '-' and '_', at most 63 of them.",
    help="{cure}: see https://cloud.google.com/resource-manager/docs/labels-overview (read "
    "2026-11-25)",
    example=NO_EXAMPLE,
)

GRANT_NOT_UNDERSTOOD = Problem(
    code="IG4071",
    slug="grant-not-understood",
    severity=Severity.ERROR,
    summary="the grant to service {service!r} names {what} {text!r}, which is {fault}",
    why="What cannot be given on one thing alone would have to be given on everything.",
    help="{cure}",
    example=NO_EXAMPLE,
)

CALLED_BY_ADDRESS = Problem(
    code="IG4072",
    slug="called-by-address",
    severity=Severity.WARNING,
    summary="service {callee!r} is known by its address alone, so that {caller} is given no right "
    "to call it",
    why="Rights are given on a service of Cloud Run by its name, which an address does not tell.",
    help="give {member} the role run.invoker where {callee!r} is deployed",
    example=NO_EXAMPLE,
)

SUBSCRIBER_WITHOUT_NUMBER = Problem(
    code="IG4073",
    slug="subscriber-without-number",
    severity=Severity.ERROR,
    summary="{topic!r} is opened to the project {project!r} by its id",
    why="The accounts of a project are called by the project's number where they get a right.",
    help="write the project's number, as 'gcloud projects describe {project}' shows it",
    example=NO_EXAMPLE,
)

DOMAIN_NOT_SERVED = Problem(
    code="IG4074",
    slug="domain-not-served",
    severity=Severity.WARNING,
    summary="the domain {domain!r} of environment {environment!r} is not set up",
    why="A host name of its own needs a load balancer in front of Cloud Run, which is not planned.",
    help="put a load balancer of your own in front, or call services by their addresses",
    example=NO_EXAMPLE,
)

NAMES_MEET = Problem(
    code="IG4075",
    slug="names-meet",
    severity=Severity.ERROR,
    summary="{node!r} and {other!r} would both be {name!r}",
    why="One of the two would replace the other.",
    help="rename one of the two",
    example=NO_EXAMPLE,
)

SETTING_NOT_USED = Problem(
    code="IG4076",
    slug="setting-not-used",
    severity=Severity.ERROR,
    summary="'{key}' of environment {environment!r} is not used on Google Cloud",
    why="What is asked for and not done would be missed when it is too late.",
    help="remove it: {instead}",
    example=NO_EXAMPLE,
)

PLATFORM_NOT_RUN = Problem(
    code="IG4077",
    slug="platform-not-run",
    severity=Severity.ERROR,
    summary="images of environment {environment!r} are for {platform}, and Cloud Run runs "
    "linux/amd64",
    why="A service would not start, after its image has been built and pushed.",
    help="write 'image_platform: linux/amd64', or leave it out: see "
    "https://cloud.google.com/run/docs/container-contract (read 2026-11-25)",
    example=NO_EXAMPLE,
)

GCP_PROBLEMS = (
    TAG_NOT_A_LABEL,
    GRANT_NOT_UNDERSTOOD,
    CALLED_BY_ADDRESS,
    SUBSCRIBER_WITHOUT_NUMBER,
    DOMAIN_NOT_SERVED,
    NAMES_MEET,
    SETTING_NOT_USED,
    PLATFORM_NOT_RUN,
)
