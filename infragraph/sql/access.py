"""Whether an SQL text reads or changes data."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, TypeAlias

from infragraph.sql.commands import DATA_COMMANDS
from infragraph.sql.lexer import tokenized
from infragraph.sql.reading import closing, outermost, past, symbol_at, word_at
from infragraph.sql.statements import statements
from infragraph.sql.syntax import is_bounded, syntax_fault
from infragraph.sql.tokens import Fault, Statement

Access: TypeAlias = Literal["read", "write", "read-write", "unknown"]


@lru_cache(maxsize=4096)
def access(text: str) -> Access:
    """What a text with one or several statements does; `unknown` where it is empty or no SQL.

    A statement that changes data or schema is a write, whatever it reads for it.
    """
    tokens = tokenized(text)
    if isinstance(tokens, Fault) or not tokens:
        return "unknown"
    found = list(statements(tokens))
    # A transaction or a setting adds nothing to what stands beside it.
    telling = [statement for statement in found if word_at(statement, 0) not in _NEUTRAL]
    return combined(_access(statement, text) for statement in telling or found)


def combined(several: Iterable[Access]) -> Access:
    """What happens where all of them happen."""
    found = set(several)
    if {"read", "write"} <= found or "read-write" in found:
        return "read-write"
    if "unknown" in found or not found:
        return "unknown"
    return "write" if "write" in found else "read"


def _access(statement: Statement, text: str) -> Access:  # noqa: PLR0911 - one for each sort
    if not statement or syntax_fault(statement, text) is not None:
        return "unknown"
    first = word_at(statement, 0)
    if first in DATA_COMMANDS or symbol_at(statement, 0) == "(":
        return _of_data(statement, text)
    if first in _WRITES:
        return "write"
    match first:
        case "call" | "do" | "execute":
            # What they run is written elsewhere.
            return "unknown"
        case "explain":
            return _of_explained(statement, text)
        case "copy":
            return _of_copy(statement, text)
        case "prepare" | "declare":
            return _of_inner(statement, text)
        case _:
            # Transactions, settings, cursors, locks and notifications change no data or schema.
            return "read"


def _of_data(statement: Statement, text: str) -> Access:
    if word_at(statement, 0) in {"delete", "insert", "merge", "update"}:
        return "write"
    if not is_bounded(statement):
        return "unknown"
    from infragraph.sql.postgres import parsed  # noqa: PLC0415 - see the package's docstring

    contents = parsed(statement, text)
    if isinstance(contents, Fault):
        return "unknown"
    return "write" if contents.changes_data or contents.creates_table else "read"


def _of_explained(statement: Statement, text: str) -> Access:
    """Only with `analyze` is the statement run."""
    at = 1
    if symbol_at(statement, at) == "(":
        end = closing(statement, at)
        options = {token.value for token in statement[at:end]}
        at = end + 1
    else:
        at = past(statement, past(statement, at, "analyze"), "verbose")
        options = {token.value for token in statement[1:at]}
    is_run = bool(options & {"analyze", "analyse"}) and at < len(statement)
    return _access(statement[at:], text) if is_run else "read"


def _of_copy(statement: Statement, text: str) -> Access:
    if symbol_at(statement, 1) == "(":
        return _access(statement[2 : closing(statement, 1)], text)
    is_loaded = any(token.value == "from" for _, token in outermost(statement))
    return "write" if is_loaded else "read"


def _of_inner(statement: Statement, text: str) -> Access:
    """The statement after `prepare name as` or `declare name cursor for`."""
    for index, token in outermost(statement):
        if token.kind == "word" and token.value in {"as", "for"} and index + 1 < len(statement):
            return _access(statement[index + 1 :], text)
    return "unknown"


_NEUTRAL = frozenset(
    {
        "abort",
        "begin",
        "commit",
        "end",
        "release",
        "reset",
        "rollback",
        "savepoint",
        "set",
        "start",
    }
)
# Maintenance and rights are writes too: they are refused to a role that may only read.
_WRITES = frozenset(
    {
        "alter",
        "analyse",
        "analyze",
        "cluster",
        "comment",
        "create",
        "drop",
        "grant",
        "import",
        "reassign",
        "refresh",
        "reindex",
        "revoke",
        "security",
        "truncate",
        "vacuum",
    }
)
