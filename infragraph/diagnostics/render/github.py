"""Workflow commands, which GitHub shows as annotations beside the lines of a change."""

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.render.terminal import safe
from infragraph.diagnostics.render.verdict import files_line, verdict
from infragraph.diagnostics.report import Report

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, *, prefix: str) -> str:
    """One command a finding; `prefix` makes a path relative to the top of the repository."""
    commands = [_command(diagnostic, prefix) for diagnostic in report.diagnostics]
    return "".join(f"{line}\n" for line in (*commands, files_line(report), verdict(report)))


def _command(diagnostic: Diagnostic, prefix: str) -> str:
    span = diagnostic.span
    properties = {
        "file": f"{prefix}{span.path}",
        "line": span.line,
        "endLine": span.end_line,
        "title": f"{diagnostic.code} {diagnostic.slug}",
    }
    if span.line == span.end_line:
        # Columns of an annotation are those of one line; the last one is part of it.
        properties |= {"col": span.column, "endColumn": max(span.end_column - 1, span.column)}
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_LEVELS[diagnostic.severity]} {written}::{_text(diagnostic)}"


def _text(diagnostic: Diagnostic) -> str:
    lines = [diagnostic.message, diagnostic.expected]
    lines += [f"{label.span.path}:{label.span.line}: {label.text}" for label in diagnostic.labels]
    lines.append(f"help: {diagnostic.help}" if diagnostic.help else "")
    return _data("\n".join(safe(line) for line in lines if line))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
