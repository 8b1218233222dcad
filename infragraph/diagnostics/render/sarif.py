"""A report as SARIF 2.1.0, in the form that GitHub code scanning takes in."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.diagnostics.render.fingerprint import line_hashes
from infragraph.diagnostics.render.flows import Flow, Flows, flows_of, index
from infragraph.diagnostics.report import Report
from infragraph.diagnostics.wording import general, title
from infragraph.model.source import SourceSpan

Value: TypeAlias = str | int | bool | Sequence["Value"] | Mapping[str, "Value"]
Object: TypeAlias = dict[str, Value]

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_BASE = "%SRCROOT%"
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a report alone does not hold: who made it, its problems by code, and the files' text.

    `prefix` makes a path relative to the top of the repository.
    """

    version: str
    problems: Mapping[str, Problem]
    prefix: str
    text_of: Callable[[str], str | None]


def render(report: Report, origin: Origin) -> str:
    codes = sorted({diagnostic.code for diagnostic in report.diagnostics})
    results = list(_results(report, origin, {code: rank for rank, code in enumerate(codes)}))
    rules = [_rule(code, report, origin.problems.get(code)) for code in codes]
    run: Object = {
        "tool": {
            "driver": {"name": "infragraph", "semanticVersion": origin.version, "rules": rules}
        },
        # One repository can hold several applications, each with findings of its own.
        "automationDetails": {"id": f"infragraph/{report.graph.application}/"},
        "originalUriBaseIds": {_BASE: {"description": {"text": "The top of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log: Object = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(code: str, report: Report, problem: Problem | None) -> Object:
    if problem is None:
        slug = next(found.slug for found in report.diagnostics if found.code == code)
        return {"id": code, "name": _pascal(slug), "shortDescription": {"text": slug}}
    level = _LEVELS[problem.severity]
    return {
        "id": code,
        "name": _pascal(problem.slug),
        "shortDescription": {"text": title(problem)},
        "fullDescription": {"text": f"{general(problem.summary)}. {problem.why}"},
        "help": {"text": _help_text(problem), "markdown": _help_markdown(problem)},
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["infrastructure", problem.slug],
            "precision": "very-high",
            "problem.severity": "recommendation" if level == "note" else level,
        },
    }


def _pascal(slug: str) -> str:
    return "".join(word.capitalize() for word in slug.split("-"))


def _help_text(problem: Problem) -> str:
    return f"{problem.why}\n\nHow to fix: {general(problem.help)}."


def _help_markdown(problem: Problem) -> str:
    example = problem.example
    return (
        f"{problem.why}\n\n**How to fix**: {general(problem.help)}.\n\n"
        f"Not accepted:\n\n{_code(example, 'bad')}\n\nAccepted:\n\n{_code(example, 'good')}\n\n"
        f"Ignore one finding with `# infragraph: ignore[{problem.slug}]` on its line."
    )


def _code(example: Example, side: str) -> str:
    files = example.bad if side == "bad" else example.good
    blocks: list[str] = []
    for path, text in files.items():
        language = {"py": "python", "sql": "sql", "yaml": "yaml"}.get(path.rpartition(".")[2], "")
        plain = text.replace("«", "").replace("»", "").strip("\n")
        blocks.append(f"`{path}`\n\n```{language}\n{plain}\n```")
    return "\n\n".join(blocks)


def _results(report: Report, origin: Origin, rank_by_code: Mapping[str, int]) -> Iterator[Object]:
    flows = index(report.graph)
    hashes = _hashes(report, origin)
    seen: dict[str, int] = {}
    for diagnostic in report.diagnostics:
        identity = _identity(diagnostic, origin)
        seen[identity] = seen.get(identity, 0) + 1
        prints: Object = {"infragraph/v1": f"{identity}:{seen[identity]}"}
        line_hash = hashes.get(diagnostic.span.path, {}).get(diagnostic.span.line)
        if line_hash is not None:
            prints["primaryLocationLineHash"] = line_hash
        yield _result(diagnostic, origin, rank_by_code[diagnostic.code], prints, flows)


def _result(
    diagnostic: Diagnostic, origin: Origin, rank: int, prints: Object, flows: Flows
) -> Object:
    message = diagnostic.message
    if diagnostic.help:
        message = f"{message}; {diagnostic.help}"
    message = message.replace("](", "] (")  # Together they would be a link.
    result: Object = {
        "ruleId": diagnostic.code,
        "ruleIndex": rank,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": message},
        "locations": [{"physicalLocation": _physical(diagnostic.span, origin)}],
        "partialFingerprints": prints,
    }
    labels = [_related(number, label, origin) for number, label in enumerate(diagnostic.labels)]
    if labels:
        result["relatedLocations"] = labels
    code_flows = [_code_flow(flow, origin) for flow in flows_of(diagnostic, flows)]
    if code_flows:
        result["codeFlows"] = code_flows
    return result


def _physical(span: SourceSpan, origin: Origin) -> Object:
    return {
        "artifactLocation": {
            "uri": _encoded(f"{origin.prefix}{span.path}"),
            "uriBaseId": _BASE,
        },
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    }


def _encoded(path: str) -> str:
    """A path as a relative URI; the module of the standard library could also open one."""
    units = path.encode("utf-8", "replace")
    return "".join(chr(unit) if unit in _UNRESERVED else f"%{unit:02X}" for unit in units)


def _related(number: int, label: Label, origin: Origin) -> Object:
    return {
        "id": number,
        "physicalLocation": _physical(label.span, origin),
        "message": {"text": label.text or "related"},
    }


def _code_flow(flow: Flow, origin: Origin) -> Object:
    locations: list[Value] = [
        {
            "location": {
                "physicalLocation": _physical(step.span, origin),
                "message": {"text": step.text},
            }
        }
        for step in flow
    ]
    return {"threadFlows": [{"locations": locations}]}


def _hashes(report: Report, origin: Origin) -> Mapping[str, Mapping[int, str]]:
    lines: dict[str, set[int]] = {}
    for diagnostic in report.diagnostics:
        lines.setdefault(diagnostic.span.path, set()).add(diagnostic.span.line)
    hashes: dict[str, Mapping[int, str]] = {}
    for path, wanted in lines.items():
        text = origin.text_of(path)
        if text is not None:
            hashes[path] = line_hashes(text, wanted)
    return hashes


def _identity(diagnostic: Diagnostic, origin: Origin) -> str:
    """What stays the same of a finding while lines move: its file, sentence and source line."""
    lines = (origin.text_of(diagnostic.span.path) or "").splitlines()
    line = lines[diagnostic.span.line - 1] if diagnostic.span.line <= len(lines) else ""
    parts = (diagnostic.code, diagnostic.span.path, diagnostic.message, "".join(line.split()))
    written = "\0".join(parts).encode("utf-8", "replace")
    return hashlib.sha256(written).hexdigest()[:32]
