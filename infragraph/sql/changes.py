"""What a statement of a migration may do to tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from infragraph.sql.alterations import TableAlteration, alters_table, table_alteration
from infragraph.sql.definitions import TableDefinition, creates_table, table_definition
from infragraph.sql.drops import Drop, drop
from infragraph.sql.reading import (
    TableName,
    are_at,
    identifier_at,
    outermost,
    past,
    symbol_at,
    table_name,
    word_at,
)
from infragraph.sql.tokens import Fault, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaRenamed:
    old: str
    new: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPath:
    """From here on, names without a schema mean this one."""

    schema: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionMark:
    kind: Literal["begin", "commit", "rollback"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opaque:
    """What may create, rename or drop tables that are not written here."""


Change: TypeAlias = (
    TableDefinition | TableAlteration | Drop | SchemaRenamed | SearchPath | TransactionMark | Opaque
)


def changes(statement: Statement, text: str) -> Iterator[Change]:
    """The changes of a statement without a syntax fault, in order."""
    if creates_table(statement):
        yield _read(table_definition(statement, text))
    elif alters_table(statement):
        yield from _single_actions(statement, text)
    elif are_at(statement, 0, "create", "schema"):
        yield from _schema_elements(statement, text)
    elif are_at(statement, 0, "alter", "schema"):
        yield from _renamed_schema(statement)
    elif are_at(statement, 0, "drop", "owned"):
        yield Opaque()
    else:
        yield from _by_first_word(statement, text)


def _by_first_word(statement: Statement, text: str) -> Iterator[Change]:
    match word_at(statement, 0):
        case "drop":
            yield _read(drop(statement, text))
        case "select" | "with":
            yield from _selected_into(statement)
        case "set":
            yield from _search_path(statement)
        case "begin" | "start":
            yield TransactionMark(kind="begin")
        case "commit" | "end":
            yield TransactionMark(kind="commit")
        case "rollback" | "abort":
            is_partial = any(token.value == "to" for token in statement)
            yield Opaque() if is_partial else TransactionMark(kind="rollback")
        case "do" if _may_change_tables(statement):
            yield Opaque()
        case "call":
            yield Opaque()
        case "explain" if {"analyze", "table"} <= {token.value for token in statement}:
            yield Opaque()
        case _:
            pass


def _single_actions(statement: Statement, text: str) -> Iterator[Change]:
    """One alteration for each action, since an action is judged by what those before it did."""
    alteration = table_alteration(statement, text)
    assert not isinstance(alteration, Fault), "the statement's syntax has been judged"
    for action in alteration.actions:
        yield TableAlteration(name=alteration.name, actions=(action,))


def _read(change: TableDefinition | Drop | Fault) -> Change:
    assert not isinstance(change, Fault), "the statement's syntax has been judged"
    return change


def _schema_elements(statement: Statement, text: str) -> Iterator[Change]:
    """The tables of `create schema name create table …`, which lie in that schema."""
    named_at = past(statement, 2, "if", "not", "exists")
    if word_at(statement, named_at) == "authorization":
        named_at += 1
    schema = identifier_at(statement, named_at)
    starts = [
        index
        for index, token in outermost(statement, 2)
        if token.kind == "word" and token.value in {"create", "grant"}
    ]
    for start, end in zip(starts, [*starts[1:], len(statement)], strict=False):
        element = statement[start:end]
        definition = table_definition(element, text) if creates_table(element) else None
        if isinstance(definition, TableDefinition):
            yield _inside(definition, schema)
        elif isinstance(definition, Fault):
            yield Opaque()


def _inside(definition: TableDefinition, schema: str | None) -> TableDefinition:
    return TableDefinition(
        name=TableName(schema=definition.name.schema or schema, name=definition.name.name),
        is_temporary=definition.is_temporary,
        if_not_exists=definition.if_not_exists,
        columns=definition.columns,
        start=definition.start,
        end=definition.end,
    )


def _renamed_schema(statement: Statement) -> Iterator[Change]:
    old, new = identifier_at(statement, 2), identifier_at(statement, 5)
    if old is not None and new is not None and are_at(statement, 3, "rename", "to"):
        yield SchemaRenamed(old=old, new=new, start=statement[0].start, end=statement[-1].end)


def _selected_into(statement: Statement) -> Iterator[Change]:
    """The table of `select … into name`; `insert into` names one that exists."""
    for index, token in outermost(statement):
        if token.kind != "word" or token.value != "into":
            continue
        if word_at(statement, index - 1) in {"insert", "merge"}:
            return
        at = index + 1
        modifiers = {"temp", "temporary", "unlogged", "table"}
        while word_at(statement, at) in modifiers:
            at += 1
        named = table_name(statement, at)
        if named is None:
            yield Opaque()
            return
        name, after = named
        words = {word.value for word in statement[index + 1 : at]}
        yield TableDefinition(
            name=name,
            is_temporary=bool(words & {"temp", "temporary"}),
            if_not_exists=False,
            columns=(),
            start=token.start,
            end=statement[after - 1].end,
        )
        return


def _search_path(statement: Statement) -> Iterator[Change]:
    at = 2 if word_at(statement, 1) in {"local", "session"} else 1
    if word_at(statement, at) != "search_path":
        return
    for index in range(at + 2, len(statement)):
        token = statement[index]
        name = token.value.strip("'")
        if token.kind in {"word", "quoted", "text"} and name not in {"$user", ""}:
            yield SearchPath(schema="public" if name == "default" else name)
            return
    if symbol_at(statement, at + 1) == "=" or word_at(statement, at + 1) == "to":
        yield SearchPath(schema="public")


def _may_change_tables(statement: Statement) -> bool:
    """Whether the body of `do` holds a word that could."""
    bodies = " ".join(token.value for token in statement if token.kind == "text").lower()
    return any(word in bodies for word in ("alter", "call", "create", "drop", "execute", "into"))
