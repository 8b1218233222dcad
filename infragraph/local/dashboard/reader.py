"""The query box: a role that may only read, one statement at a time, and not for long.

A superuser's transaction that only reads still runs programs by `copy … to program`, so that being
told to read only is not enough: the role is none that could do more.
"""

import secrets
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from infragraph.local.postgres.databases import database_name
from infragraph.local.postgres.server import Postgres

ROLE = "infragraph_reader"
ROWS = 500
_SECONDS = 5
_LONGEST_CELL = 2000

_TABLES = """
select n.nspname as schema, c.relname as name, greatest(c.reltuples, 0)::bigint as rows,
    pg_total_relation_size(c.oid) as bytes,
    coalesce((
        select json_agg(json_build_object(
            'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
            'required', a.attnotnull
        ) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    ), '[]')::text as columns
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
    and n.nspname not like 'pg_toast%'
order by n.nspname = 'infragraph', n.nspname, c.relname
"""


class QueryError(Exception):
    """What PostgreSQL says of a statement."""


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads the databases of a run's server."""

    server: Postgres
    _password: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _is_made: bool = False

    async def tables(self, database: str) -> list[dict[str, Any]]:
        """The tables of a database, with their columns.

        Raises:
            QueryError: there is no such database.
        """
        async with self._reading(database) as connection:
            return [dict(row) for row in await connection.fetch(_TABLES)]

    async def query(self, database: str, sql: str) -> Mapping[str, Any]:
        """The first rows of a statement, each cell as a text.

        Raises:
            QueryError: it does more than read, takes too long, or is no statement.
        """
        async with self._reading(database) as connection:
            # Prepared, so that the server takes one statement and no more.
            prepared = await connection.prepare(sql)
            columns = [it.name for it in prepared.get_attributes()]
            rows: list[Any] = []
            if columns:
                rows = await (await prepared.cursor()).fetch(ROWS + 1)
            else:
                await prepared.fetch()
            return {
                "columns": columns,
                "rows": [[_cell(value) for value in row.values()] for row in rows[:ROWS]],
                "is_cut": len(rows) > ROWS,
            }

    @asynccontextmanager
    async def _reading(self, database: str) -> AsyncGenerator[Any]:
        """A connection for one statement, in a transaction that only reads."""
        try:
            await self._make_role()
            connection = await asyncpg.connect(
                host=self.server.host,
                port=self.server.port,
                user=ROLE,
                password=self._password,
                database=database_name(database),
                timeout=_SECONDS,
                command_timeout=_SECONDS + 1,
                server_settings={
                    "application_name": "infragraph dashboard",
                    "default_transaction_read_only": "on",
                    "statement_timeout": str(_SECONDS * 1000),
                    "lock_timeout": "1000",
                    "idle_in_transaction_session_timeout": str(_SECONDS * 2000),
                },
            )
            try:
                async with connection.transaction(readonly=True):
                    yield connection
            finally:
                # Whatever a statement has set, or locked, goes with its connection.
                connection.terminate()
        except TimeoutError as error:
            message = f"it took longer than {_SECONDS} s"
            raise QueryError(message) from error
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            raise QueryError(str(error) or type(error).__name__) from error

    async def _make_role(self) -> None:
        if self._is_made:
            return
        connection = await asyncpg.connect(self.server.url("postgres"))
        try:
            exists = await connection.fetchval("select 1 from pg_roles where rolname = $1", ROLE)
            verb = "alter" if exists else "create"
            # A password is no parameter of such a statement; ours is of letters, digits, - and _.
            await connection.execute(
                f"{verb} role {ROLE} login nosuperuser nocreatedb nocreaterole noreplication "
                f"nobypassrls connection limit 8 password '{self._password}'"
            )
            await connection.execute(f"grant pg_read_all_data to {ROLE}")
        finally:
            await connection.close()
        self._is_made = True


def _cell(value: object) -> str | None:
    if value is None:
        return None
    text = value.hex() if isinstance(value, bytes) else str(value)
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"
