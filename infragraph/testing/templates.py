"""Databases of tests: each is a copy of a template with the migrations applied."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg

from infragraph.local.holding import HeldError, held
from infragraph.local.postgres import server as postgres
from infragraph.local.postgres.binaries import binaries
from infragraph.local.postgres.databases import OWNER, database_name, prepared
from infragraph.local.postgres.server import Postgres
from infragraph.runtime.databases.migrations import Migration, migrate
from infragraph.testing.infrastructure import given

_CLONE = "clone_"
_TEMPLATE = "template_"
_BUILDING = "building_"
_LOCK = 0x74656D70
"""The advisory lock of whoever makes a template: `temp`."""

Entry = dict[str, Any]
"""A database's entry in the runtime configuration."""


@dataclass(slots=True, kw_only=True)
class Templates:
    """The templates of one PostgreSQL server; `entries` are theirs, by name."""

    server: Postgres
    folder: Path
    services: Sequence[str]
    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])

    async def clone(self, database: str, migrations: Sequence[Migration]) -> Entry:
        """A database as it is after `migrations`, that nobody else has; gives its entry.

        Raises:
            MigrationError: a migration failed.
        """
        template = _template_name(database, migrations)
        if template not in self.entries:
            self.entries[template] = await self._template(template, migrations)
        name = f"{_CLONE}{uuid4().hex[:8]}_{database_name(database)}"
        await self._administer(f'create database "{name}" template "{template}" owner {OWNER}')
        return {**self.entries[template], "name": name}

    async def drop(self, name: str) -> None:
        """Remove a clone, whoever is connected to it."""
        await self._administer(f'drop database if exists "{name}" with (force)')

    async def clean(self) -> None:
        """Remove what a session that was killed left behind."""
        connection = await asyncpg.connect(self.server.url("postgres"))
        try:
            rows = await connection.fetch("select datname from pg_database")
            for name in sorted(row["datname"] for row in rows):
                if name.startswith((_CLONE, _BUILDING)):
                    await connection.execute(f'drop database "{name}" with (force)')
        finally:
            await connection.close()

    async def _template(self, name: str, migrations: Sequence[Migration]) -> Entry:
        """Migrated under another name first, so that a template is whole or is not there."""
        connection = await asyncpg.connect(self.server.url("postgres"))
        try:
            # Sessions that share a server, such as xdist's workers, take turns.
            await connection.execute("select pg_advisory_lock($1)", _LOCK)
            known = "select 1 from pg_database where datname = $1"
            is_there = await connection.fetchval(known, name)
            building = name if is_there else name.replace(_TEMPLATE, _BUILDING, 1)
            entry = (await self._prepared(building))[building]
            if not is_there:
                await _migrate(entry, migrations)
                await connection.execute(f'alter database "{building}" rename to "{name}"')
            return {**entry, "name": name}
        finally:
            await connection.close()

    async def _prepared(self, name: str) -> Mapping[str, Entry]:
        return await prepared(self.server, [{"name": name}], self.folder, self.services)

    async def _administer(self, statement: str) -> None:
        connection = await asyncpg.connect(self.server.url("postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


async def opened(stack: AsyncExitStack, state: Path, services: Sequence[str]) -> Templates:
    """The server that this process is handed, or one of this session's own.

    The latter is over the first folder that no other session holds, which keeps its templates.

    Raises:
        PostgresMissingError: the machine has no PostgreSQL.
        PostgresError: it does not start.
    """
    handed = given()
    shared = handed.server()
    if shared is not None:
        return Templates(server=shared, folder=Path(str(handed.postgres)), services=services)
    folder = own_folder(stack, state)
    server = await stack.enter_async_context(postgres.running(binaries(None), folder))
    templates = Templates(server=server, folder=folder, services=services)
    await templates.clean()
    return templates


def own_folder(stack: AsyncExitStack, state: Path) -> Path:
    """One for each session that runs at the same time, such as xdist's workers."""
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = 0
    while True:
        folder = state / str(number)
        try:
            stack.enter_context(held(folder))
        except HeldError:
            number += 1
        else:
            return folder


async def _migrate(entry: Entry, migrations: Sequence[Migration]) -> None:
    connection = await asyncpg.connect(
        host=entry["host"],
        port=entry["port"],
        database=entry["name"],
        user=OWNER,
        password=entry["password"],
    )
    try:
        await migrate(connection, migrations)
    finally:
        await connection.close()


def _template_name(database: str, migrations: Sequence[Migration]) -> str:
    """Other files are another template."""
    said = "\n".join(f"{it.name} {it.checksum}" for it in migrations)
    return f"{_TEMPLATE}{database_name(database)}_{hashlib.sha256(said.encode()).hexdigest()[:12]}"
