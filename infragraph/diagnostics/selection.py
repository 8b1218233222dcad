"""Which findings are shown, and how severe they are, by configuration and command line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from infragraph.diagnostics.diagnostic import Diagnostic, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Codes to show alone (all of them if None), codes to leave out, severities by slug."""

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, str]


EVERYTHING = Selection(severity={})


def chosen(diagnostics: Iterable[Diagnostic], selection: Selection) -> tuple[Diagnostic, ...]:
    found: list[Diagnostic] = []
    for diagnostic in diagnostics:
        severity = selection.severity.get(diagnostic.slug, diagnostic.severity)
        is_selected = selection.select is None or diagnostic.code in selection.select
        if severity != "off" and is_selected and diagnostic.code not in selection.ignore:
            found.append(replace(diagnostic, severity=Severity(severity)))
    return tuple(found)
