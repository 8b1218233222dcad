"""What `drop` says of tables and schemas."""

from dataclasses import dataclass

from infragraph.sql.reading import TableName, past, separated, table_name, word_at
from infragraph.sql.tokens import Fault, Statement, ends_early, unexpected


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """One name that a statement drops."""

    name: TableName
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """`object` is `table`, `schema`, or another that is none of our business."""

    object: str
    if_exists: bool
    names: tuple[Dropped, ...]


def drop(statement: Statement, text: str) -> Drop | Fault:
    """The names of a statement that begins with `drop`, where they are all that stands there."""
    kind = word_at(statement, 1)
    at = 3 if kind in {"foreign", "materialized"} else 2
    if kind not in _NAMED or (kind == "foreign" and word_at(statement, 2) != "table"):
        return Drop(object=kind, if_exists=False, names=())
    if kind == "index":
        at = past(statement, at, "concurrently")
    named_at = past(statement, at, "if", "exists")
    listed = statement[named_at:]
    if listed and word_at(listed, len(listed) - 1) in {"cascade", "restrict"}:
        listed = listed[:-1]
    names: list[Dropped] = []
    for part in separated(listed):
        named = table_name(part, 0)
        if named is None:
            return unexpected(part[0], text) if part else ends_early(statement)
        name, after = named
        if after < len(part):
            return unexpected(part[after], text)
        names.append(Dropped(name=name, start=part[0].start, end=part[-1].end))
    return Drop(object=kind, if_exists=named_at > at, names=tuple(names))


# What is dropped by names alone; a function, say, has its parameters behind its name.
_NAMED = frozenset(
    {
        "domain",
        "extension",
        "foreign",
        "index",
        "materialized",
        "schema",
        "sequence",
        "table",
        "type",
        "view",
    }
)
