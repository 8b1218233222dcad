"""Numbered SQL files, run in order, each once: `0001_create_users.up.sql`."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infragraph.runtime.databases.tables import TABLES

_NAME = re.compile(r"(?P<number>[0-9]+)_(?P<title>.+)\.up\.sql")
_LOCK = 0x696E6672
"""The advisory lock that runners of one database wait for: `infr`."""

_ALONE = "-- no transaction"
"""A first line that asks to be run outside a transaction, for `create index concurrently`."""


class MigrationError(Exception):
    """The files and what the database has seen do not belong together, or a file failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """`checksum` does not depend on how lines end."""

    number: int
    name: str
    sql: str
    checksum: str

    @property
    def is_alone(self) -> bool:
        """Whether it runs outside a transaction."""
        return self.sql.lstrip().lower().startswith(_ALONE)


def read_migrations(folder: Path) -> tuple[Migration, ...]:
    """The files of a folder in the order of their numbers.

    Raises:
        MigrationError: two have the same number, or one cannot be read.
    """
    found: dict[int, Migration] = {}
    for path in sorted(folder.iterdir()):
        match = _NAME.fullmatch(path.name)
        if match is None:
            continue
        migration = _read(path, int(match["number"]))
        if migration.number in found:
            message = (
                f"{found[migration.number].name} and {path.name} have the same number: "
                "give the newer one the next number"
            )
            raise MigrationError(message)
        found[migration.number] = migration
    return tuple(found[number] for number in sorted(found))


async def migrate(connection: Any, migrations: Sequence[Migration]) -> tuple[str, ...]:
    """Run what the database has not seen; gives the names of what was run.

    Several runners at once wait for each other. A database that has seen newer files than these,
    from a newer image, is left as it is.

    Raises:
        MigrationError: a file changed after it was run, is older than the newest that was run,
            or failed.
    """
    await connection.execute("select pg_advisory_lock($1)", _LOCK)
    try:
        await connection.execute(TABLES)
        rows = await connection.fetch(
            "select number, name, checksum from infragraph.migrations order by number"
        )
        pending = _pending(migrations, {row["number"]: row for row in rows})
        for migration in pending:
            await _run(connection, migration)
        return tuple(it.name for it in pending)
    finally:
        await connection.execute("select pg_advisory_unlock($1)", _LOCK)


def _pending(migrations: Iterable[Migration], applied: dict[int, Any]) -> list[Migration]:
    newest = max(applied, default=-1)
    pending: list[Migration] = []
    for migration in migrations:
        before = applied.get(migration.number)
        if before is None:
            if migration.number < newest:
                message = (
                    f"{migration.name} is new and older than {applied[newest]['name']}, which has "
                    "been run: give it the next number"
                )
                raise MigrationError(message)
            pending.append(migration)
        elif before["checksum"] != migration.checksum:
            message = (
                f"{migration.name} has changed since it was run: put it back as it was, and write "
                "the change as a new file"
            )
            raise MigrationError(message)
    return pending


async def _run(connection: Any, migration: Migration) -> None:
    record = "insert into infragraph.migrations (number, name, checksum) values ($1, $2, $3)"
    values = (migration.number, migration.name, migration.checksum)
    try:
        if migration.is_alone:
            await connection.execute(migration.sql)
            await connection.execute(record, *values)
            return
        async with connection.transaction():
            await connection.execute(migration.sql)
            await connection.execute(record, *values)
    except Exception as error:
        message = f"{migration.name} failed: {error}"
        raise MigrationError(message) from error


def _read(path: Path, number: int) -> Migration:
    try:
        sql = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path.name} cannot be read: {error}"
        raise MigrationError(message) from error
    normal = sql.replace("\r\n", "\n").replace("\r", "\n")
    return Migration(
        number=number,
        name=path.name,
        sql=sql,
        checksum=hashlib.sha256(normal.encode()).hexdigest(),
    )
