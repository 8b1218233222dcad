"""The tables of a database while its migrations are read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from infragraph.model.source import SourceSpan
from infragraph.sql.reading import TableName

DEFAULT = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnState:
    """`since` is the migration that added it."""

    is_not_null: bool
    has_default: bool
    since: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TableState:
    """`columns` are those that are known; `span` is where the table is created."""

    since: int
    columns: Mapping[str, ColumnState]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """`search_path` is the schema that names without one mean.

    It is not complete once a statement may have changed tables in a way that is not written.
    """

    tables: Mapping[TableName, TableState]
    is_complete: bool
    search_path: str

    def proper(self, name: TableName) -> TableName:
        """A name with its schema."""
        return name if name.schema else replace(name, schema=self.search_path)

    def table(self, name: TableName) -> TableState | None:
        return self.tables.get(self.proper(name))

    def with_table(self, name: TableName, table: TableState) -> "Schema":
        return replace(self, tables={**self.tables, self.proper(name): table})

    def without_table(self, name: TableName) -> "Schema":
        gone = self.proper(name)
        return replace(self, tables={it: self.tables[it] for it in self.tables if it != gone})

    def names(self) -> tuple[str, ...]:
        """As a query says them: a table of `public` without its schema."""
        return tuple(sorted(written(name) for name in self.tables))


EMPTY = Schema(tables={}, is_complete=True, search_path=DEFAULT)


def written(name: TableName) -> str:
    return name.name if name.schema in {None, DEFAULT} else f"{name.schema}.{name.name}"
