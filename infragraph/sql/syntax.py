"""Whether a text is SQL.

sqlglot judges what reads or changes data and what creates tables and indexes. It takes any
statement that it does not know as an opaque command, so the others are judged by their first words,
brackets and commas, and what alters tables by a grammar of ours.
"""

from itertools import accumulate, pairwise

from infragraph.sql.alterations import alters_table, table_alteration
from infragraph.sql.commands import COMMANDS, DATA_COMMANDS, MODIFIERS, OBJECTS
from infragraph.sql.definitions import creates_table, table_definition
from infragraph.sql.drops import drop
from infragraph.sql.reading import are_at, nesting, symbol_at, word_at
from infragraph.sql.tokens import Fault, Statement, Token, ends_early, unexpected


def syntax_fault(statement: Statement, text: str) -> Fault | None:
    """The first fault of a statement, None where it may be right."""
    for judge in (_stray, _beginning, _brackets, _commas, _two_statements, _by_grammar):
        fault = judge(statement, text)
        if fault is not None:
            return fault
    return None


def is_bounded(statement: Statement) -> bool:
    """Whether sqlglot can be asked; what is very long or very deep costs it too much."""
    return len(statement) <= _LONGEST and _depth(statement) <= _DEEPEST_PARSED


def _is_beyond(statement: Statement) -> bool:
    """Whether a statement has what PostgreSQL's grammar has and sqlglot's lacks."""
    return any(
        token.value in _BEYOND or (token.value, following.value) in _BEYOND_PAIRS
        for token, following in pairwise(statement)
        if token.kind == "word"
    )


def _depth(statement: Statement) -> int:
    return max(accumulate(nesting(token) for token in statement))


def _stray(statement: Statement, text: str) -> Fault | None:
    """What is written for psql or for a template."""
    for token in statement:
        if token.kind != "symbol":
            continue
        if token.value == "\\":
            line = text[token.start :].partition("\n")[0].split()[0]
            return Fault(
                reason=f"'{line}' is a command of psql",
                start=token.start,
                end=token.start + len(line),
            )
        if token.value[0] in "{}`":
            return unexpected(token, text)
    if word_at(statement, 0) == "copy" and any(
        are_at(statement, index, "from", "stdin") for index in range(len(statement))
    ):
        return Fault(
            reason="'copy … from stdin' needs psql",
            start=statement[0].start,
            end=statement[-1].end,
        )
    return None


def _beginning(statement: Statement, text: str) -> Fault | None:
    first = word_at(statement, 0)
    if symbol_at(statement, 0) == "(":
        return None
    if first not in COMMANDS:
        return unexpected(statement[0], text)
    if first in {"create", "alter", "drop"}:
        at = 1
        while word_at(statement, at) in MODIFIERS:
            at += 1
        if at >= len(statement):
            return ends_early(statement)
        if word_at(statement, at) not in OBJECTS:
            return unexpected(statement[at], text)
    wanted = {"insert": "into", "delete": "from", "merge": "into"}.get(first)
    if wanted is not None and word_at(statement, 1) != wanted:
        return unexpected(statement[1], text) if len(statement) > 1 else ends_early(statement)
    return None


def _brackets(statement: Statement, text: str) -> Fault | None:
    opened: list[Token] = []
    for token in statement:
        if nesting(token) > 0:
            opened.append(token)
            if len(opened) > _DEEPEST:
                return Fault(reason="it is nested too deeply", start=token.start, end=token.end)
        elif nesting(token) < 0 and (not opened or _PAIRS[opened.pop().value] != token.value):
            return unexpected(token, text)
    if opened:
        first = opened[0]
        return Fault(
            reason=f"what {first.value} opens here is never closed",
            start=first.start,
            end=first.end,
        )
    return None


def _commas(statement: Statement, text: str) -> Fault | None:
    """A comma that nothing follows; sqlglot forgives it."""
    for token, following in zip(statement, (*statement[1:], None), strict=True):
        if token.kind == "symbol" and token.value == ",":
            if following is None:
                return unexpected(token, text)
            if following.kind == "symbol" and following.value in {",", ")", "]"}:
                return unexpected(following, text)
        if (
            token.kind == "symbol"
            and token.value == "("
            and following is not None
            and following.kind == "symbol"
            and following.value == ","
        ):
            return unexpected(following, text)
    return None


def _two_statements(statement: Statement, text: str) -> Fault | None:
    """A statement that begins inside another: the semicolon between them is missing."""
    if word_at(statement, 0) in _CONTAINERS or word_at(statement, 1) in {"publication", "schema"}:
        return None
    for index in range(1, len(statement)):
        if word_at(statement, index) in {"create", "alter", "drop"} and (
            word_at(statement, index + 1) == "table"
            or are_at(statement, index + 1, "unique", "index")
            or (word_at(statement, index) == "create" and _names_object(statement, index + 1))
        ):
            return unexpected(statement[index], text)
    return None


def _names_object(statement: Statement, at: int) -> bool:
    return word_at(statement, at) in {"index", "type", "view"}


def _by_grammar(statement: Statement, text: str) -> Fault | None:
    if creates_table(statement):
        definition = table_definition(statement, text)
        if isinstance(definition, Fault):
            return definition
    elif alters_table(statement):
        alteration = table_alteration(statement, text)
        return alteration if isinstance(alteration, Fault) else None
    elif word_at(statement, 0) == "drop":
        dropped = drop(statement, text)
        return dropped if isinstance(dropped, Fault) else None
    elif not (word_at(statement, 0) in DATA_COMMANDS or _creates_index(statement)):
        return None
    if not is_bounded(statement) or _is_beyond(statement):
        return None
    from infragraph.sql.postgres import parsed  # noqa: PLC0415 - see the package's docstring

    contents = parsed(statement, text)
    return contents if isinstance(contents, Fault) else None


def _creates_index(statement: Statement) -> bool:
    return are_at(statement, 0, "create", "index") or are_at(
        statement, 0, "create", "unique", "index"
    )


_PAIRS = {"(": ")", "[": "]"}
_DEEPEST = 200
# Each level costs it twenty calls, of the thousand that Python allows.
_DEEPEST_PARSED = 20
# Seeds of many rows are read for minutes; their brackets and commas have been judged.
_LONGEST = 20_000
# Column storage and compression, `on only` of indexes, `where current of`, `overriding` of a merge,
# `search` and `cycle` of recursive queries; options of identities, `set null (column)`.
_BEYOND = frozenset({"compression", "current", "cycle", "only", "overriding", "search", "storage"})
_BEYOND_PAIRS = frozenset({("bit", "varying"), ("identity", "("), ("null", "(")})
_CONTAINERS = frozenset({"comment", "explain", "grant", "revoke"})
