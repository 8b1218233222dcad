"""The graph with its findings as JSON, one object to a line, so that it diffs well."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.report import Report
from infragraph.model.graph import Edge, Evidence, Node, Property, Unresolved
from infragraph.model.source import SourceSpan

Object: TypeAlias = Mapping[str, Property]

SCHEMA_VERSION = 1


def render(report: Report) -> str:
    graph = report.graph
    payloads = [f"{_dump(name)}: {_dump(graph.payloads[name])}" for name in sorted(graph.payloads)]
    sections = (
        f'"schema_version": {SCHEMA_VERSION}',
        f'"application": {_dump(graph.application)}',
        _list("nodes", map(_node, graph.nodes)),
        _list("edges", map(_edge, graph.edges)),
        _block("payloads", payloads, "{}"),
        _list("unresolved", map(_unresolved, graph.unresolved)),
        _list("diagnostics", map(_diagnostic, report.diagnostics)),
    )
    return "{\n" + ",\n".join(sections) + "\n}\n"


def _list(name: str, objects: Iterable[Object]) -> str:
    return _block(name, [_dump(one) for one in objects], "[]")


def _block(name: str, lines: Sequence[str], brackets: str) -> str:
    if not lines:
        return f'"{name}": {brackets}'
    inner = ",\n".join(f"  {line}" for line in lines)
    return f'"{name}": {brackets[0]}\n{inner}\n{brackets[1]}'


def _dump(value: Property) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Mapping[str, Property] | Sequence[Property]) -> object:
    """A mapping or sequence of any class, as one of the two that JSON has."""
    return dict(value) if isinstance(value, Mapping) else list(value)


def _location(span: SourceSpan) -> Object:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _node(node: Node) -> Object:
    return {
        "id": node.id,
        "kind": node.kind,
        "name": node.name,
        "service": node.service,
        "doc": node.doc,
        "symbol": node.symbol,
        "location": _location(node.span),
        "properties": node.properties,
    }


def _edge(edge: Edge) -> Object:
    return {
        "source": edge.source,
        "relation": edge.relation,
        "target": edge.target,
        "properties": edge.properties,
        "evidence": [_evidence(one) for one in edge.evidence],
    }


def _evidence(evidence: Evidence) -> Object:
    shown: Object = {"location": _location(evidence.span), "via": list(evidence.via)}
    return {**shown, "declared": True} if evidence.is_declared else shown


def _unresolved(unresolved: Unresolved) -> Object:
    return {
        "location": _location(unresolved.span),
        "expression": unresolved.expression,
        "reason": unresolved.reason,
    }


def _diagnostic(diagnostic: Diagnostic) -> Object:
    return {
        "code": diagnostic.code,
        "slug": diagnostic.slug,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "location": _location(diagnostic.span),
        "labels": [
            {"location": _location(label.span), "text": label.text} for label in diagnostic.labels
        ],
        "help": diagnostic.help,
    }
