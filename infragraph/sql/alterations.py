"""What `alter table` says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    """One action: on `column` where it is on one; `target` is a new name, `added` a new column.

    `definition` is what is written of that column.
    """

    verb: Verb
    column: str | None = None
    target: str | None = None
    added: Column | None = None
    definition: Statement = ()
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
        read = _action(part)
        if isinstance(read, int):
            if read < len(part):
                return unexpected(part[read], text)
            return ends_early(part or statement)
        actions.append(read)
    return TableAlteration(name=name, actions=tuple(actions))


def _action(part: Statement) -> Action | int:
    """The action of one part, or the position at which it is none that we know."""
    first = word_at(part, 0)
    reader = _READERS.get(first)
    if reader is not None:
        return reader(part)
    return _made(part, "other") if first in _OTHERS else 0


def _rename(part: Statement) -> Action | int:
    if word_at(part, 1) == "constraint":
        return _made(part, "other")
    if word_at(part, 1) == "to":
        target = identifier_at(part, 2)
        return _whole(part, 3) or _made(part, "rename-table", target=target)
    at = _past_column(part, 1)
    if word_at(part, at + 1) != "to":
        return at if identifier_at(part, at) is None else at + 1
    old, new = identifier_at(part, at), identifier_at(part, at + 2)
    return _whole(part, at + 3) or _made(part, "rename-column", column=old, target=new)


def _set(part: Statement) -> Action | int:
    if word_at(part, 1) != "schema":
        return _made(part, "other")
    return _whole(part, 3) or _made(part, "set-schema", target=identifier_at(part, 2))


def _add(part: Statement) -> Action | int:
    if word_at(part, 1) in _CONSTRAINTS:
        return _made(part, "other")
    at = _past_column(part, 1)
    named_at = past(part, at, "if", "not", "exists")
    added = column(part[named_at:])
    if added is None:
        return len(part)
    return replace(
        _made(part, "add-column", column=added.name, is_conditional=named_at > at),
        added=added,
        definition=part[named_at:],
    )


def _drop(part: Statement) -> Action | int:
    if word_at(part, 1) == "constraint":
        return _made(part, "other")
    at = _past_column(part, 1)
    named_at = past(part, at, "if", "exists")
    end = named_at + 1
    if word_at(part, end) in {"cascade", "restrict"}:
        end += 1
    name = identifier_at(part, named_at)
    return _whole(part, end) or _made(
        part, "drop-column", column=name, is_conditional=named_at > at
    )


def _alter(part: Statement) -> Action | int:
    if word_at(part, 1) == "constraint":
        return _made(part, "other")
    at = _past_column(part, 1)
    name = identifier_at(part, at)
    if name is None:
        return at
    for words, verb in _COLUMN_ACTIONS:
        if are_at(part, at + 1, *words):
            is_whole = words[-1] == "null" or verb == "drop-default"
            fault = _whole(part, at + 1 + len(words)) if is_whole else None
            return fault or _made(part, verb, column=name)
    words_left = (word_at(part, at + 1), word_at(part, at + 2))
    if words_left[0] not in _COLUMN_OTHERS:
        return at + 1
    known = _COLUMN_OTHERS[words_left[0]]
    return _made(part, "other") if not known or words_left[1] in known else at + 2


def _whole(part: Statement, end: int) -> int | None:
    """The position at which a part that is to end there, with a name, does not."""
    if len(part) < end:
        return len(part)
    return end if len(part) > end else None


def _past_column(part: Statement, at: int) -> int:
    # A column may itself be called `column` only in quotes: the word is reserved.
    return past(part, at, "column")


def _made(
    part: Statement,
    verb: Verb,
    *,
    column: str | None = None,
    target: str | None = None,
    is_conditional: bool = False,
) -> Action:
    return Action(
        verb=verb,
        column=column,
        target=target,
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
# What else happens to columns, by its first word, with the words that may follow.
_COLUMN_OTHERS: Mapping[str, frozenset[str]] = {
    "add": frozenset({"generated"}),
    "drop": frozenset({"expression", "identity"}),
    "options": frozenset(),
    "reset": frozenset(),
    "restart": frozenset(),
    "set": frozenset(
        {"cache", "compression", "cycle", "expression", "generated", "increment", "maxvalue"}
        | {"minvalue", "no", "restart", "start", "statistics", "storage", ""}
    ),
}
