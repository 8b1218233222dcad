"""Folders, analyzed as the command analyzes them."""

from pathlib import Path

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.selection import Selection
from infragraph.frontend.files import InMemory
from infragraph.usecases.analyze import analyze
from infragraph.usecases.compiling import compile_application
from infragraph.usecases.problems import ALL_PROBLEMS, codes_by_slug
from tests.workspace.trees import found


def findings(root: Path) -> tuple[Diagnostic, ...]:
    """All findings of a folder, those on its configuration included."""
    tree = found(root)
    if tree.configuration_mistakes:
        return tree.configuration_mistakes
    selection = Selection(severity=tree.configuration.severity)
    slugs = codes_by_slug(ALL_PROBLEMS)
    return analyze(tree, compile_application, slugs, selection, InMemory()).report.diagnostics
