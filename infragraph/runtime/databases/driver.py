"""A database's verbs on asyncpg: statements, transactions, connections of the driver's own."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

import asyncpg

from infragraph.runtime.databases.pool import Pool
from infragraph.runtime.tracing.spans import Spans

Joined = dict[str, "Statements"]
JOINED: ContextVar[Joined | None] = ContextVar("infragraph_joined", default=None)
"""The transactions that a database's verbs join instead of taking a connection: an inbox's."""


class Statements:
    """The verbs of one connection; one statement runs at a time, others wait."""

    def __init__(self, connection: Any, database: str, spans: Spans) -> None:
        self.connection = connection
        self._database = database
        self._spans = spans
        self._turn = asyncio.Lock()
        self._depth = 0

    async def execute(self, sql: str, *args: object) -> int:
        async with self._turn:
            with self._spans.querying(self._database, sql):
                return _touched(await self.connection.execute(sql, *args))

    async def fetch(self, sql: str, *args: object) -> list[dict[str, Any]]:
        async with self._turn:
            with self._spans.querying(self._database, sql):
                return [dict(row) for row in await self.connection.fetch(sql, *args)]

    async def fetch_one(self, sql: str, *args: object) -> dict[str, Any] | None:
        async with self._turn:
            with self._spans.querying(self._database, sql):
                row = await self.connection.fetchrow(sql, *args)
                return None if row is None else dict(row)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator["Statements"]:
        """Within another one it is a savepoint.

        Raises:
            InFailedSQLTransactionError: what a statement raised was caught within the block, and
                PostgreSQL keeps nothing of a transaction in which one has failed.
        """
        # Not asyncpg's own, which takes the rollback that answers such a commit for a commit.
        savepoint = f"infragraph_{self._depth}" if self._depth else None
        await self._tell("begin" if savepoint is None else f"savepoint {savepoint}")
        self._depth += 1
        try:
            yield self
        except BaseException:
            self._depth -= 1
            await self._tell(
                "rollback"
                if savepoint is None
                else f"rollback to savepoint {savepoint}; release savepoint {savepoint}"
            )
            raise
        self._depth -= 1
        done = await self._tell("commit" if savepoint is None else f"release savepoint {savepoint}")
        if done == "ROLLBACK":
            message = (
                "nothing is kept of a transaction in which a statement failed: let its exception "
                "leave the block, or run the statement in a transaction within this one"
            )
            raise asyncpg.InFailedSQLTransactionError(message)

    async def _tell(self, statement: str) -> str:
        async with self._turn:
            return str(await self.connection.execute(statement))


class Driver:
    """The verbs of a database; `pool` is that of the service at work, as whom it logs in."""

    def __init__(self, database: str, pool: Callable[[], Pool], spans: Spans) -> None:
        self._database = database
        self._pool = pool
        self._spans = spans

    async def execute(self, sql: str, *args: object) -> int:
        async with self.connect() as connection:
            return await connection.execute(sql, *args)

    async def fetch(self, sql: str, *args: object) -> list[dict[str, Any]]:
        async with self.connect() as connection:
            return await connection.fetch(sql, *args)

    async def fetch_one(self, sql: str, *args: object) -> dict[str, Any] | None:
        async with self.connect() as connection:
            return await connection.fetch_one(sql, *args)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Statements]:
        async with self.connect() as connection, connection.transaction() as transaction:
            yield transaction

    @asynccontextmanager
    async def connect(self) -> AsyncGenerator[Statements]:
        joined = (JOINED.get() or {}).get(self._database)
        if joined is not None:
            yield joined
            return
        async with self._pool().acquire() as connection:
            yield Statements(connection, self._database, self._spans)

    async def driver_connection(self) -> Any:
        return await self._pool().connect()

    def url(self) -> str:
        return self._pool().address.url()


def _touched(status: str) -> int:
    """The rows that a statement touched, by what PostgreSQL says of it: `INSERT 0 1`."""
    last = status.rpartition(" ")[2]
    return int(last) if last.isdecimal() else 0
