"""What a load balancer cannot do for an application."""

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import NO_EXAMPLE, Problem

PATH_NOT_ROUTABLE = Problem(
    code="IG4060",
    slug="path-not-routable",
    severity=Severity.ERROR,
    summary="no load balancer of AWS can lead requests to {path!r}: {reason}",
    why=(
        "An Application Load Balancer tells services apart by the path, which its rules name: "
        "128 characters of letters, digits and _-.$/~\"'@:+& "
        "(docs.aws.amazon.com/elasticloadbalancing/latest/application/add-rule.html, 2026-11-25)."
    ),
    help="shorten the path, or write it with letters, digits and hyphens",
    example=NO_EXAMPLE,
)

TOO_MANY_RULES = Problem(
    code="IG4061",
    slug="too-many-listener-rules",
    severity=Severity.ERROR,
    summary="the paths of this application need {count} rules of a load balancer, which has {most}",
    why=(
        "An Application Load Balancer has 100 rules, of three paths each, unless AWS raises the "
        "quota ('Quotas for your Application Load Balancers' in AWS's guide, 2026-11-25)."
    ),
    help="give each service's paths a common beginning, such as '/orders/'",
    example=NO_EXAMPLE,
)

LISTENER_WITHOUT_NETWORK = Problem(
    code="IG4062",
    slug="listener-without-network",
    severity=Severity.ERROR,
    summary="the environment {environment!r} names a listener that exists, and no network",
    why="A load balancer reaches tasks in its own network alone.",
    help="name the network of the listener's load balancer as `network`",
    example=NO_EXAMPLE,
)

LOAD_BALANCER_PROBLEMS = (PATH_NOT_ROUTABLE, TOO_MANY_RULES, LISTENER_WITHOUT_NETWORK)
