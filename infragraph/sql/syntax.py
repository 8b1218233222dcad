"""Whether a text is SQL.

sqlglot judges what reads or changes data and what creates tables and indexes. It takes any
statement that it does not know as an opaque command, so the others are judged by their first words,
brackets and commas, and what alters tables by a grammar of ours.
"""

from itertools import accumulate, pairwise

from infragraph.sql.alterations import TableAlteration, alters_table, table_alteration
from infragraph.sql.commands import COMMANDS, DATA_COMMANDS, MODIFIERS, OBJECTS, SECOND_WORDS
from infragraph.sql.definitions import creates_table, table_definition
from infragraph.sql.drops import drop
from infragraph.sql.indexes import creates_index, index_fault
from infragraph.sql.reading import are_at, identifier_at, nesting, outermost, symbol_at, word_at
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
        return _object(statement, text)
    if first == "table" and identifier_at(statement, 2) is not None:
        return None if word_at(statement, 2) in _AFTER_TABLE else unexpected(statement[2], text)
    following = {"insert": "into", "delete": "from", "merge": "into"}.get(first)
    if following is not None and word_at(statement, 1) != following:
        return _expected(statement, 1, text)
    return None


def _object(statement: Statement, text: str) -> Fault | None:
    """What is wrong with the words that say what is created, altered or dropped."""
    at = 1
    while word_at(statement, at) in MODIFIERS:
        at += 1
    if word_at(statement, at) not in OBJECTS:
        return _expected(statement, at, text)
    wanted = SECOND_WORDS.get(word_at(statement, at))
    if wanted is not None and word_at(statement, at + 1) not in wanted:
        return _expected(statement, at + 1, text)
    return None


def _expected(statement: Statement, at: int, text: str) -> Fault:
    return unexpected(statement[at], text) if at < len(statement) else ends_early(statement)


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
        return definition if isinstance(definition, Fault) else _by_sqlglot(statement, text)
    if alters_table(statement):
        alteration = table_alteration(statement, text)
        return alteration if isinstance(alteration, Fault) else _added_columns(alteration, text)
    if creates_index(statement):
        return index_fault(statement, text) or _by_sqlglot(statement, text)
    if word_at(statement, 0) == "drop":
        dropped = drop(statement, text)
        return dropped if isinstance(dropped, Fault) else None
    if _creates_view(statement):
        return _body_of_view(statement, text)
    return _by_sqlglot(statement, text) if word_at(statement, 0) in DATA_COMMANDS else None


def _by_sqlglot(
    statement: Statement, text: str, *, before: str = "", after: str = ""
) -> Fault | None:
    if not is_bounded(statement) or _is_beyond(statement):
        return None
    from infragraph.sql.postgres import parsed  # noqa: PLC0415 - see the package's docstring

    contents = parsed(statement, text, before=before, after=after)
    return contents if isinstance(contents, Fault) else None


def _added_columns(alteration: TableAlteration, text: str) -> Fault | None:
    """The first fault of a column that is added: it is defined as in `create table`."""
    for action in alteration.actions:
        if action.added is not None:
            fault = _by_sqlglot(action.definition, text, before="create table x (", after=")")
            if fault is not None:
                return fault
    return None


def _creates_view(statement: Statement) -> bool:
    at = 1
    while word_at(statement, at) in MODIFIERS | {"materialized"}:
        at += 1
    return word_at(statement, 0) == "create" and word_at(statement, at) == "view"


def _body_of_view(statement: Statement, text: str) -> Fault | None:
    """The fault of the query, without what may stand behind it."""
    start = next((at + 1 for at, token in outermost(statement) if token.value == "as"), None)
    if start is None or start == len(statement):
        return ends_early(statement)
    body = statement[start:]
    for tail in _AFTER_VIEWS:
        if are_at(body, len(body) - len(tail), *tail):
            body = body[: -len(tail)]
            break
    if not body:
        return ends_early(statement)
    if word_at(body, 0) not in DATA_COMMANDS | {"table", "execute"} and body[0].value != "(":
        return unexpected(body[0], text)
    return _by_sqlglot(body, text) if word_at(body, 0) in DATA_COMMANDS else None


_PAIRS = {"(": ")", "[": "]"}
_DEEPEST = 200
# Each level costs it twenty calls, of the thousand that Python allows.
_DEEPEST_PARSED = 20
# Seeds of many rows are read for minutes; their brackets and commas have been judged.
_LONGEST = 20_000
# Column storage and compression, `on only` of indexes, `where current of`, `overriding` of a merge,
# `search` and `cycle` of recursive queries; options of identities, `set null (column)`, checks that
# are not inherited.
_BEYOND = frozenset({"compression", "current", "cycle", "only", "overriding", "search", "storage"})
_BEYOND_PAIRS = frozenset({("bit", "varying"), ("identity", "("), ("no", "inherit"), ("null", "(")})
_AFTER_TABLE = frozenset(
    {"except", "fetch", "for", "intersect", "limit", "offset", "order", "union"}
)
_AFTER_VIEWS = (
    ("with", "no", "data"),
    ("with", "data"),
    ("with", "local", "check", "option"),
    ("with", "cascaded", "check", "option"),
    ("with", "check", "option"),
)
_CONTAINERS = frozenset({"comment", "explain", "grant", "revoke"})
