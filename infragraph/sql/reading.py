"""Reading a statement from left to right, by positions in its tokens."""

from collections.abc import Iterator
from dataclasses import dataclass

from infragraph.sql.tokens import Statement, Token


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class TableName:
    """A name as PostgreSQL folds it; `schema` is None where it is not written."""

    schema: str | None
    name: str


def word_at(statement: Statement, at: int) -> str:
    """The unquoted word at a position, empty where there is none."""
    if at < len(statement) and statement[at].kind == "word":
        return statement[at].value
    return ""


def symbol_at(statement: Statement, at: int) -> str:
    if at < len(statement) and statement[at].kind == "symbol":
        return statement[at].value
    return ""


def are_at(statement: Statement, at: int, *words: str) -> bool:
    return all(word_at(statement, at + index) == word for index, word in enumerate(words))


def past(statement: Statement, at: int, *words: str) -> int:
    """The position after words that may stand there."""
    return at + len(words) if are_at(statement, at, *words) else at


def identifier_at(statement: Statement, at: int) -> str | None:
    if at < len(statement) and statement[at].kind in {"word", "quoted"}:
        return statement[at].value
    return None


def table_name(statement: Statement, at: int) -> tuple[TableName, int] | None:
    """The possibly qualified name at a position, and the position after it, without a catalog."""
    parts: list[str] = []
    while True:
        part = identifier_at(statement, at)
        if part is None:
            return None
        parts.append(part)
        at += 1
        if symbol_at(statement, at) != ".":
            break
        at += 1
    return TableName(schema=parts[-2] if len(parts) > 1 else None, name=parts[-1]), at


def closing(statement: Statement, at: int) -> int:
    """The position of the bracket that closes the one at a position, in brackets that match."""
    depth = 0
    for index in range(at, len(statement)):
        depth += nesting(statement[index])
        if depth == 0:
            return index
    return len(statement) - 1


def nesting(token: Token) -> int:
    """How a token changes the depth of brackets."""
    if token.kind != "symbol":
        return 0
    return {"(": 1, "[": 1, ")": -1, "]": -1}.get(token.value, 0)


def outermost(statement: Statement, at: int = 0) -> Iterator[tuple[int, Token]]:
    """The tokens outside of brackets, with their positions."""
    depth = 0
    for index in range(at, len(statement)):
        token = statement[index]
        depth += nesting(token)
        if depth == 0 and nesting(token) == 0:
            yield index, token


def separated(tokens: Statement) -> tuple[Statement, ...]:
    """The parts between the commas outside of brackets."""
    commas = [
        index for index, token in outermost(tokens) if token.kind == "symbol" and token.value == ","
    ]
    starts = [0, *(index + 1 for index in commas)]
    ends = [*commas, len(tokens)]
    return tuple(tokens[start:end] for start, end in zip(starts, ends, strict=True))
