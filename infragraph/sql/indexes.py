"""What `create index` says, of which sqlglot takes too much."""

from infragraph.sql.reading import closing, past, symbol_at, table_name, word_at
from infragraph.sql.tokens import Fault, Statement, ends_early, unexpected


def creates_index(statement: Statement) -> bool:
    return word_at(statement, 0) == "create" and word_at(statement, _at_index(statement)) == "index"


def index_fault(statement: Statement, text: str) -> Fault | None:
    """What is wrong around the columns of a statement that `creates_index`."""
    at = past(statement, _at_index(statement) + 1, "concurrently")
    at = past(statement, at, "if", "not", "exists")
    if word_at(statement, at) != "on":
        at += 1
    if word_at(statement, at) != "on":
        return _expected(statement, at, text)
    at = past(statement, at + 1, "only")
    named = table_name(statement, at)
    if named is None:
        return _expected(statement, at, text)
    _, at = named
    if word_at(statement, at) == "using":
        at += 2
    if symbol_at(statement, at) != "(":
        return _expected(statement, at, text)
    end = closing(statement, at)
    if end == at + 1:
        return unexpected(statement[end], text)
    is_over = end + 1 == len(statement) or word_at(statement, end + 1) in _TAILS
    return None if is_over else unexpected(statement[end + 1], text)


def _at_index(statement: Statement) -> int:
    return past(statement, 1, "unique")


def _expected(statement: Statement, at: int, text: str) -> Fault:
    return unexpected(statement[at], text) if at < len(statement) else ends_early(statement)


_TAILS = frozenset({"include", "nulls", "tablespace", "where", "with"})
