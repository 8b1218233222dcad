"""What `alter table` says."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from infragraph.sql.columns import Column, column
from infragraph.sql.reading import (
    TableName,
    are_at,
    identifier_at,
    past,
    separated,
    symbol_at,
    table_name,
    word_at,
)
from infragraph.sql.tokens import Fault, Statement, ends_early, unexpected

Verb: TypeAlias = Literal[
    "rename-table",
    "set-schema",
    "rename-column",
    "drop-column",
    "add-column",
    "set-not-null",
    "drop-not-null",
    "set-default",
    "drop-default",
    "change-type",
    "other",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action: on `column` where it is on one, `target` is a new name, `added` a new column."""

    verb: Verb
    column: str | None = None
    target: str | None = None
    added: Column | None = None
    is_conditional: bool = False
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAlteration:
    name: TableName
    actions: tuple[Action, ...]


def alters_table(statement: Statement) -> bool:
    return are_at(statement, 0, "alter", "table")


def table_alteration(statement: Statement, text: str) -> TableAlteration | Fault:
    """The actions of a statement that `alters_table`."""
    at = past(statement, past(statement, 2, "if", "exists"), "only")
    named = table_name(statement, at)
    if named is None:
        return unexpected(statement[at], text) if at < len(statement) else ends_early(statement)
    name, after = named
    if symbol_at(statement, after) == "*":
        after += 1
    if are_at(statement, at, "all", "in", "tablespace"):
        return TableAlteration(name=name, actions=())
    actions: list[Action] = []
    for part in separated(statement[after:]):
        read = _action(part) if part else None
        if read is None:
            return _fault(part, statement, text)
        actions.append(read)
    return TableAlteration(name=name, actions=tuple(actions))


def _fault(part: Statement, statement: Statement, text: str) -> Fault:
    """The action has no form that we know: at its first word, or where it ends too early."""
    if not part:
        return ends_early(statement)
    known = word_at(part, 0) in _OTHERS or word_at(part, 0) in _READERS
    return ends_early(part) if known else unexpected(part[0], text)


def _action(part: Statement) -> Action | None:
    first = word_at(part, 0)
    reader = _READERS.get(first)
    if reader is not None:
        return reader(part)
    return _made(part, "other") if first in _OTHERS else None


def _rename(part: Statement) -> Action | None:
    if word_at(part, 1) == "to":
        target = identifier_at(part, 2)
        return None if target is None else _made(part, "rename-table", target=target)
    if word_at(part, 1) == "constraint":
        return _made(part, "other")
    at = _past_column(part, 1)
    old, new = identifier_at(part, at), identifier_at(part, at + 2)
    if old is None or new is None or word_at(part, at + 1) != "to":
        return None
    return _made(part, "rename-column", column=old, target=new)


def _set(part: Statement) -> Action | None:
    if word_at(part, 1) != "schema":
        return _made(part, "other")
    target = identifier_at(part, 2)
    return None if target is None else _made(part, "set-schema", target=target)


def _add(part: Statement) -> Action | None:
    if word_at(part, 1) in _CONSTRAINTS:
        return _made(part, "other")
    at = _past_column(part, 1)
    named_at = past(part, at, "if", "not", "exists")
    added = column(part[named_at:])
    if added is None:
        return None
    return _made(part, "add-column", column=added.name, added=added, is_conditional=named_at > at)


def _drop(part: Statement) -> Action | None:
    if word_at(part, 1) == "constraint":
        return _made(part, "other")
    at = _past_column(part, 1)
    named_at = past(part, at, "if", "exists")
    name = identifier_at(part, named_at)
    rest = part[named_at + 1 :]
    if name is None or (rest and word_at(rest, 0) not in {"cascade", "restrict"}):
        return None
    return _made(part, "drop-column", column=name, is_conditional=named_at > at)


def _alter(part: Statement) -> Action | None:
    if word_at(part, 1) == "constraint":
        return _made(part, "other")
    at = _past_column(part, 1)
    name = identifier_at(part, at)
    if name is None or at + 1 >= len(part):
        return None
    for words, verb in _COLUMN_ACTIONS:
        if are_at(part, at + 1, *words):
            return _made(part, verb, column=name)
    return _made(part, "other") if word_at(part, at + 1) in _COLUMN_OTHERS else None


def _past_column(part: Statement, at: int) -> int:
    # A column may itself be called `column` only in quotes: the word is reserved.
    return past(part, at, "column")


def _made(  # noqa: PLR0913 - an action's own fields
    part: Statement,
    verb: Verb,
    *,
    column: str | None = None,
    target: str | None = None,
    added: Column | None = None,
    is_conditional: bool = False,
) -> Action:
    return Action(
        verb=verb,
        column=column,
        target=target,
        added=added,
        is_conditional=is_conditional,
        start=part[0].start,
        end=part[-1].end,
    )


_READERS = {"add": _add, "alter": _alter, "drop": _drop, "rename": _rename, "set": _set}
_OTHER_VERBS = """
    attach cluster detach disable enable force inherit merge no not of options owner replica reset
    split validate
"""
_OTHERS = frozenset(_OTHER_VERBS.split())
_CONSTRAINTS = frozenset({"check", "constraint", "exclude", "foreign", "not", "primary", "unique"})
_COLUMN_ACTIONS: tuple[tuple[tuple[str, ...], Verb], ...] = (
    (("set", "not", "null"), "set-not-null"),
    (("drop", "not", "null"), "drop-not-null"),
    (("set", "default"), "set-default"),
    (("drop", "default"), "drop-default"),
    (("set", "data", "type"), "change-type"),
    (("type",), "change-type"),
)
_COLUMN_OTHERS = frozenset({"add", "drop", "options", "reset", "restart", "set"})
