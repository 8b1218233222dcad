"""An answer for programs, as `infragraph schema query` describes it."""

import json

from infragraph.model.graph import Evidence, InfraGraph, Property
from infragraph.model.queries import Found, Step
from infragraph.usecases.query import Answer

SCHEMA_VERSION = 1


def render(answer: Answer, graph: InfraGraph) -> str:
    kinds = {node.id: (node.kind, node.name, node.service) for node in graph.nodes}
    results: list[Property] = []
    for found in answer.found:
        kind, name, service = kinds.get(found.node, (None, None, None))
        node: dict[str, Property] = {
            "node": found.node,
            "kind": kind,
            "name": name,
            "service": service,
        }
        results.append({**node, **_details(found)})
    content = {
        "schema_version": SCHEMA_VERSION,
        "application": graph.application,
        "question": answer.question,
        "subjects": [node.id for node in answer.subjects],
        "results": results,
        "notes": list(answer.notes),
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _details(found: Found) -> dict[str, Property]:
    return {
        "path": [_step(step) for step in found.path],
        "members": list(found.members),
        "reason": found.reason,
    }


def _step(step: Step) -> dict[str, Property]:
    return {
        "source": step.source,
        "relation": step.relation,
        "target": step.target,
        "evidence": [_evidence(one) for one in step.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, Property]:
    span = evidence.span
    return {
        "location": {
            "path": span.path,
            "line": span.line,
            "column": span.column,
            "end_line": span.end_line,
            "end_column": span.end_column,
        },
        "via": list(evidence.via),
        "declared": evidence.is_declared,
    }
