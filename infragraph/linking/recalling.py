"""What an earlier run concluded, where everything that it concluded it from is the same.

    sources, settings, facts used, texts searched, migrations ──▶ graph, findings

An edit that leaves the facts of a file as they were changes nothing here, nor does one of a file
that was passed over and still is, nor one of what no run has looked into. Where such an edit moves
lines, places in the answer move with them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias, cast

from infragraph.diagnostics import diagnostic
from infragraph.dialects.sdk.names import DISTINCTIVE
from infragraph.frontend.asked_names import AskedNames
from infragraph.frontend.bodies import Asked, asked
from infragraph.frontend.library import Library
from infragraph.frontend.likeness import moves
from infragraph.frontend.moves import Moves
from infragraph.frontend.reading import Reading
from infragraph.frontend.stack import deep_stack
from infragraph.frontend.stdlib import StandardLibrary
from infragraph.frontend.wording import TELLING
from infragraph.linking.checks.undefined_names import DECORATORS, NAME_NOT_DEFINED
from infragraph.linking.moving import Answer, moved
from infragraph.model import graph, source
from infragraph.model.directory import DirectoryListing
from infragraph.model.packing import forms, packed, unpacked
from infragraph.model.settings import Settings
from infragraph.model.sketch import ALL
from infragraph.model.source import SourceFile

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


class _Used(NamedTuple):
    """A file whose facts were used: its content by a digest, and what was asked of its bodies."""

    path: str
    content: bytes
    asked: Asked


class _Known(NamedTuple):
    """All that is kept of an answer: the files that were read `first`, and those that came `later`.

    Of those in `searched` more than the facts was used.
    """

    question: Any
    first: tuple[_Used, ...]
    later: tuple[_Used, ...]
    searched: tuple[tuple[str, bytes], ...]
    listings: tuple[tuple[str, Any], ...]
    answer: bytes


def recalled(question: Question) -> Answer | None:
    """The answer, where it has been given; None where any part of the question is another."""
    reading = question.reading
    plain = reading.files.recall()
    if plain is None:
        return None
    known = _known(plain)
    first = [reading.sources[number].path for number in reading.first]
    if known.question != _plain(question) or [used.path for used in known.first] != first:
        return None
    by_path = {source.path: source for source in reading.sources}
    if not all(reading.files.holds(digest, by_path[path]) for path, digest in known.searched):
        return None
    changed = [
        used
        for used in (*known.first, *known.later)
        if not reading.files.same(used.content, by_path[used.path])
    ]
    found = _moves(question, changed, by_path)
    if found is None:
        return None
    # Who asks for a folder is taken to use it, and the same facts do.
    if any(_plain_listing(question.migrations(path)) != it for path, it in known.listings):
        return None
    return _given_again(question, known, found, by_path)


def remember(question: Question, answer: Answer, names: Callable[[], AskedNames]) -> None:
    """Keep an answer with all that it followed from, and with the names that were asked for."""
    question.reading.files.remember(lambda: _whole(question, answer, names()))


def _known(plain: Any) -> _Known:
    question, first, later, searched, listings, answer = plain
    return _Known(question, _all_used(first), _all_used(later), searched, listings, answer)


def _all_used(plain: Any) -> tuple[_Used, ...]:
    return tuple(_Used(path, content, Asked(*asked)) for path, content, asked in plain)


@deep_stack()
def _moves(
    question: Question, changed: Iterable[_Used], by_path: Mapping[str, SourceFile]
) -> dict[str, Moves] | None:
    """Where lines stand now in files of other contents; None where more than lines has moved."""
    found: dict[str, Moves] = {}
    reading = question.reading
    files = reading.files
    words = _words(question.libraries)
    for used in changed:
        before = files.earlier(used.content)
        (now,) = files.facts([by_path[used.path]])
        of_file = None if before is None else moves(before, now, used.asked, words)
        if of_file is None or _imports_any(reading, by_path[used.path], of_file.renamed):
            return None
        found[used.path] = of_file
    return found


def _imports_any(reading: Reading, source: SourceFile, names: frozenset[str]) -> bool:
    """Whether a file of the application imports one of the names from a module, or all of them."""
    return bool(names) and any(
        file.absolute(level, module) == source.module
        for file in reading.sketched
        for level, module, imported in file.sketch.imports
        if ALL in imported or not names.isdisjoint(imported)
    )


def _words(libraries: Iterable[Library]) -> frozenset[str]:
    """What is looked for in the words of every body that is not lowered."""
    every = (*libraries, StandardLibrary())
    verbs = frozenset[str]().union(*(library.distinctive for library in every))
    return verbs | TELLING | DECORATORS | DISTINCTIVE


def _given_again(
    question: Question,
    known: _Known,
    moves: Mapping[str, Moves],
    by_path: Mapping[str, SourceFile],
) -> Answer | None:
    """The answer with its places where they are now, which a later run compares with."""
    files = question.reading.files
    answer = cast("Answer", unpacked(known.answer, _FORMS))
    plain = known.answer
    _, findings = answer
    lacking = {it.span.path for it in findings if it.code == NAME_NOT_DEFINED.code}
    # Where a name is lacking, the nearest of the file is told.
    if any(one.renamed and path in lacking for path, one in moves.items()):
        return None
    moving = {path: one for path, one in moves.items() if not one.are_none}
    if moving:
        elsewhere = moved(answer, moving)
        if elsewhere is None:
            return None
        answer, plain = elsewhere, packed(elsewhere)
    first, later = (
        tuple(used._replace(content=files.parsed_content(by_path[used.path])) for used in part)
        for part in (known.first, known.later)
    )
    if (first, later) != (known.first, known.later):
        now = known._replace(first=first, later=later, answer=plain)
        files.remember(lambda: _as_plain(now))
    return answer


def _as_plain(known: _Known) -> Any:
    first, later = (
        tuple((path, content, tuple(asked)) for path, content, asked in part)
        for part in (known.first, known.later)
    )
    return (known.question, first, later, known.searched, known.listings, known.answer)


def _whole(question: Question, answer: Answer, names: AskedNames) -> Any:
    reading = question.reading
    later = sorted(reading.facts.keys() - set(reading.first))
    return _as_plain(
        _Known(
            question=_plain(question),
            first=_used(reading, reading.first, names),
            later=_used(reading, later, names),
            searched=tuple((source.path, source.digest) for source in reading.searched()),
            listings=tuple(sorted(question.listings.items())),
            answer=packed(answer),
        )
    )


def _used(reading: Reading, numbers: Sequence[int], names: AskedNames) -> tuple[_Used, ...]:
    return tuple(
        _Used(
            reading.sources[number].path,
            reading.files.parsed_content(reading.sources[number]),
            asked(reading.facts[number].body, names.get(reading.sources[number].module)),
        )
        for number in numbers
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
