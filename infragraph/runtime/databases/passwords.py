"""What a role logs in to a database with, by the login that the runtime configuration names."""

import asyncio
from functools import cache
from typing import Any, cast

from infragraph.runtime.configuration import ConfigurationError
from infragraph.runtime.databases.addresses import DatabaseAddress


async def current_password(address: DatabaseAddress) -> str:
    """A password that is good now: the static one, or a token that lives for minutes.

    Cloud SQL is shown a certificate instead.

    Raises:
        ConfigurationError: the login is not known, or its region is not named.
    """
    match address.login:
        case "password":
            return address.password or ""
        case "rds-iam":
            return await asyncio.to_thread(_rds_token, address)
        case "cloud-sql-iam":
            return ""
        case other:
            message = f"database {address.name!r} is logged in to by {other}, which is not known"
            raise ConfigurationError(message)


def _rds_token(address: DatabaseAddress) -> str:
    """Signed here, by the credentials of the task's role; good for 15 minutes."""
    if address.region is None:
        message = f"database {address.name!r} has no region, which its token is made for"
        raise ConfigurationError(message)
    token: str = _rds(address.region).generate_db_auth_token(
        DBHostname=address.host,
        Port=address.port,
        DBUsername=address.user,
        Region=address.region,
    )
    return token


@cache
def _rds(region: str) -> Any:
    import boto3  # noqa: PLC0415 - where RDS is logged in to

    return cast("Any", boto3.Session()).client("rds", region_name=region)
