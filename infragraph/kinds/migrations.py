"""A folder of migrations: their names, their SQL, and the tables that they end with."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic, Label
from infragraph.kinds.migration_problems import (
    MIGRATION_BREAKING,
    MIGRATION_DOWN_WITHOUT_UP,
    MIGRATION_EMPTY,
    MIGRATION_NAME_MALFORMED,
    MIGRATION_NOT_READ,
    MIGRATION_NUMBER_MISSING,
    MIGRATION_NUMBER_TWICE,
    MIGRATION_SYNTAX,
)
from infragraph.model.directory import DirectoryListing, TextFile
from infragraph.model.source import SourceSpan
from infragraph.sql.migrations import Script, is_empty, migrated, syntax_faults
from infragraph.sql.tokens import span_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrations:
    """The up-migrations by name, and the tables after them.

    The tables are not complete where a migration could not be read, or may change others than those
    that it names.
    """

    names: tuple[str, ...]
    tables: tuple[str, ...]
    tables_are_complete: bool
    findings: tuple[Diagnostic, ...]


def read_migrations(listing: DirectoryListing) -> Migrations:
    """What a folder holds; what lies in it beside `.sql` files is none of our business."""
    names = sorted([*(file.name for file in listing.files), *listing.unreadable])
    numbered = [named for name in names if (named := _named(name)) is not None]
    texts = {file.name: _text(file, listing) for file in listing.files}
    scripts = {name: text for name, text in texts.items() if isinstance(text, Script)}
    ups = [scripts[it.file] for it in numbered if it.is_up and it.file in scripts]
    downs = [scripts[it.file] for it in numbered if not it.is_up and it.file in scripts]
    end = migrated(ups)
    findings = (
        *(_unread(name, listing) for name in listing.unreadable),
        *(text for text in texts.values() if isinstance(text, Diagnostic)),
        *_name_findings(names, listing),
        *_number_findings(names, numbered, listing),
        *_direction_findings(numbered, listing),
        *(
            MIGRATION_SYNTAX.at(fault.span, reason=fault.reason)
            for fault in (*end.faults, *(it for down in downs for it in syntax_faults(down)))
        ),
        *(MIGRATION_EMPTY.at(_start(script.path)) for script in ups if is_empty(script)),
        *(
            MIGRATION_BREAKING.at(
                it.span,
                labels=()
                if it.created is None
                else (Label(span=it.created, text="the table is created here"),),
                what=it.what,
            )
            for it in end.breaking
        ),
    )
    return Migrations(
        names=tuple(it.name for it in numbered if it.is_up),
        tables=end.tables,
        tables_are_complete=end.are_complete and len(scripts) == len(numbered) == len(names),
        findings=findings,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A file's name taken apart: `0001_create_users` is its migration's."""

    file: str
    number: int
    name: str
    is_up: bool


NAME = re.compile(r"((?!0000)[0-9]{4})_[a-z0-9]+(?:_[a-z0-9]+)*\.(up|down)\.sql")


def _named(file: str) -> _Named | None:
    match = NAME.fullmatch(file)
    if match is None:
        return None
    return _Named(
        file=file,
        number=int(match[1]),
        name=file.removesuffix(f".{match[2]}.sql"),
        is_up=match[2] == "up",
    )


def _text(file: TextFile, listing: DirectoryListing) -> Script | Diagnostic:
    path = _path(file.name, listing)
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        span = span_of(path, f"{before}?", len(before), len(before) + 1)
        return MIGRATION_NOT_READ.at(span, reason="it is not encoded as UTF-8")
    stray = STRAY.search(text)
    if stray is not None:
        return MIGRATION_NOT_READ.at(span_of(path, text, *stray.span()), reason=_STRAYS[stray[0]])
    return Script(path=path, text=text)


_STRAYS = {
    "\0": "it holds a NUL character",
    "\N{ZERO WIDTH NO-BREAK SPACE}": "it holds a byte order mark, as if two files had been joined",
}
STRAY = re.compile("\0|(?<=\n)\N{ZERO WIDTH NO-BREAK SPACE}")


def _unread(name: str, listing: DirectoryListing) -> Diagnostic:
    return MIGRATION_NOT_READ.at(
        _start(_path(name, listing)), reason="it is no regular, readable file of bounded size"
    )


def _name_findings(names: Sequence[str], listing: DirectoryListing) -> Iterator[Diagnostic]:
    for name in names:
        if _named(name) is None:
            yield MIGRATION_NAME_MALFORMED.at(_start(_path(name, listing)), name=name)


def _number_findings(
    names: Sequence[str], numbered: Sequence[_Named], listing: DirectoryListing
) -> Iterator[Diagnostic]:
    """Numbers that two migrations have, and those that none has, not even by a malformed name."""
    taken = {int(found[0]) for name in names if (found := re.match(r"[0-9]{1,9}", name))}
    first: dict[int, _Named] = {}
    for migration in (it for it in numbered if it.is_up):
        place = _start(_path(migration.file, listing))
        if migration.number in first:
            other = first[migration.number].file
            yield MIGRATION_NUMBER_TWICE.at(
                place,
                labels=(Label(span=_start(_path(other, listing)), text="the other is this"),),
                number=f"{migration.number:04}",
                other=other,
            )
            continue
        first[migration.number] = migration
        missing = [it for it in range(max(first, default=0)) if it > 0 and it not in taken]
        if missing and missing[-1] == migration.number - 1:
            yield MIGRATION_NUMBER_MISSING.at(place, missing=_range(missing, taken))


def _range(missing: Sequence[int], taken: set[int]) -> str:
    """The numbers of the gap that ends with the last one that is missing."""
    last = missing[-1]
    start = max((it for it in taken if it < last), default=0) + 1
    return f"{last:04}" if start == last else f"{start:04} to {last:04}"


def _direction_findings(
    numbered: Sequence[_Named], listing: DirectoryListing
) -> Iterator[Diagnostic]:
    ups = {it.name for it in numbered if it.is_up}
    for migration in numbered:
        if not migration.is_up and migration.name not in ups:
            yield MIGRATION_DOWN_WITHOUT_UP.at(
                _start(_path(migration.file, listing)), up=f"{migration.name}.up.sql"
            )


def _path(name: str, listing: DirectoryListing) -> str:
    return f"{listing.path}/{name}" if listing.path else name


def _start(path: str) -> SourceSpan:
    return SourceSpan(path=path, line=1, column=1, end_line=1, end_column=1)
