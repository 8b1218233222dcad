"""Columns of tables, as far as a new version of a schema can break an old program by them."""

from dataclasses import dataclass

from infragraph.sql.reading import are_at, closing, identifier_at, outermost, separated, word_at
from infragraph.sql.tokens import Fault, Statement, ends_early, unexpected


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What an insert that does not know the column depends on, and where it is defined."""

    name: str
    is_not_null: bool
    has_default: bool
    start: int
    end: int


def column(definition: Statement) -> Column | None:
    """The column of `name type constraints…`, None where either of the first two is missing."""
    name = identifier_at(definition, 0)
    if name is None or identifier_at(definition, 1) is None or word_at(definition, 1) in _RESERVED:
        return None
    words = [
        (index, token.value) for index, token in outermost(definition, 1) if token.kind == "word"
    ]
    return Column(
        name=name,
        is_not_null=any(
            are_at(definition, index, "not", "null") or are_at(definition, index, "primary", "key")
            for index, _ in words
        ),
        has_default=word_at(definition, 1) in _COUNTING
        or any(word in {"default", "generated"} for _, word in words),
        start=definition[0].start,
        end=definition[-1].end,
    )


def columns(elements: Statement, text: str) -> tuple[Column, ...] | Fault:
    """The columns between the brackets of `create table`."""
    found: list[Column] = []
    keys: set[str] = set()
    for element in separated(elements):
        first = word_at(element, 0)
        if first in _CONSTRAINTS:
            keys.update(_primary_key(element))
        elif first != "like":
            read = column(element)
            if read is None:
                return _no_column(element, elements, text)
            found.append(read)
    return tuple(_keyed(one, keys) for one in found)


def _primary_key(constraint: Statement) -> set[str]:
    """The columns of `primary key (a, b)`, which are never null."""
    for index, _ in outermost(constraint):
        if are_at(constraint, index, "primary", "key"):
            return {
                token.value
                for token in constraint[index + 3 : closing(constraint, index + 2)]
                if token.kind in {"word", "quoted"}
            }
    return set()


def _keyed(one: Column, keys: set[str]) -> Column:
    if one.name not in keys:
        return one
    return Column(
        name=one.name,
        is_not_null=True,
        has_default=one.has_default,
        start=one.start,
        end=one.end,
    )


def _no_column(element: Statement, elements: Statement, text: str) -> Fault:
    if not element:
        return ends_early(elements)
    return unexpected(element[0], text)


# Types that bring a default with them.
_COUNTING = frozenset({"bigserial", "serial", "serial2", "serial4", "serial8", "smallserial"})
# Words that stand behind a type, and cannot be one.
_RESERVED = frozenset(
    {"check", "collate", "constraint", "default", "not", "null", "primary", "references", "unique"}
)
_CONSTRAINTS = frozenset({"check", "constraint", "exclude", "foreign", "primary", "unique"})
