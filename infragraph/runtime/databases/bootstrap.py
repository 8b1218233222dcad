"""Making databases, and who may use them, before anything runs: `infragraph db bootstrap`.

roles ──▶ the database ──▶ its owner ──▶ rights within it

Each step looks at what is there first, so that running it again changes nothing.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import asyncpg

from infragraph.runtime.application import Graph
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.databases.addresses import DatabaseAddress, database_address
from infragraph.runtime.databases.bootstrap_administrator import Administrator
from infragraph.runtime.databases.bootstrap_rights import give_rights
from infragraph.runtime.databases.bootstrap_roles import acting_for, ensure_roles
from infragraph.runtime.databases.bootstrap_sql import BootstrapError, identifier
from infragraph.runtime.databases.owners import owner
from infragraph.runtime.databases.selecting import selected

_MAINTENANCE = "postgres"
_LOCK = 0x696E6674
"""The advisory lock that those wait for who bootstrap one server at the same time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bootstrapped:
    """`made` are the roles and databases that were not there before."""

    database: str
    made: tuple[str, ...]


async def bootstrap_all(
    graph: Graph, configuration: Configuration, names: Iterable[str], administrator: Administrator
) -> AsyncIterator[Bootstrapped]:
    """The databases called `names`, or all where there are none, in the order of their names.

    Raises:
        BootstrapError: the server refused; databases before are done.
    """
    everyone = _everyone(graph, configuration)
    for node in selected(graph, names):
        entry = configuration.address(node["id"])
        address = database_address(entry, owner(node))
        users = cast("Mapping[str, str]", entry["users"])
        shared = {role for service, role in users.items() if service != owner(node)}
        try:
            made = await _bootstrap(
                _Wanted(
                    address=address,
                    shared=tuple(sorted(shared - {address.user})),
                    others=tuple(sorted(everyone - shared - {address.user})),
                ),
                administrator,
            )
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            message = f"database {node['name']!r} on {address.host}: {error}"
            raise BootstrapError(message) from error
        yield Bootstrapped(database=str(node["name"]), made=made)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What is to be: `address` is the owner's; `others` are roles that have no part in it."""

    address: DatabaseAddress
    shared: tuple[str, ...]
    others: tuple[str, ...]


def _everyone(graph: Graph, configuration: Configuration) -> set[str]:
    """The roles of all services, each of which some database knows."""
    return {
        role
        for node in graph.of_kind("database")
        if node["id"] not in configuration.missing
        for role in cast("Mapping[str, str]", configuration.address(node["id"])["users"]).values()
    }


async def _bootstrap(wanted: _Wanted, administrator: Administrator) -> tuple[str, ...]:
    address = wanted.address
    server = await administrator.connect(replace(address, name=_MAINTENANCE))
    try:
        await server.execute("select pg_advisory_lock($1)", _LOCK)
        made = [*await ensure_roles(server, (address.user, *wanted.shared), address)]
        if await _ensure_database(server, address.name):
            made.append(f"database {address.name}")
        await _ensure_owner(server, address)
        database = await administrator.connect(address)
        try:
            await give_rights(database, address, shared=wanted.shared, others=wanted.others)
        finally:
            await database.close()
    finally:
        await server.close()
    return tuple(made)


async def _ensure_database(server: Any, name: str) -> bool:
    if await server.fetchval("select 1 from pg_database where datname = $1", name):
        return False
    await server.execute(f"create database {identifier(name)} encoding 'UTF8' template template0")
    return True


async def _ensure_owner(server: Any, address: DatabaseAddress) -> None:
    now = await server.fetchval(
        "select pg_get_userbyid(datdba) from pg_database where datname = $1", address.name
    )
    if now == address.user:
        return
    async with acting_for(server, address.user):
        name, to = identifier(address.name), identifier(address.user)
        await server.execute(f"alter database {name} owner to {to}")
