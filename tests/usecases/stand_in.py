"""A compiler that finds what it is told to find: where no source needs to be understood."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.frontend.files import Files
from infragraph.model.directory import DirectoryListing
from infragraph.model.graph import InfraGraph
from infragraph.model.settings import Settings
from infragraph.model.source import SourceFile


@dataclass(kw_only=True)
class StandIn:
    """Remembers what it was called with."""

    found: tuple[Diagnostic, ...] = ()
    lists: tuple[str, ...] = ()
    sources: list[str] = field(default_factory=list[str])
    settings: Settings | None = None

    def __call__(
        self,
        sources: Sequence[SourceFile],
        *,
        application: str,
        migrations: Callable[[str], DirectoryListing | None],
        settings: Settings,
        files: Files,
    ) -> tuple[InfraGraph, tuple[Diagnostic, ...]]:
        del files
        self.sources = [file.path for file in sources]
        self.settings = settings
        for path in self.lists:
            migrations(path)
        graph = InfraGraph(application=application, nodes=(), edges=(), payloads={}, unresolved=())
        return graph, self.found
