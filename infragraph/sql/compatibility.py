"""What of a migration breaks the version of the application that runs while it is applied.

Constraints, indexes and dropped views are left out: what they refuse depends on the data.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from infragraph.model.source import SourceSpan
from infragraph.sql.alterations import Action, TableAlteration
from infragraph.sql.changes import Change, SchemaRenamed
from infragraph.sql.drops import Drop
from infragraph.sql.reading import TableName
from infragraph.sql.schema import Schema, TableState, written


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """`what` begins with a verb; `created` is where the table comes from, where that is known."""

    what: str
    start: int
    end: int
    created: SourceSpan | None


def breaks(schema: Schema, change: Change, number: int) -> Iterator[Break]:
    """What of a change in migration `number` breaks users of the tables that were there before it.

    Nothing was there before the first one.
    """
    if number == 0:
        return
    if isinstance(change, Drop):
        yield from _dropped(schema, change, number)
    elif isinstance(change, TableAlteration):
        yield from _altered(schema, change, number)
    elif isinstance(change, SchemaRenamed):
        yield from _schema_renamed(schema, change, number)


def _schema_renamed(schema: Schema, change: SchemaRenamed, number: int) -> Iterator[Break]:
    old = _old_tables(schema, change.old, number)
    if old:
        yield Break(
            what=f"renames schema '{change.old}' with its tables",
            start=change.start,
            end=change.end,
            created=old[0].span,
        )


def _old_tables(schema: Schema, of: str, number: int) -> list[TableState]:
    return [
        table
        for name, table in sorted(schema.tables.items(), key=lambda item: item[0].name)
        if name.schema == of and table.since < number
    ]


def _dropped(schema: Schema, drop: Drop, number: int) -> Iterator[Break]:
    for dropped in drop.names:
        if drop.object == "schema":
            old = _old_tables(schema, dropped.name.name, number)
            if old:
                yield Break(
                    what=f"drops schema '{dropped.name.name}' with its tables",
                    start=dropped.start,
                    end=dropped.end,
                    created=old[0].span,
                )
        elif drop.object == "table" and _is_old(schema, dropped.name, number):
            yield Break(
                what=f"drops table '{_written(schema, dropped.name)}'",
                start=dropped.start,
                end=dropped.end,
                created=_span(schema.table(dropped.name)),
            )


def _is_old(schema: Schema, name: TableName, number: int) -> bool:
    """Whether a table was there before; one that is not known may have been, or is none."""
    table = schema.table(name)
    return not schema.is_complete if table is None else table.since < number


def _altered(schema: Schema, alteration: TableAlteration, number: int) -> Iterator[Break]:
    if not _is_old(schema, alteration.name, number):
        return
    table = schema.table(alteration.name)
    name = _written(schema, alteration.name)
    for action in alteration.actions:
        what = _what(action, table, name, number)
        if what is not None:
            yield Break(what=what, start=action.start, end=action.end, created=_span(table))


def _what(  # noqa: PLR0911 - one for each verb
    action: Action, table: TableState | None, name: str, number: int
) -> str | None:
    known = table.columns.get(action.column) if table and action.column else None
    is_new = known is not None and known.since == number
    column = f"column '{action.column}' of '{name}'"
    match action.verb:
        case "rename-table":
            return f"renames table '{name}'"
        case "set-schema":
            return f"moves table '{name}' to another schema"
        case "rename-column" if not is_new:
            return f"renames {column}"
        case "drop-column" if not is_new:
            return f"drops {column}"
        case "change-type" if not is_new:
            return f"changes the type of {column}"
        case "add-column" if action.added is not None:
            is_demanded = action.added.is_not_null and not action.added.has_default
            return f"adds {column}, not null without a default" if is_demanded else None
        case "set-not-null" if known is None or not known.has_default:
            return f"makes {column} not null without a default"
        case "drop-default" if known is not None and known.is_not_null and not is_new:
            return f"takes away the default of {column}, which is not null"
        case _:
            return None


def _written(schema: Schema, name: TableName) -> str:
    return written(schema.proper(name))


def _span(table: TableState | None) -> SourceSpan | None:
    return None if table is None else table.span
