"""What an earlier run concluded, where everything that it concluded it from is the same.

    sources, settings, facts used, texts searched, migrations ──▶ graph, findings

An edit that leaves the facts of a file as they were changes nothing here, nor does one of a file
that was passed over and still is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from infragraph.diagnostics import diagnostic
from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.frontend.library import Library
from infragraph.frontend.reading import Reading
from infragraph.model import graph, source
from infragraph.model.directory import DirectoryListing
from infragraph.model.graph import InfraGraph
from infragraph.model.packing import forms, packed, unpacked
from infragraph.model.settings import Settings
from infragraph.model.source import SourceFile

Linked: TypeAlias = tuple[InfraGraph, tuple[Diagnostic, ...]]
"""What linking gives."""

Migrations: TypeAlias = Callable[[str], DirectoryListing | None]

_FORMS = forms(graph, source, diagnostic)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be linked; folders of migrations that are asked for are noted in `listings`."""

    reading: Reading
    libraries: tuple[Library, ...]
    application: str
    settings: Settings
    migrations: Migrations
    listings: dict[str, Any] = field(default_factory=dict[str, Any])

    def listed(self, path: str) -> DirectoryListing | None:
        found = self.migrations(path)
        self.listings[path] = _plain_listing(found)
        return found


def recalled(question: Question) -> Linked | None:
    """The answer, where it has been given; None where any part of the question is another."""
    reading = question.reading
    known = reading.files.recall()
    if known is None:
        return None
    asked, first, later, searched, listings, answer = known
    if asked != _plain(question) or [path for path, _ in first] != _paths(reading, reading.first):
        return None
    by_path = {source.path: source for source in reading.sources}
    if not all(reading.files.holds(digest, by_path[path]) for path, digest in searched):
        return None
    if not all(reading.files.same(digest, by_path[path]) for path, digest in (*first, *later)):
        return None
    if any(_plain_listing(question.migrations(path)) != listing for path, listing in listings):
        return None
    # The content that a later run compares with is then the one of this run.
    now = tuple(
        tuple((path, reading.files.parsed_content(by_path[path])) for path, _ in part)
        for part in (first, later)
    )
    if now != (tuple(first), tuple(later)):
        reading.files.remember(lambda: (asked, *now, searched, listings, answer))
    return cast("Linked", unpacked(answer, _FORMS))


def remember(question: Question, answer: Linked) -> None:
    """Keep an answer with all that it followed from."""
    question.reading.files.remember(lambda: _whole(question, answer))


def _whole(question: Question, answer: Linked) -> Any:
    reading = question.reading
    later = sorted(reading.facts.keys() - set(reading.first))
    return (
        _plain(question),
        _contents(reading, reading.first),
        _contents(reading, later),
        tuple((source.path, source.digest) for source in reading.searched()),
        tuple(sorted(question.listings.items())),
        packed(answer),
    )


def _plain(question: Question) -> Any:
    settings = question.settings
    tops = (sorted(library.top_level) for library in question.libraries)
    services = (
        (span.path, span.line, span.column, span.end_line, span.end_column, name)
        for span, name in sorted(settings.services.items())
    )
    return (
        question.application,
        tuple(tuple(names) for names in tops),
        settings.dialects,
        settings.targets,
        tuple(services),
        settings.audits_all,
        tuple(_plain_source(source) for source in question.reading.sources),
    )


def _plain_source(source: SourceFile) -> tuple[str, str, bool, bool]:
    return source.path, source.module, source.is_package, source.is_library


def _plain_listing(listing: DirectoryListing | None) -> Any:
    if listing is None:
        return None
    return tuple((file.name, file.content) for file in listing.files), listing.unreadable


def _paths(reading: Reading, numbers: Sequence[int]) -> list[str]:
    return [reading.sources[number].path for number in numbers]


def _contents(reading: Reading, numbers: Sequence[int]) -> tuple[tuple[str, bytes], ...]:
    sources = [reading.sources[number] for number in numbers]
    return tuple((source.path, reading.files.parsed_content(source)) for source in sources)
