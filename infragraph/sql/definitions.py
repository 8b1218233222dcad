"""What `create table` says."""

from dataclasses import dataclass

from infragraph.sql.columns import Column, columns
from infragraph.sql.reading import (
    TableName,
    are_at,
    closing,
    outermost,
    past,
    symbol_at,
    table_name,
    word_at,
)
from infragraph.sql.tokens import Fault, Statement, ends_early, unexpected


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDefinition:
    """A table that a statement creates; `columns` are those that it lists itself."""

    name: TableName
    is_temporary: bool
    if_not_exists: bool
    columns: tuple[Column, ...]
    start: int
    end: int


def creates_table(statement: Statement) -> bool:
    return word_at(statement, 0) == "create" and word_at(statement, _modified(statement)) == "table"


def table_definition(statement: Statement, text: str) -> TableDefinition | Fault:
    """The table of a statement that `creates_table`."""
    at = _modified(statement)
    named_at = past(statement, at + 1, "if", "not", "exists")
    named = table_name(statement, named_at)
    if named is None:
        return _expected(statement, named_at, text)
    name, after = named
    listed: tuple[Column, ...] | Fault = ()
    if symbol_at(statement, after) == "(" and not _is_query(statement, after):
        end = closing(statement, after)
        listed = columns(statement[after + 1 : end], text) if end > after + 1 else ()
        after = end + 1
        if after < len(statement) and word_at(statement, after) not in _TAILS:
            return unexpected(statement[after], text)
    elif word_at(statement, after) not in _BODIES and symbol_at(statement, after) != "(":
        return _expected(statement, after, text)
    if isinstance(listed, Fault):
        return listed
    modifiers = {token.value for token in statement[1:at]}
    return TableDefinition(
        name=name,
        is_temporary=bool(modifiers & {"temp", "temporary"}) or name.schema == "pg_temp",
        if_not_exists=named_at > at + 1,
        columns=listed,
        start=statement[0].start,
        end=statement[named_at].end,
    )


def _modified(statement: Statement) -> int:
    at = 1
    while word_at(statement, at) in _MODIFIERS:
        at += 1
    return at


def _is_query(statement: Statement, at: int) -> bool:
    """Whether what follows a name is `(a, b) as select …`, whose columns have no types."""
    return any(are_at(statement, index, "as") for index, _ in outermost(statement, at))


def _expected(statement: Statement, at: int, text: str) -> Fault:
    return unexpected(statement[at], text) if at < len(statement) else ends_early(statement)


_MODIFIERS = frozenset({"global", "local", "temp", "temporary", "unlogged"})
# What may follow the brackets, and what may stand instead of them.
_TAILS = frozenset({"inherits", "on", "partition", "tablespace", "using", "with", "without"})
_BODIES = _TAILS | {"as", "of"}
