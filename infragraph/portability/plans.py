"""What is wrong with a plan: problems that a target raises once it knows what a cloud must hold."""

from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import NO_EXAMPLE, Problem
from infragraph.model.environment import Environment, Size
from infragraph.model.graph import InfraGraph

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

ALARMS_UNHEARD = Problem(
    code="IG4042",
    slug="alarms-unheard",
    severity=Severity.WARNING,
    summary="nobody is told of the alarms of the environment {environment!r}",
    why="Dead letters and messages that wait set off alarms, which without a receiver show in a "
    "console that nobody looks at.",
    help="name an e-mail address, or who is told already, as 'alarms_to' of its 'observability'",
    example=NO_EXAMPLE,
)


def unheard(environment: Environment, graph: InfraGraph) -> Iterator[Diagnostic]:
    """A finding where an environment of production has alarms and no receiver."""
    has_alarms = any(
        node.kind == "subscription" and environment.is_created(node.id) for node in graph.nodes
    )
    if has_alarms and environment.size is Size.PRODUCTION and environment.alarms_to is None:
        span = environment.place("observability")
        yield ALARMS_UNHEARD.at(span, environment=environment.name)


PLAN_PROBLEMS: tuple[Problem, ...] = (PLAN_TOO_LARGE, KIND_UNSUPPORTED, ALARMS_UNHEARD)
