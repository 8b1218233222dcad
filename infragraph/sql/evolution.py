"""A database's tables after one change more."""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from infragraph.model.source import SourceSpan
from infragraph.sql.alterations import Action, TableAlteration
from infragraph.sql.changes import Change, Opaque, SchemaRenamed, SearchPath, TransactionMark
from infragraph.sql.columns import Column
from infragraph.sql.definitions import TableDefinition
from infragraph.sql.drops import Drop
from infragraph.sql.reading import TableName
from infragraph.sql.schema import ColumnState, Schema, TableState


def evolved(  # noqa: PLR0911 - one for each sort of change
    schema: Schema, change: Change, number: int, place: Callable[[int, int], SourceSpan]
) -> Schema:
    """The schema after a change in migration `number`; a rollback is its caller's."""
    match change:
        case TableDefinition():
            return _created(schema, change, number, place(change.start, change.end))
        case TableAlteration():
            return _altered(schema, change, number)
        case Drop():
            return _dropped(schema, change)
        case SchemaRenamed():
            return _schema_renamed(schema, change)
        case SearchPath():
            return replace(schema, search_path=change.schema)
        case TransactionMark():
            return schema
        case Opaque():
            return replace(schema, is_complete=False)
        case _:
            assert_never(change)


def _created(schema: Schema, definition: TableDefinition, number: int, span: SourceSpan) -> Schema:
    if definition.is_temporary:
        return schema
    if definition.if_not_exists and schema.table(definition.name) is not None:
        return schema
    columns = {column.name: _state(column, number) for column in definition.columns}
    return schema.with_table(definition.name, TableState(since=number, columns=columns, span=span))


def _altered(schema: Schema, alteration: TableAlteration, number: int) -> Schema:
    name = schema.proper(alteration.name)
    for action in alteration.actions:
        table = schema.tables.get(name)
        if table is None:
            # An index or a view can be altered by the same words.
            return schema
        new_name = _moved(name, action)
        schema = schema.without_table(name).with_table(
            new_name, replace(table, columns=_columns(table, action, number))
        )
        name = new_name
    return schema


def _moved(name: TableName, action: Action) -> TableName:
    if action.target is not None and action.verb == "rename-table":
        return replace(name, name=action.target)
    if action.target is not None and action.verb == "set-schema":
        return replace(name, schema=action.target)
    return name


def _columns(table: TableState, action: Action, number: int) -> dict[str, ColumnState]:
    columns = dict(table.columns)
    if action.column is None:
        return columns
    if action.added is not None:
        if not (action.is_conditional and action.column in columns):
            columns[action.column] = _state(action.added, number)
        return columns
    known = columns.pop(action.column, None)
    if known is None or action.verb == "drop-column":
        return columns
    changed = {
        "set-not-null": replace(known, is_not_null=True),
        "drop-not-null": replace(known, is_not_null=False),
        "set-default": replace(known, has_default=True),
        "drop-default": replace(known, has_default=False),
    }
    columns[action.target or action.column] = changed.get(action.verb, known)
    return columns


def _dropped(schema: Schema, drop: Drop) -> Schema:
    for dropped in drop.names:
        if drop.object == "table":
            schema = schema.without_table(dropped.name)
        elif drop.object == "schema":
            kept = {it: at for it, at in schema.tables.items() if it.schema != dropped.name.name}
            schema = replace(schema, tables=kept)
    return schema


def _schema_renamed(schema: Schema, change: SchemaRenamed) -> Schema:
    tables = {
        replace(name, schema=change.new) if name.schema == change.old else name: table
        for name, table in schema.tables.items()
    }
    return replace(schema, tables=tables)


def _state(column: Column, number: int) -> ColumnState:
    return ColumnState(is_not_null=column.is_not_null, has_default=column.has_default, since=number)
