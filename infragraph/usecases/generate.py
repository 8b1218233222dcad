"""Make an environment's files of a graph.

    graph ──lower──▶ plan ──override──▶ plan ──render──▶ artifacts, each of a part

Nothing here reads or writes. With an error there are no artifacts, only findings.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Plan
from infragraph.portability.plans import unheard
from infragraph.targets.overriding import Spans, override
from infragraph.usecases.generators import Generator
from infragraph.workspace.deployments import Made


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """Files sorted by path, the plan that they show, and what was found on the way."""

    plan: Plan
    made: tuple[Made, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def is_whole(self) -> bool:
        """Whether there are files: with an error there are none."""
        return not any(one.severity == Severity.ERROR for one in self.diagnostics)


def generate(
    graph: InfraGraph,
    environment: Environment,
    spans: Spans,
    generator: Generator,
    only: Collection[str] | None,
) -> Generation:
    """`spans` are where the environment's patches stand; `only` are the parts wanted, or all."""
    plan, found = generator.lower(graph, environment)
    plan, overridden = override(plan, environment.patches, spans)
    checked = (one for check in generator.checks for one in check(plan, graph))
    diagnostics = (*found, *overridden, *unheard(environment, graph), *checked)
    unmade = Generation(plan=plan, made=(), diagnostics=diagnostics)
    if not unmade.is_whole:
        return unmade
    made = [
        Made(artifact=artifact, part=part.name)
        for part in generator.parts
        if only is None or part.name in only
        for artifact in part.render(plan, graph, environment)
    ]
    made.sort(key=lambda one: one.artifact.path)
    paths = {one.artifact.path.casefold() for one in made}
    # On some systems names that differ in case alone are one file.
    assert len(paths) == len(made), "every artifact has a file of its own"
    return replace(unmade, made=tuple(made))
