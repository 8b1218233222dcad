"""Rights within a database: its owner's, those of services that it is shared with, and no others.

Who shares a database reads and writes what its owner's migrations make, now and later. Who migrates
is the owner alone, so only the owner has to do with the record of migrations.
"""

from collections.abc import Iterator
from typing import Any

from infragraph.runtime.databases.addresses import DatabaseAddress
from infragraph.runtime.databases.bootstrap_roles import acting_for
from infragraph.runtime.databases.bootstrap_sql import identifier, identifiers
from infragraph.runtime.databases.tables import TABLES

_OURS = "infragraph"
_TABLE = "select, insert, update, delete"
_SEQUENCE = "usage, select, update"

_SCHEMAS = """
select nspname from pg_namespace
where (nspname = 'public' or nspowner = quote_ident(current_user)::regrole) and nspname <> $1
    and nspname !~ '^pg_'
order by nspname
"""
_RELATIONS = """
select n.nspname as schema, c.relname as name, c.relkind = 'S' as is_sequence
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relowner = quote_ident(current_user)::regrole
    and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and n.nspname = any($1)
order by n.nspname, c.relname
"""


async def give_rights(
    connection: Any, address: DatabaseAddress, *, shared: tuple[str, ...], others: tuple[str, ...]
) -> None:
    """Bring the rights to what is wanted; those of roles that are no service's stay as they are.

    `connection` is the administrator's, to the database.
    """
    administrator = await connection.fetchval("select current_user")
    others = tuple([role for role in others if await _exists(connection, role)])
    async with acting_for(connection, address.user):
        await connection.execute(f"set local role {identifier(address.user)}")
        await connection.execute(TABLES)
        schemas = [row["nspname"] for row in await connection.fetch(_SCHEMAS, _OURS)]
        relations = await connection.fetch(_RELATIONS, schemas)
        statements = [
            *_logins(address.name, administrator, shared, others),
            *_rights("grant", "to", shared, schemas, relations),
            *_rights("revoke", "from", others, schemas, relations),
        ]
        for statement in statements:
            await connection.execute(statement)
        # Not `reset`: an administrator may act as a role itself.
        await connection.execute(f"set local role {identifier(administrator)}")


async def _exists(connection: Any, role: str) -> bool:
    return bool(await connection.fetchval("select 1 from pg_roles where rolname = $1", role))


def _logins(
    database: str, administrator: str, shared: tuple[str, ...], others: tuple[str, ...]
) -> Iterator[str]:
    """A server's other databases are not a service's to look at."""
    on = f"on database {identifier(database)}"
    yield f"revoke all {on} from public"
    yield f"grant connect {on} to {identifier(administrator)}"
    if shared:
        yield f"grant connect, temporary {on} to {identifiers(shared)}"
    if others:
        yield f"revoke all {on} from {identifiers(others)}"


def _rights(
    verb: str, preposition: str, roles: tuple[str, ...], schemas: list[str], relations: list[Any]
) -> Iterator[str]:
    if not roles:
        return
    whom = f"{preposition} {identifiers(roles)}"
    yield f"{verb} usage on schema {identifier(_OURS)} {whom}"
    yield f"{verb} {_TABLE} on {_OURS}.outbox, {_OURS}.inbox {whom}"
    for schema in schemas:
        # Everyone may use `public`, and it is not the owner's to say otherwise in any version.
        if schema != "public":
            yield f"{verb} usage on schema {identifier(schema)} {whom}"
    for row in relations:
        name = f"{identifier(row['schema'])}.{identifier(row['name'])}"
        rights = f"{_SEQUENCE} on sequence" if row["is_sequence"] else f"{_TABLE} on table"
        yield f"{verb} {rights} {name} {whom}"
    later = f"alter default privileges {verb}"
    yield f"{later} usage on schemas {whom}"
    yield f"{later} {_TABLE} on tables {whom}"
    yield f"{later} {_SEQUENCE} on sequences {whom}"
