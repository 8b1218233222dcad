"""Problems: what can be wrong with an application, one constant each, beside its check."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.model.source import SourceSpan


class Stage(StrEnum):
    """The part of the tool that finds a problem, as the reference groups them."""

    READING = "reading source"
    DECLARING = "declarations"
    GRAPH = "the whole graph"
    CONFIGURATION = "configuration and suppressions"
    INTERNAL = "our own bugs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Source that shows a problem and source that does not, by path.

    A value is the text of one file, in which `«` and `»` mark the finding's span. A test analyzes
    both sides: `bad` gives exactly this problem at the marked span, `good` gives nothing.
    """

    bad: Mapping[str, str]
    good: Mapping[str, str]


NO_EXAMPLE = Example(bad={}, good={})
"""For what text cannot show: the kind or the size of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that can be wrong.

    `code` is a literal that is never reused; `slug` is what `# infragraph: ignore[slug]` names;
    `summary` is a template for one sentence in lower case with no full stop; `help` starts with a
    verb.
    """

    code: str
    slug: str
    severity: Severity
    summary: str
    why: str
    help: str
    example: Example

    def at(
        self,
        span: SourceSpan,
        *,
        labels: tuple[Label, ...] = (),
        expected: str = "",
        help: str | None = None,  # noqa: A002 - the field's own name
        cause: str = "",
        **facts: object,
    ) -> Diagnostic:
        """The finding at `span`, under which `expected` stands; `facts` fill summary and help."""
        return Diagnostic(
            code=self.code,
            slug=self.slug,
            severity=self.severity,
            message=self.summary.format_map(facts),
            span=span,
            expected=expected,
            labels=labels,
            help=(help if help is not None else self.help).format_map(facts),
            cause=cause,
        )
