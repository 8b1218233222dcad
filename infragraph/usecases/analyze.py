"""Turn a tree of source into a graph with findings.

    tree ──compile──▶ graph, diagnostics ──suppress──▶ ──choose──▶ report

Nothing here reads or writes: the tree is a value, and the compiler is an argument.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.directives import directives_in_lines
from infragraph.diagnostics.report import FileCounts, Report
from infragraph.diagnostics.selection import Selection, chosen
from infragraph.diagnostics.suppression import suppress
from infragraph.diagnostics.tree_problems import FILE_NOT_READ
from infragraph.frontend.extract.directives import WORD, directives
from infragraph.frontend.extract.encoding import decode
from infragraph.frontend.extract.scan import scan
from infragraph.frontend.files import Files
from infragraph.model.directory import DirectoryListing
from infragraph.model.facts import Directive, FileFault
from infragraph.model.graph import InfraGraph
from infragraph.model.settings import Settings
from infragraph.model.source import SourceFile
from infragraph.workspace.tree import Tree

UNNAMED = "app"


class Compiler(Protocol):
    """What makes a graph of sources that are sorted by path."""

    def __call__(
        self,
        sources: Sequence[SourceFile],
        *,
        application: str,
        migrations: Callable[[str], DirectoryListing | None],
        settings: Settings,
        files: Files,
    ) -> tuple[InfraGraph, tuple[Diagnostic, ...]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """A report, and what a reader should know of how it came about."""

    report: Report
    notes: tuple[str, ...]


def analyze(
    tree: Tree,
    compile_application: Compiler,
    slugs: Mapping[str, str],
    selection: Selection,
    files: Files,
) -> Analysis:
    """`slugs` holds every slug with its code; `files` gives the contents of the tree's."""
    listings: dict[str, DirectoryListing] = {}

    def migrations(path: str) -> DirectoryListing | None:
        listing = tree.migrations(path)
        if listing is not None:
            listings[path] = listing
        return listing

    graph, found = compile_application(
        tree.sources,
        application=tree.application or UNNAMED,
        migrations=migrations,
        settings=Settings(
            dialects=tree.configuration.dialects,
            targets=tree.configuration.targets,
            services=tree.configuration.named_services,
            audits_all=tree.configuration.audit == "all",
        ),
        files=files,
    )
    is_whole = not any(one.severity == Severity.ERROR for one in found)
    if tree.configuration.environments and is_whole:
        # What a mistake has kept out of the graph would be missed here once more.
        from infragraph.usecases.environment_checks import environment_findings  # noqa: PLC0415

        found = (*found, *environment_findings(tree.configuration, graph))
    faults = _faults(found)
    by_path = {**_in_sources(tree.sources, faults, files), **_in_listings(listings)}
    diagnostics = suppress((*tree.diagnostics, *found), by_path, slugs)
    report = Report(
        graph=graph,
        diagnostics=chosen(diagnostics, selection),
        files=_counts(tree, faults),
    )
    return Analysis(report=report, notes=_notes(tree))


def _faults(found: Sequence[Diagnostic]) -> Mapping[str, str]:
    """Why a file that was read could not be analyzed, by path."""
    return {
        diagnostic.span.path: diagnostic.slug.removesuffix("-error")
        for diagnostic in found
        if (diagnostic.code.startswith("IG10") and diagnostic.severity == Severity.ERROR)
        or diagnostic.code == FILE_NOT_READ.code
    }


def _in_sources(
    sources: Sequence[SourceFile], faults: Mapping[str, str], files: Files
) -> dict[str, tuple[Directive, ...]]:
    """Of a file that could not be analyzed none, since it is unknown what they would ignore."""
    found: dict[str, tuple[Directive, ...]] = {}
    for file in sources:
        may_hold = file.sketch is None or file.sketch.has_directive
        if file.is_library or file.path in faults or not may_hold:
            continue
        text = decode(files.contents(file))
        if not isinstance(text, FileFault) and WORD in text.text:
            found[file.path] = directives(text, scan(text.text).comments)
    return found


def _in_listings(listings: Mapping[str, DirectoryListing]) -> dict[str, tuple[Directive, ...]]:
    found: dict[str, tuple[Directive, ...]] = {}
    for listing in listings.values():
        for file in listing.files:
            text = file.content.decode(errors="replace")
            found[f"{listing.path}/{file.name}"] = directives_in_lines(text, "--")
    return found


def _counts(tree: Tree, faults: Mapping[str, str]) -> FileCounts:
    own = {file.path for file in tree.sources if not file.is_library}
    skipped = Counter(tree.skipped)
    skipped.update(reason for path, reason in faults.items() if path in own)
    return FileCounts(
        analyzed=len(own) - sum(path in own for path in faults),
        skipped=dict(sorted(skipped.items())),
    )


def _notes(tree: Tree) -> tuple[str, ...]:
    notes: list[str] = []
    if tree.application is None:
        notes.append(
            f"the application has no name, so it is called '{UNNAMED}'; "
            "write 'application: …' into infragraph.yaml"
        )
    tests = tree.left_out.get("test", 0)
    if tests:
        what = "1 file or folder" if tests == 1 else f"{tests} files or folders"
        notes.append(f"{what} of tests left out; 'include_tests: true' reads them")
    notebooks = tree.left_out.get("notebook", 0)
    if notebooks:
        what = "1 notebook" if notebooks == 1 else f"{notebooks} notebooks"
        notes.append(f"{what} left out: only Python files are read")
    others = tree.left_out.get("other-application", 0)
    if others:
        what = "1 folder" if others == 1 else f"{others} folders"
        notes.append(f"{what} with an infragraph.yaml of their own left out; analyze them apart")
    return tuple(notes)
