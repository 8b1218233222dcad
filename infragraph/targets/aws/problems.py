"""What AWS cannot make of an application, seen once its plan is there."""

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import NO_EXAMPLE, Problem

LOGICAL_IDS_MEET = Problem(
    code="IG4051",
    slug="logical-ids-meet",
    severity=Severity.ERROR,
    summary="{first} and {second} would both be {name!r} in a template",
    why="A logical id holds letters and digits alone, so that names that differ in hyphens meet.",
    help="rename one of the two",
    example=NO_EXAMPLE,
)

DYNAMIC_REFERENCE = Problem(
    code="IG4052",
    slug="dynamic-reference",
    severity=Severity.ERROR,
    summary="{node!r} holds the text {text!r}, which CloudFormation would carry out",
    why=(
        "What begins with '{{resolve:' is replaced by a secret or a parameter of the account "
        "wherever it stands, so that text could read what its author may not."
    ),
    help="write the text in another way",
    example=NO_EXAMPLE,
)

ORDER_UNLIKE_ADDRESS = Problem(
    code="IG4053",
    slug="order-unlike-address",
    severity=Severity.ERROR,
    summary="{node!r} is {declared}, and {address!r} is {found}",
    why=(
        "SNS keeps an order, and drops duplicates, from FIFO topics to FIFO queues alone; their "
        "names end in '.fifo'."
    ),
    help="declare what is there, or bind it to something else",
    example=NO_EXAMPLE,
)

PLAN_LARGE = Problem(
    code="IG4054",
    slug="plan-large",
    severity=Severity.WARNING,
    summary="{what} has {count} resources, and AWS takes {limit}",
    why="An application that outgrows its stack has to be moved to several, by hand.",
    help="{cure}",
    example=NO_EXAMPLE,
)

SERVICE_CALLED_AS_LAYER = Problem(
    code="IG4055",
    slug="service-called-as-layer",
    severity=Severity.ERROR,
    summary="the service {service!r} would share a stack with what all services stand on",
    why=(
        "With 'layout: split' each service has a stack of its name, and so have the network and "
        "the data, which are made before."
    ),
    help="rename the service, or choose 'layout: single'",
    example=NO_EXAMPLE,
)

TAG_NOT_TAKEN = Problem(
    code="IG4056",
    slug="tag-not-taken",
    severity=Severity.ERROR,
    summary="the tag {key!r} of environment {environment!r} is none that AWS takes: {reason}",
    why=(
        "Tags of AWS hold letters, digits, spaces and _.:/=+-@, and a resource has 50 at most "
        "('User-Defined Tag Restrictions' in AWS's guide to billing, 2026-11-25)."
    ),
    help="{cure}",
    example=NO_EXAMPLE,
)

GRANT_UNLIKE_IAM = Problem(
    code="IG4057",
    slug="grant-unlike-iam",
    severity=Severity.ERROR,
    summary="the grant to service {service!r} names {what} {text!r}, which is none of IAM's",
    why="AWS refuses a role with it, which a deployment finds out after minutes.",
    help="{cure}",
    example=NO_EXAMPLE,
)

GRANT_WIDE = Problem(
    code="IG4058",
    slug="grant-wide",
    severity=Severity.WARNING,
    summary="the grant to service {service!r} permits {action!r}, all that there is",
    why=(
        "Whoever takes over the service may do all of it, and the boundary of every role of the "
        "application is widened by it."
    ),
    help="name the actions that the service needs",
    example=NO_EXAMPLE,
)

AWS_PROBLEMS = (
    LOGICAL_IDS_MEET,
    DYNAMIC_REFERENCE,
    ORDER_UNLIKE_ADDRESS,
    PLAN_LARGE,
    SERVICE_CALLED_AS_LAYER,
    TAG_NOT_TAKEN,
    GRANT_UNLIKE_IAM,
    GRANT_WIDE,
)
