"""A problem's templates as sentences that stand without a finding."""

from collections.abc import Iterator
from string import Formatter

from infragraph.diagnostics.problem import Problem


def title(problem: Problem) -> str:
    return problem.slug.replace("-", " ")


def general(template: str) -> str:
    """A template with `…` where a finding puts its facts."""
    return "".join(_parts(template))


def _parts(template: str) -> Iterator[str]:
    for literal, name, _, conversion in Formatter().parse(template):
        yield literal
        if name is not None:
            yield "'…'" if conversion == "r" else "…"
