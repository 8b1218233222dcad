"""What is wrong with a plan: problems that a target raises once it knows what a cloud must hold."""

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import NO_EXAMPLE, Problem

PLAN_TOO_LARGE = Problem(
    code="IG4040",
    slug="plan-too-large",
    severity=Severity.ERROR,
    summary="{what} has {size}, and {target} takes {limit}",
    why="The cloud refuses it, after everything has been uploaded.",
    help="{cure}: see {source}",
    example=NO_EXAMPLE,
)

KIND_UNSUPPORTED = Problem(
    code="IG4050",
    slug="kind-unsupported",
    severity=Severity.ERROR,
    summary="{target} has nothing yet for {subject}",
    why="What is left out of a plan without a word is missed when it is too late.",
    help="remove it, or choose a target that has it",
    example=NO_EXAMPLE,
)

PLAN_PROBLEMS: tuple[Problem, ...] = (PLAN_TOO_LARGE, KIND_UNSUPPORTED)
