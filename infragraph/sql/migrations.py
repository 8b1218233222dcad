"""What a database's migrations end with, and what is wrong with their SQL."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from infragraph.model.source import SourceSpan
from infragraph.sql.changes import TransactionMark, changes
from infragraph.sql.compatibility import breaks
from infragraph.sql.evolution import evolved
from infragraph.sql.lexer import tokenized
from infragraph.sql.schema import DEFAULT, EMPTY, Schema
from infragraph.sql.statements import statements
from infragraph.sql.syntax import syntax_fault
from infragraph.sql.tokens import Fault, Statement, span_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A migration's text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntaxFault:
    span: SourceSpan
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakingChange:
    """What breaks the version before; `created` is where the table comes from, if that is known."""

    span: SourceSpan
    what: str
    created: SourceSpan | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """The tables at the end; not complete where a statement may change others than it names."""

    tables: tuple[str, ...]
    are_complete: bool
    faults: tuple[SyntaxFault, ...]
    breaking: tuple[BreakingChange, ...]


def migrated(scripts: Sequence[Script]) -> Migrated:
    """What up-migrations do, in their order."""
    schema = EMPTY
    faults: list[SyntaxFault] = []
    breaking: list[BreakingChange] = []
    for number, script in enumerate(scripts):
        read = _statements(script)
        schema = replace(schema, search_path=DEFAULT)
        schema, found = _applied(schema, script, number, read.statements)
        if read.faults:
            schema = replace(schema, is_complete=False)
        faults.extend(read.faults)
        breaking.extend(() if is_contract(script.text) else found)
    return Migrated(
        tables=schema.names(),
        are_complete=schema.is_complete,
        faults=tuple(faults),
        breaking=tuple(breaking),
    )


def syntax_faults(script: Script) -> tuple[SyntaxFault, ...]:
    """What of a text is no SQL."""
    return _statements(script).faults


def is_empty(script: Script) -> bool:
    """Whether there is no statement, only comments at most."""
    read = _statements(script)
    return not read.statements and not read.faults


def is_contract(text: str) -> bool:
    """Whether the first line says that the migration breaks the version before on purpose."""
    return re.match(r"\s*--\s*contract\b", text.partition("\n")[0]) is not None


def _applied(
    schema: Schema, script: Script, number: int, sound: Sequence[Statement]
) -> tuple[Schema, tuple[BreakingChange, ...]]:
    place = partial(span_of, script.path, script.text)
    breaking: list[BreakingChange] = []
    at_begin = schema
    for change in (change for statement in sound for change in changes(statement, script.text)):
        if isinstance(change, TransactionMark):
            if change.kind == "rollback":
                schema = at_begin
            at_begin = schema
        breaking.extend(
            BreakingChange(span=place(it.start, it.end), what=it.what, created=it.created)
            for it in breaks(schema, change, number)
        )
        schema = evolved(schema, change, number, place)
    return schema, tuple(breaking)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """The statements of a script that are SQL, and what of it is not."""

    statements: tuple[Statement, ...]
    faults: tuple[SyntaxFault, ...]


def _statements(script: Script) -> _Read:
    tokens = tokenized(script.text)
    if isinstance(tokens, Fault):
        return _Read(statements=(), faults=(_placed(tokens, script),))
    sound: list[Statement] = []
    faults: list[SyntaxFault] = []
    for statement in statements(tokens):
        fault = syntax_fault(statement, script.text)
        if fault is None:
            sound.append(statement)
        else:
            faults.append(_placed(fault, script))
    return _Read(statements=tuple(sound), faults=tuple(faults))


def _placed(fault: Fault, script: Script) -> SyntaxFault:
    return SyntaxFault(
        span=span_of(script.path, script.text, fault.start, fault.end), reason=fault.reason
    )
