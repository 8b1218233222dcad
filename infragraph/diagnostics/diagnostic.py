"""A diagnostic: one problem at one place of one application."""

from dataclasses import dataclass
from enum import StrEnum

from infragraph.model.source import SourceSpan


class Severity(StrEnum):
    """How much a finding matters; an error fails the command, a warning does with `--strict`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Label:
    """A second place that explains a finding."""

    span: SourceSpan
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """A finding; `expected` is the short text under its span, `labels` are the other places.

    `cause` is the one mistake that several findings are about, of which only the first is told.
    """

    code: str
    slug: str
    severity: Severity
    message: str
    span: SourceSpan
    expected: str = ""
    labels: tuple[Label, ...] = ()
    help: str = ""
    cause: str = ""
