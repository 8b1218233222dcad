"""What an application's `expected.json` says, and the same of a report, to be compared whole.

Beside `nodes`, `edges` and `warnings` an application may give `errors` (in the form of `warnings`),
`unresolved`, `details` (by edge its `access` or `operations` and its `evidence`), `owners` (by node
the service, null for a library's) and `properties` (by node some of them). What it does not give is
not compared, but errors: without the key there are none.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.report import Report
from infragraph.diagnostics.selection import Selection
from infragraph.frontend.files import InMemory
from infragraph.model.graph import Edge, Evidence
from infragraph.usecases.analyze import analyze
from infragraph.usecases.compiling import compile_application
from infragraph.usecases.problems import ALL_PROBLEMS, codes_by_slug
from tests.workspace.trees import found

Expected: TypeAlias = Mapping[str, Any]

FILE = "expected.json"


def expected(folder: Path) -> Expected:
    document: Expected = json.loads((folder / FILE).read_text("utf-8"))
    return document


def report(folder: Path) -> Report:
    """What the command reports, by the folder's own configuration."""
    tree = found(folder)
    assert tree.configuration_mistakes == ()
    selection = Selection(severity=tree.configuration.severity)
    slugs = codes_by_slug(ALL_PROBLEMS)
    return analyze(tree, compile_application, slugs, selection, InMemory()).report


def edges(report: Report) -> list[str]:
    return [_name(edge) for edge in report.graph.edges]


def details(report: Report, wanted: Expected) -> dict[str, Any]:
    """As much of each edge as `wanted` tells of it."""
    by_name = {_name(edge): edge for edge in report.graph.edges}
    return {
        name: {key: _detail(by_name[name], key) for key in wanted[name]}
        for name in wanted
        if name in by_name
    }


def owners(report: Report, wanted: Expected) -> dict[str, str | None]:
    """The services of those nodes that `wanted` names."""
    return {node.id: node.service for node in report.graph.nodes if node.id in wanted}


def properties(report: Report, wanted: Expected) -> dict[str, dict[str, Any]]:
    """As much of each node as `wanted` tells of it."""
    return {
        node.id: {name: node.properties.get(name) for name in wanted[node.id]}
        for node in report.graph.nodes
        if node.id in wanted
    }


def unresolved(report: Report) -> list[dict[str, Any]]:
    found = (
        {"path": one.span.path, "line": one.span.line, "expression": one.expression}
        for one in report.graph.unresolved
    )
    return in_order(found)


def errors(report: Report) -> list[tuple[str, str, int]]:
    return _findings(report, lambda severity: severity == Severity.ERROR)


def warnings(report: Report) -> list[tuple[str, str, int]]:
    """Everything that is no error."""
    return _findings(report, lambda severity: severity != Severity.ERROR)


def findings_expected(entries: Iterable[Expected], report: Report) -> list[tuple[str, str, int]]:
    """Slug and place of what is expected; what is `about` a node is found where it is declared."""
    nodes = {node.id: node.span for node in report.graph.nodes}
    places: list[tuple[str, str, int]] = []
    for entry in entries:
        if "about" in entry:
            span = nodes[entry["about"]]
            places.append((entry["slug"], span.path, span.line))
        else:
            places.append((entry["slug"], entry["path"], entry["line"]))
    return sorted(places)


def in_order(places: Iterable[Expected]) -> list[dict[str, Any]]:
    return sorted(map(dict, places), key=lambda one: (one["path"], one["line"], str(one)))


def _findings(report: Report, is_wanted: Callable[[Severity], bool]) -> list[tuple[str, str, int]]:
    return sorted(
        (one.slug, one.span.path, one.span.line)
        for one in report.diagnostics
        if is_wanted(one.severity)
    )


def _name(edge: Edge) -> str:
    return f"{edge.source} {edge.relation} {edge.target}"


def _detail(edge: Edge, key: str) -> Any:
    if key == "evidence":
        return in_order(map(_evidence, edge.evidence))
    return edge.properties.get(key)


def _evidence(one: Evidence) -> dict[str, Any]:
    return {"path": one.span.path, "line": one.span.line, "via": list(one.via)}
