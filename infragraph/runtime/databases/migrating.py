"""Bringing the databases of an application to where its migrations say: `infragraph db migrate`."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infragraph.runtime.application import Graph, load_database
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.databases.addresses import database_address
from infragraph.runtime.databases.migrations import migrate, read_migrations
from infragraph.runtime.databases.owners import owner
from infragraph.runtime.databases.pool import Password, Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """`files` are the names of what was run."""

    database: str
    files: tuple[str, ...]


async def migrate_all(
    graph: Graph, configuration: Configuration, root: Path, password: Password
) -> AsyncIterator[Migrated]:
    """Every database in the order of their names, one after the other.

    Raises:
        MigrationError: a file is refused or fails; databases before it are done.
    """
    for node in graph.of_kind("database"):
        address = database_address(configuration.address(node["id"]), owner(node))
        connection = await Pool(address, password, "infragraph migrate").connect()
        try:
            files = await migrate(connection, _files(node, root))
        finally:
            await connection.close()
        yield Migrated(database=str(node["name"]), files=files)


def _files(node: Mapping[str, Any], root: Path) -> Any:
    """None where another tool owns the schema."""
    folder = load_database(node, root).migrations
    if folder is None:
        return ()
    return read_migrations(root / Path(node["location"]["path"]).parent / folder)
