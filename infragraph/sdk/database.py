"""PostgreSQL databases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from infragraph.sdk.slot import SLOT

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

Row: TypeAlias = Mapping[str, Any]
"""A row of a result, by column name: `row["email"]`."""


class Queries(Protocol):
    """The verbs that a database, a connection and a transaction have in common."""

    async def execute(self, sql: str, *args: object) -> int:
        """Run one statement and give the number of rows it touched."""
        ...

    async def fetch(self, sql: str, *args: object) -> list[Row]:
        """Run one query and give all its rows."""
        ...

    async def fetch_one(self, sql: str, *args: object) -> Row | None:
        """Run one query and give its first row, or `None`."""
        ...


class Transaction(Queries, Protocol):
    """A transaction: it commits when its block ends and rolls back when the block raises.

    Its verbs are those of the database it belongs to. Given to `publish`, it delivers the message
    if, and only if, it commits.

        async with db.transaction() as tx:
            await tx.execute("insert into users (id, email) values ($1, $2)", user.id, user.email)
            await signups.publish(user, outbox=tx)
    """


class Connection(Queries, Protocol):
    """One connection, for several statements in a row outside a transaction."""

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """A block whose statements happen all or none."""
        ...


class DatabaseDriver(Connection, Protocol):
    """What carries out a database's verbs."""

    def connect(self) -> AbstractAsyncContextManager[Connection]:
        """A block that holds one connection."""
        ...

    async def driver_connection(self) -> Any:
        """A connection of the driver's own type."""
        ...

    def url(self) -> str:
        """The URL with static credentials."""
        ...


class SQLDatabase:
    """A PostgreSQL database with numbered SQL migrations.

        db = SQLDatabase("users", migrations="migrations")

        row = await db.fetch_one("select email from users where id = $1", user_id)

    Migrations are files such as `0001_create_users.up.sql`, run in the order of their numbers, with
    an optional `.down.sql` beside each.

    Args:
        name: lower case words joined by hyphens, at most 40 characters.
        migrations: their folder, relative to the file with this declaration; `None` where another
            tool, such as Alembic, owns the schema: its tables are then unknown.
        shared_with: names of the other services that may use it. Where no service owns the module
            with the declaration, the first of them runs the migrations.
    """

    __slots__ = ("migrations", "name", "shared_with")

    def __init__(
        self,
        name: str,
        *,
        migrations: str | None = "migrations",
        shared_with: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.migrations = migrations
        self.shared_with = shared_with

    async def execute(self, sql: str, *args: object) -> int:
        """Run one statement and give the number of rows it touched.

            await db.execute("delete from users where id = $1", user_id)

        Args:
            sql: the statement, with `$1`, `$2`, … for its values. Constant text lets the graph
                tell reads from writes.
            args: the values, in order.
        """
        return await self._driver("executing SQL on").execute(sql, *args)

    async def fetch(self, sql: str, *args: object) -> list[Row]:
        """Run one query and give all its rows; arguments as for `execute`."""
        return await self._driver("querying").fetch(sql, *args)

    async def fetch_one(self, sql: str, *args: object) -> Row | None:
        """Run one query and give its first row, or `None`; arguments as for `execute`."""
        return await self._driver("querying").fetch_one(sql, *args)

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """A block whose statements, and messages published with `outbox=`, happen all or none.

        async with db.transaction() as tx:
            await tx.execute("update stock set count = count - 1 where id = $1", item)
            await sold.publish(Sold(item), outbox=tx)
        """
        return self._driver("a transaction on").transaction()

    def connect(self) -> AbstractAsyncContextManager[Connection]:
        """A block that holds one connection, for settings, cursors and locks.

        async with db.connect() as connection:
            await connection.execute("set statement_timeout = '5s'")
        """
        return self._driver("connecting to").connect()

    async def driver_connection(self) -> Any:
        """A connection of the driver's own type, with fresh credentials; the caller closes it.

        Made for SQLAlchemy:

            create_async_engine("postgresql+asyncpg://", async_creator=db.driver_connection)
        """
        return await self._driver("connecting to").driver_connection()

    @property
    def url(self) -> str:
        """The URL with static credentials, for libraries that take nothing else.

        Where a cloud logs in by short-lived tokens there is none, and the error points to
        `driver_connection`.
        """
        return self._driver("the URL of").url()

    def _driver(self, verb: str) -> DatabaseDriver:
        return SLOT.filled(f"{verb} database {self.name!r}").database(self)

    def __repr__(self) -> str:
        return f"SQLDatabase({self.name!r})"
