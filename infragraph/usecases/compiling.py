"""An application compiled with every check there is, those of its targets included."""

from collections.abc import Callable, Sequence

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.frontend.files import Files
from infragraph.linking import compile as linking
from infragraph.linking.checks import ALL_CHECKS
from infragraph.model.directory import DirectoryListing
from infragraph.model.graph import InfraGraph
from infragraph.model.settings import Settings
from infragraph.model.source import SourceFile
from infragraph.portability import checks as portability


def compile_application(
    sources: Sequence[SourceFile],
    *,
    application: str,
    migrations: Callable[[str], DirectoryListing | None],
    settings: Settings,
    files: Files | None = None,
) -> tuple[InfraGraph, tuple[Diagnostic, ...]]:
    """The graph and the findings; every command takes this one, since they share what is kept."""
    return linking.compile_application(
        sources,
        application=application,
        migrations=migrations,
        settings=settings,
        files=files,
        checks=(*ALL_CHECKS, portability.check),
    )
