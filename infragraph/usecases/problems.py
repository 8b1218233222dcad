"""Everything that can be wrong, by code, by slug, and by what somebody may have meant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from infragraph.diagnostics.configuration_problems import CONFIGURATION_PROBLEMS
from infragraph.diagnostics.environment_problems import ENVIRONMENT_PROBLEMS
from infragraph.diagnostics.generation_problems import GENERATION_PROBLEMS
from infragraph.diagnostics.problem import Problem
from infragraph.diagnostics.suppression import SUPPRESSION_PROBLEMS
from infragraph.diagnostics.tree_problems import TREE_PROBLEMS
from infragraph.diagnostics.words import nearest
from infragraph.formats.gcloud.problems import GCLOUD_PROBLEMS
from infragraph.formats.runtime.completeness import COMPLETENESS_PROBLEMS
from infragraph.frontend.file_problems import FILE_PROBLEMS
from infragraph.kinds import KIND_PROBLEMS
from infragraph.linking.checks import CHECK_PROBLEMS
from infragraph.portability.checks import PORTABILITY_PROBLEMS
from infragraph.targets.aws.load_balancer_problems import LOAD_BALANCER_PROBLEMS
from infragraph.targets.aws.problems import AWS_PROBLEMS
from infragraph.targets.aws.roles_size import ROLE_TOO_LARGE
from infragraph.targets.gcp.problems import GCP_PROBLEMS

ALL_PROBLEMS: tuple[Problem, ...] = (
    *FILE_PROBLEMS,
    *TREE_PROBLEMS,
    *KIND_PROBLEMS,
    *CHECK_PROBLEMS,
    *PORTABILITY_PROBLEMS,
    *AWS_PROBLEMS,
    *LOAD_BALANCER_PROBLEMS,
    ROLE_TOO_LARGE,
    *GCP_PROBLEMS,
    *GCLOUD_PROBLEMS,
    *CONFIGURATION_PROBLEMS,
    *ENVIRONMENT_PROBLEMS,
    *GENERATION_PROBLEMS,
    *SUPPRESSION_PROBLEMS,
    *COMPLETENESS_PROBLEMS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownName:
    """A code or slug that no problem has; `near` is the one that was probably meant."""

    name: str
    near: str | None


def by_code(problems: Iterable[Problem]) -> Mapping[str, Problem]:
    return {problem.code: problem for problem in problems}


def codes_by_slug(problems: Iterable[Problem]) -> Mapping[str, str]:
    return {problem.slug: problem.code for problem in problems}


def find(name: str, problems: Iterable[Problem]) -> Problem | UnknownName:
    """The problem that a code or slug names, in whatever case."""
    named: dict[str, Problem] = {}
    for problem in problems:
        named[problem.code.lower()] = named[problem.slug] = problem
    found = named.get(name.strip().lower().replace("_", "-"))
    if found is not None:
        return found
    near = nearest(name.strip().lower(), named)
    shown = near.upper() if near is not None and near.startswith("ig") else near
    return UnknownName(name=name, near=shown)
