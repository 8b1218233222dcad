"""What one analysis shows that the one before did not, and the other way round."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.render.excerpt import Page, excerpt
from infragraph.diagnostics.render.terminal import Colour, painted, safe
from infragraph.diagnostics.render.verdict import verdict
from infragraph.diagnostics.report import Report
from infragraph.model.graph import InfraGraph

Finding: TypeAlias = tuple[str, str, str, str, int]
"""Code, path, message, source line, and which of several such: a finding that moves is the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a run showed, as far as the next one is compared with it.

    `graph` is that of the last run in which every file could be read: a typing error is no change
    of an application. `unread` are the files that could not be.
    """

    findings: Mapping[Finding, tuple[str, ...]]
    graph: InfraGraph
    unread: tuple[str, ...]
    verdict: str


def seen(report: Report, page: Page, before: Seen | None, *, is_mistaken: bool) -> Seen:
    """What this report shows; where the configuration `is_mistaken` it has no graph."""
    unread = tuple(sorted({one.span.path for one in report.diagnostics if is_mistaken or _is(one)}))
    keeps = before is not None and bool(unread)
    return Seen(
        findings=_findings(report, page),
        graph=before.graph if before is not None and keeps else report.graph,
        unread=unread,
        verdict=verdict(report),
    )


def changes(before: Seen, after: Seen, page: Page) -> tuple[str, ...]:
    """The lines that tell of every difference, the verdict last; none where there is none."""
    lines = [
        *_told("appeared", after.findings, before.findings, Colour.RED, page),
        *_told("vanished", before.findings, after.findings, Colour.CYAN, page),
        *_graph(before.graph, after.graph),
    ]
    if after.unread and after.unread != before.unread:
        files = ", ".join(safe(path) for path in after.unread)
        lines.append(f"the graph is compared again once this can be read: {files}")
    return (*lines, after.verdict) if lines or before.verdict != after.verdict else ()


def _is(diagnostic: Diagnostic) -> bool:
    """Whether it is about a file that could not be analyzed."""
    return diagnostic.code.startswith("IG10") and diagnostic.severity == Severity.ERROR


def _findings(report: Report, page: Page) -> Mapping[Finding, tuple[str, ...]]:
    found: dict[Finding, tuple[str, ...]] = {}
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for one in report.diagnostics:
        lines = page.lines_of(one.span.path) or ()
        line = lines[one.span.line - 1].strip() if one.span.line <= len(lines) else ""
        key = (one.code, one.span.path, one.message, line)
        found[*key, counts[key]] = tuple(excerpt(one, page))
        counts[key] += 1
    return found


def _told(
    word: str,
    findings: Mapping[Finding, tuple[str, ...]],
    others: Mapping[Finding, tuple[str, ...]],
    colour: Colour,
    page: Page,
) -> Iterator[str]:
    for finding, lines in findings.items():
        if finding not in others:
            yield painted(f"{word}:", colour, is_coloured=page.is_coloured)
            yield from lines
            yield ""


def _graph(before: InfraGraph, after: InfraGraph) -> Iterator[str]:
    old, new = _parts(before), _parts(after)
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            yield f"+ {name}"
        elif name not in new:
            yield f"- {name}"
        elif old[name] != new[name]:
            yield f"~ {name}"


def _parts(graph: InfraGraph) -> Mapping[str, object]:
    """Nodes and edges by what they are called, with what is said of them; places may move."""
    nodes = {
        f"node {safe(node.id)}": (node.name, node.service, node.doc, node.properties)
        for node in graph.nodes
    }
    edges = {
        f"edge {safe(edge.source)} {edge.relation} {safe(edge.target)}": edge.properties
        for edge in graph.edges
    }
    return {**nodes, **edges}
