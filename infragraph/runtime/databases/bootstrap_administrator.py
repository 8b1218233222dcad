"""As whom `infragraph db bootstrap` logs in: a role that makes databases and roles."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from infragraph.runtime.configuration import ConfigurationError
from infragraph.runtime.databases.addresses import DatabaseAddress
from infragraph.runtime.databases.pool import Pool

ADMINISTRATOR = "INFRAGRAPH_DATABASE_ADMINISTRATOR"
"""The variable with `{"username": …, "password": …}`, or the ARN of the secret that holds it.

On Cloud SQL the user alone: the account that this runs as logs in as it.
"""

_CLOUD_SQL = "cloudsqlsuperuser"
"""Who administers Cloud SQL: https://cloud.google.com/sql/docs/postgres/users (2026-11-25)."""

ReadSecret = Callable[[str], Awaitable[str]]
"""Gives the value of the secret of AWS with an ARN."""


class Administrator(Protocol):
    """Who makes databases and roles."""

    async def connect(self, address: DatabaseAddress) -> Any:
        """A connection to the server and database of an address, which whoever asks closes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """An administrator, whose password is None where an account of Google is one."""

    user: str
    password: str | None

    async def connect(self, address: DatabaseAddress) -> Any:
        if (self.password is None) != (address.login == "cloud-sql-iam"):
            message = (
                f"{ADMINISTRATOR} names a user and a password, or on Cloud SQL a user alone: "
                f"database {address.name!r} is logged in to by {address.login}"
            )
            raise ConfigurationError(message)
        login = replace(address, user=self.user, password=self.password)
        pool = Pool(login, self._known, "infragraph bootstrap")
        try:
            connection = await pool.connect()
        finally:
            await pool.close()
        if self.password is None:
            # Who is in a role has what it was granted, and not that it may make databases.
            await connection.execute(f"set role {_CLOUD_SQL}")
        return connection

    async def _known(self, _address: DatabaseAddress) -> str:
        return self.password or ""


async def administrator(variables: Mapping[str, str], read: ReadSecret) -> Login:
    """The one that the variable names.

    Raises:
        ConfigurationError: there is none, or its secret is no login.
    """
    given = variables.get(ADMINISTRATOR)
    if given is None:
        message = (
            f"the variable {ADMINISTRATOR} is not set: it holds the ARN of the secret with the "
            "administrator's login, or that login as JSON with username and password"
        )
        raise ConfigurationError(message)
    return _login(await read(given) if given.startswith("arn:") else given)


def _login(text: str) -> Login:
    """The text itself is never shown: it holds a password."""
    try:
        written: Any = json.loads(text)
        user, password = written["username"], written.get("password")
        return Login(user=str(user), password=None if password is None else str(password))
    except (ValueError, KeyError, TypeError, AttributeError):
        message = f"the login that {ADMINISTRATOR} names is no JSON with username and password"
        raise ConfigurationError(message) from None
