"""The roles that services log in as, and acting for one of them."""

from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from typing import Any

from infragraph.runtime.databases.addresses import DatabaseAddress
from infragraph.runtime.databases.bootstrap_sql import BootstrapError, identifier, verifier

_RDS_IAM = "rds_iam"
# PostgreSQL 16 tells the right to act as a role from being its member:
# https://www.postgresql.org/docs/16/role-membership.html (read 2026-11-25).
_TELLS_SET = 160_000


async def ensure_roles(server: Any, roles: Iterable[str], address: DatabaseAddress) -> list[str]:
    """Make those that are missing, each logging in as `address` says; gives what was made.

    Raises:
        BootstrapError: one is missing that only the cloud can make.
    """
    made: list[str] = []
    for role in roles:
        exists = await server.fetchval("select 1 from pg_roles where rolname = $1", role)
        if not exists:
            if address.login == "cloud-sql-iam":
                message = f"there is no role {role!r}: Cloud SQL makes it with the user of IAM"
                raise BootstrapError(message)
            await server.execute(f"create role {identifier(role)} login")
            made.append(f"role {role}")
        await _ensure_login(server, role, address)
    return made


@asynccontextmanager
async def acting_for(connection: Any, role: str) -> AsyncGenerator[None]:
    """A block in one transaction in which the administrator has the rights of a role.

    Never longer: who is a member of a role that logs in by IAM, as an administrator would be from
    then on, is asked for a token of IAM itself, and its password is refused.
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html
    (read 2026-11-25)
    """
    async with connection.transaction():
        may = await _may_act_for(connection, role)
        if not may:
            await connection.execute(f"grant {identifier(role)} to current_user")
        yield
        if not may:
            await connection.execute(f"revoke {identifier(role)} from current_user")


async def _may_act_for(connection: Any, role: str) -> bool:
    version = connection.get_server_version()
    privilege = "SET" if version.major * 10_000 >= _TELLS_SET else "MEMBER"
    return bool(
        await connection.fetchval("select pg_has_role(current_user, $1, $2)", role, privilege)
    )


async def _ensure_login(server: Any, role: str, address: DatabaseAddress) -> None:
    match address.login:
        case "rds-iam":
            if not await server.fetchval("select pg_has_role($1, $2, 'MEMBER')", role, _RDS_IAM):
                await server.execute(f"grant {_RDS_IAM} to {identifier(role)}")
        case "password":
            kept = verifier(address.password or "")
            await server.execute(f"alter role {identifier(role)} login password '{kept}'")
        case _:
            return
