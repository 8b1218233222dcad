"""Names that a cloud keeps for itself."""

from collections.abc import Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.naming import subject
from infragraph.kinds.topic import Topic
from infragraph.portability.checks.example import application
from infragraph.portability.judged import Judged
from infragraph.portability.limits import pubsub
from infragraph.portability.limits.limit import cited
from infragraph.portability.targets import GCP

RESERVED = "goog"


def _called(name: str) -> Mapping[str, str]:
    files = application("gcp", topic='Topic[Order](«"orders"»)')
    configuration = f"application: {name}\ntargets: [gcp]\n"
    return {**files, "infragraph.yaml": configuration}


NAME_RESERVED = Problem(
    code="IG4013",
    slug="name-reserved",
    severity=Severity.ERROR,
    summary="{subject} would be called '{application}-…' on {target}, where {says}",
    why="Google keeps these names for itself, and refuses to make anything of such a name.",
    help="write another 'application: …' into infragraph.yaml: see {source}",
    example=Example(bad=_called("google-shop"), good=application("gcp")),
)

PROBLEMS = (NAME_RESERVED,)


def check(judged: Judged) -> Iterator[Diagnostic]:
    """One finding, since it is the application's name that all others begin with."""
    if judged.target != GCP or not judged.application.startswith(RESERVED):
        return
    for topic in judged.each(Topic):
        if topic.external is not True:
            yield NAME_RESERVED.at(
                topic.name_span,
                subject=subject("topic", topic.name),
                application=judged.application,
                target=judged.target.title,
                says=pubsub.RESERVED_NAMES.says,
                source=cited(pubsub.RESERVED_NAMES),
            )
            return
