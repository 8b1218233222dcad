"""Bringing the databases of an application to where its migrations say: `infragraph db migrate`."""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from infragraph.runtime.application import load_database
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.databases.addresses import database_address
from infragraph.runtime.databases.migrations import MigrationError, migrate, read_migrations
from infragraph.runtime.databases.owners import owner
from infragraph.runtime.databases.pool import Password, Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """`files` are the names of what was run."""

    database: str
    files: tuple[str, ...]


async def migrate_all(
    nodes: Iterable[Mapping[str, Any]],
    configuration: Configuration,
    root: Path,
    password: Password,
) -> AsyncIterator[Migrated]:
    """The databases of a graph's nodes, one after the other.

    Raises:
        MigrationError: a database cannot be logged in to, or a file is refused or fails; databases
            before it are done.
    """
    for node in nodes:
        address = database_address(configuration.address(node["id"]), owner(node))
        pool = Pool(address, password, "infragraph migrate")
        try:
            connection = await pool.connect()
        except (asyncpg.PostgresError, OSError) as error:
            await pool.close()
            message = f"database {node['name']!r} on {address.host} as {address.user!r}: {error}"
            raise MigrationError(message) from error
        try:
            files = await migrate(connection, _files(node, root))
        finally:
            await connection.close()
            await pool.close()
        yield Migrated(database=str(node["name"]), files=files)


def _files(node: Mapping[str, Any], root: Path) -> Any:
    """None where another tool owns the schema."""
    folder = load_database(node, root).migrations
    if folder is None:
        return ()
    return read_migrations(root / Path(node["location"]["path"]).parent / folder)
