"""Connections to Cloud SQL as an account of Google, by Google's connector.

Cloud SQL says where an instance is and signs a certificate that is good for an hour, in which the
account's token lies; by it the connection is encrypted, both sides are known, and the account logs
in. There is no password.

https://cloud.google.com/sql/docs/postgres/iam-logins (read 2026-11-25)
"""

import os
from typing import Any

import aiohttp
import google.auth.exceptions
from google.cloud.sql.connector import Connector, IPTypes, create_async_connector
from google.cloud.sql.connector.exceptions import (
    AutoIAMAuthNotSupported,
    CloudSQLConnectionError,
    CloudSQLIPTypeError,
    TLSVersionError,
)

from infragraph.runtime.databases.addresses import DatabaseAddress

API = "INFRAGRAPH_CLOUD_SQL_API"
"""The variable with another address of Cloud SQL's API than Google's own."""

_REFUSED = (
    aiohttp.ClientError,
    google.auth.exceptions.GoogleAuthError,
    AutoIAMAuthNotSupported,
    CloudSQLConnectionError,
    CloudSQLIPTypeError,
    TLSVersionError,
)


class CloudSql:
    """What it has learnt of an instance is kept until it is closed."""

    def __init__(self) -> None:
        self._connector: Connector | None = None

    async def connect(self, address: DatabaseAddress, **options: Any) -> Any:
        """A connection of asyncpg's own; `options` are asyncpg's.

        Raises:
            ConnectionError: Cloud SQL does not say where the instance is, or lets nobody in.
        """
        try:
            if self._connector is None:
                # What sleeps between requests cannot renew anything by itself.
                self._connector = await create_async_connector(
                    ip_type=IPTypes.PRIVATE,
                    enable_iam_auth=True,
                    refresh_strategy="LAZY",
                    sqladmin_api_endpoint=os.environ.get(API),
                )
            return await self._connector.connect_async(
                str(address.instance), "asyncpg", user=address.user, db=address.name, **options
            )
        except _REFUSED as error:
            message = f"Cloud SQL's {address.instance} cannot be reached: {_said(error)}"
            raise ConnectionError(message) from error

    async def close(self) -> None:
        if self._connector is not None:
            await self._connector.close_async()
            self._connector = None


def _said(error: Exception) -> str:
    """Without what some of them hold beside their text."""
    return str(error.args[0]) if error.args and isinstance(error.args[0], str) else str(error)
