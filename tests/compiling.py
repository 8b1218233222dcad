"""Applications as texts, compiled as the command compiles a tree."""

from collections.abc import Mapping

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.directory import DirectoryListing, TextFile
from infragraph.model.graph import InfraGraph
from infragraph.model.settings import Settings
from infragraph.model.source import SourceFile
from infragraph.usecases.compiling import compile_application


def compiled(
    files: Mapping[str, str], *, application: str = "app", targets: tuple[str, ...] = ()
) -> tuple[InfraGraph, tuple[Diagnostic, ...]]:
    """The graph and the findings of files by path; a module's name is its path from the top."""
    sources = [_source(path, text) for path, text in files.items() if path.endswith(".py")]

    def migrations(path: str) -> DirectoryListing | None:
        return _listing(path, files)

    return compile_application(
        sources,
        application=application,
        migrations=migrations,
        settings=Settings(targets=targets),
    )


def diagnostics(files: Mapping[str, str], *targets: str) -> tuple[Diagnostic, ...]:
    return compiled(files, targets=targets)[1]


def edges(files: Mapping[str, str]) -> list[str]:
    """`source relation target` of every edge."""
    graph, _ = compiled(files)
    return [f"{edge.source} {edge.relation} {edge.target}" for edge in graph.edges]


def _source(path: str, text: str) -> SourceFile:
    name = path.removesuffix(".py")
    is_package = name.endswith("__init__")
    module = name.removesuffix("/__init__").replace("/", ".")
    return SourceFile(path=path, module=module, content=text.encode(), is_package=is_package)


def _listing(folder: str, files: Mapping[str, str]) -> DirectoryListing | None:
    found = {
        path.rpartition("/")[2]: text
        for path, text in files.items()
        if path.rpartition("/")[0] == folder
    }
    if not found:
        return None
    listed = tuple(
        TextFile(name=name, content=text.encode())
        for name, text in sorted(found.items())
        if name.endswith(".sql")
    )
    return DirectoryListing(path=folder, files=listed, unreadable=())
