"""Where a database is, and as whom a service logs in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote

from infragraph.runtime.configuration import ConfigurationError


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseAddress:
    """`login` is `password`, `rds-iam` or `cloud-sql-iam`; only the first has a password here.

    `instance` is where Cloud SQL has it: it is reached by that, not by its host.
    """

    host: str
    port: int
    name: str
    user: str
    login: str
    password: str | None
    region: str | None
    instance: str | None = None

    def url(self) -> str:
        """The URL with static credentials.

        Raises:
            ConfigurationError: there are none here.
        """
        if self.login != "password" or self.password is None:
            message = (
                f"database {self.name!r} is logged in to by short-lived tokens, so it has no URL: "
                "use driver_connection, such as create_async_engine(..., "
                "async_creator=db.driver_connection)"
            )
            raise ConfigurationError(message)
        user, password = quote(self.user, safe=""), quote(self.password, safe="")
        return f"postgresql://{user}:{password}@{self.host}:{self.port}/{quote(self.name)}"


def database_address(entry: Mapping[str, object], service: str) -> DatabaseAddress:
    """A database's entry in the runtime configuration, for one service.

    Raises:
        ConfigurationError: the service has no role in it.
    """
    users = cast("Mapping[str, str]", entry["users"])
    if service not in users:
        message = f"service {service!r} has no role in database {entry['name']!r}"
        raise ConfigurationError(message)
    fields = cast("Mapping[str, Any]", entry)
    return DatabaseAddress(
        host=str(fields["host"]),
        port=int(fields["port"]),
        name=str(fields["name"]),
        user=users[service],
        login=str(fields["login"]),
        password=fields.get("password"),
        region=fields.get("region"),
        instance=fields.get("instance"),
    )
