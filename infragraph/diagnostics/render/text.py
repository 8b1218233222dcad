"""A report for a person at a terminal."""

from collections.abc import Iterator

from infragraph.diagnostics.render.excerpt import Page, excerpt
from infragraph.diagnostics.render.summary import summary
from infragraph.diagnostics.render.verdict import files_line, verdict
from infragraph.diagnostics.report import Report


def render(report: Report, page: Page) -> str:
    return "".join(f"{line}\n" for line in _lines(report, page))


def render_findings(report: Report, page: Page) -> str:
    """The findings and the verdict alone, where there is no graph to tell of."""
    return "".join(f"{line}\n" for line in (*_findings(report, page), verdict(report)))


def _lines(report: Report, page: Page) -> Iterator[str]:
    yield from summary(report.graph, columns=page.width, is_coloured=page.is_coloured)
    yield ""
    yield from _findings(report, page)
    yield files_line(report)
    yield verdict(report)


def _findings(report: Report, page: Page) -> Iterator[str]:
    for diagnostic in report.diagnostics:
        yield from excerpt(diagnostic, page)
        yield ""
