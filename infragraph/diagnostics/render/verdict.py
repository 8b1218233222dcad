"""The last two lines of a run: which files it stands on, and what it found."""

from collections.abc import Mapping

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.report import Report


def files_line(report: Report) -> str:
    skipped = report.files.skipped
    reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(skipped.items()))
    total = sum(skipped.values())
    return f"files: {report.files.analyzed} analyzed, {total} skipped" + (
        f" ({reasons})" if reasons else ""
    )


def verdict(report: Report) -> str:
    counts = severities(report)
    parts = [
        f"{counts[severity]} {word if counts[severity] == 1 else word + 's'}"
        for severity, word in _WORDS.items()
        if counts[severity]
    ]
    unresolved = len(report.graph.unresolved)
    if unresolved:
        parts.append(f"{unresolved} unresolved {'use' if unresolved == 1 else 'uses'}")
    return f"found {', '.join(parts)}" if parts else "no findings"


def severities(report: Report) -> Mapping[Severity, int]:
    counts = dict.fromkeys(Severity, 0)
    for diagnostic in report.diagnostics:
        counts[diagnostic.severity] += 1
    return counts


_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
