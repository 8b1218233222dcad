"""What the analyzer found, with the lines of source that it is about."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.render.excerpt import Page, excerpt
from infragraph.local.application import LocalApplication
from infragraph.model.source import SourceSpan


def excerpts(application: LocalApplication, width: int, *, is_coloured: bool) -> str:
    """Its findings, from the very analysis that found them."""
    page = Page(width=width, is_coloured=is_coloured, lines_of=_lines_of(application))
    return "\n".join(_lines(application, page)).rstrip()


def _lines(application: LocalApplication, page: Page) -> Iterator[str]:
    for found in application.graph["diagnostics"]:
        yield from excerpt(_diagnostic(found), page)
        yield ""


def _diagnostic(found: Mapping[str, Any]) -> Diagnostic:
    labels = tuple(
        Label(span=_span(it["location"]), text=str(it["text"])) for it in found["labels"]
    )
    return Diagnostic(
        code=str(found["code"]),
        slug=str(found["slug"]),
        severity=Severity(found["severity"]),
        message=str(found["message"]),
        span=_span(found["location"]),
        labels=labels,
        help=str(found["help"]),
    )


def _span(location: Mapping[str, Any]) -> SourceSpan:
    return SourceSpan(
        path=str(location["path"]),
        line=int(location["line"]),
        column=int(location["column"]),
        end_line=int(location["end_line"]),
        end_column=int(location["end_column"]),
    )


def _lines_of(application: LocalApplication) -> Callable[[str], Sequence[str] | None]:
    @cache
    def lines_of(path: str) -> list[str] | None:
        try:
            text = (application.root / path).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
        return text.splitlines()

    return lines_of
