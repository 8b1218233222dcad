"""Connections to one database, kept for the next statement, opened with fresh credentials."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from infragraph.runtime.databases.addresses import DatabaseAddress
from infragraph.runtime.databases.trust import encryption

_LARGEST = 10
# AWS and Google Cloud close what is idle for longer, and tokens age.
_IDLE_SECONDS = 300.0

Password = Callable[[DatabaseAddress], Awaitable[str]]
"""Gives a password that is good now, such as a token."""


async def static_password(address: DatabaseAddress) -> str:
    """The one that the configuration holds."""
    return address.password or ""


class Pool:
    """Made at the first statement: a service that never asks has no connection."""

    def __init__(self, address: DatabaseAddress, password: Password, application: str) -> None:
        self.address = address
        self._password = password
        self._application = application
        self._pool: Any = None
        self._cloud_sql: Any = None
        self._making = asyncio.Lock()

    @asynccontextmanager
    async def acquire(self) -> AsyncGenerator[Any]:
        """A block that holds a connection."""
        async with self._making:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    connect=self._connect,
                    min_size=0,
                    max_size=_LARGEST,
                    max_inactive_connection_lifetime=_IDLE_SECONDS,
                )
        async with self._pool.acquire() as connection:
            yield connection

    async def connect(self) -> Any:
        """A connection of asyncpg's own, which whoever asks closes."""
        return await self._connect()

    async def close(self) -> None:
        if self._pool is not None:
            await self._pool.close()
        if self._cloud_sql is not None:
            await self._cloud_sql.close()

    async def _connect(self, dsn: str | None = None, **options: Any) -> Any:
        """As a pool asks for one, which has no other way than this to tell where."""
        assert dsn is None, "the address says where"
        settings = {"application_name": self._application}
        if self.address.login != "cloud-sql-iam":
            return await asyncpg.connect(**self._options(), **options, server_settings=settings)
        if self._cloud_sql is None:
            from infragraph.runtime.databases.cloud_sql import CloudSql  # noqa: PLC0415 - there

            self._cloud_sql = CloudSql()
        return await self._cloud_sql.connect(self.address, server_settings=settings, **options)

    def _options(self) -> dict[str, Any]:
        address = self.address

        async def password() -> str:
            return await self._password(address)

        return {
            "host": address.host,
            "port": address.port,
            "database": address.name,
            "user": address.user,
            "password": password,
            "ssl": encryption(address),
        }
