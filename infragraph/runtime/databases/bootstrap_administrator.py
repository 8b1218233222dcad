"""As whom `infragraph db bootstrap` logs in: a role that makes databases and roles."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from infragraph.runtime.configuration import ConfigurationError
from infragraph.runtime.databases.addresses import DatabaseAddress
from infragraph.runtime.databases.pool import Pool

ADMINISTRATOR = "INFRAGRAPH_DATABASE_ADMINISTRATOR"
"""The variable with `{"username": …, "password": …}`, or the ARN of the secret that holds it."""

ReadSecret = Callable[[str], Awaitable[str]]
"""Gives the value of the secret of AWS with an ARN."""


class Administrator(Protocol):
    """Who makes databases and roles."""

    async def connect(self, address: DatabaseAddress) -> Any:
        """A connection to the server and database of an address, which whoever asks closes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """An administrator with a password; a server that services log in to by IAM speaks TLS."""

    user: str
    password: str

    async def connect(self, address: DatabaseAddress) -> Any:
        login = replace(address, user=self.user, password=self.password)
        return await Pool(login, self._known, "infragraph bootstrap").connect()

    async def _known(self, _address: DatabaseAddress) -> str:
        return self.password


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
        return Login(user=str(written["username"]), password=str(written["password"]))
    except (ValueError, KeyError, TypeError):
        message = f"the login that {ADMINISTRATOR} names is no JSON with username and password"
        raise ConfigurationError(message) from None
