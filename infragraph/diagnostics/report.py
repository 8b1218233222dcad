"""Everything one run of `analyze` has to say."""

from collections.abc import Mapping
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.graph import InfraGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCounts:
    """How many files were analyzed, and how many were skipped for which reason."""

    analyzed: int
    skipped: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A graph with its findings, sorted by span; every renderer starts from this."""

    graph: InfraGraph
    diagnostics: tuple[Diagnostic, ...]
    files: FileCounts
