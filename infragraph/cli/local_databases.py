"""What is done to a database of a run."""

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

from infragraph.cli.exits import Exit, stop
from infragraph.diagnostics.words import nearest
from infragraph.local.postgres.databases import prepared, remove
from infragraph.local.postgres.server import Postgres, kept_password
from infragraph.local.standing import NotRunningError, Standing, standing
from infragraph.runtime.databases.addresses import database_address


def address(name: str, path: str) -> str:
    """The URL of a database, for the role of the application."""
    run = _standing(path)
    entry = _entry(run, name)
    return database_address(entry, next(iter(entry["users"]))).url()


def open_shell(name: str, path: str) -> NoReturn:
    """Become psql."""
    url = address(name, path)
    program = shutil.which("psql")
    if program is None:
        stop("psql is not on PATH: install PostgreSQL's client, or use 'infragraph db url'")
    os.execv(program, [program, url])  # noqa: S606 - the user's own terminal


def empty(name: str, path: str) -> Exit:
    """Gives the exit code; services that use it meanwhile see their connections end."""
    run = _standing(path)
    entry = _entry(run, name)
    asyncio.run(_renewed(run, name, entry))
    command = [
        *(sys.executable, "-m", "infragraph", "db", "migrate", "--root", str(run.root)),
        *("--graph", str(run.root / ".infragraph" / "graph.json")),
        *("--config", str(run.root / ".infragraph" / "runtime.json")),
    ]
    done = subprocess.run(command, check=False)  # noqa: S603 - ourselves
    return Exit.CLEAN if done.returncode == 0 else Exit.FINDINGS


async def _renewed(run: Standing, name: str, entry: dict[str, Any]) -> None:
    folder = run.root / ".infragraph" / "postgres"
    server = Postgres(
        port=entry["port"], password=kept_password(folder), log=folder / "postgres.log"
    )
    await remove(server, name)
    await prepared(server, [{"name": name}], folder, entry["users"])


def _standing(path: str) -> Standing:
    try:
        return standing(Path(path).resolve())
    except NotRunningError as error:
        stop(str(error))


def _entry(run: Standing, name: str) -> dict[str, Any]:
    known = run.names("database")
    if name not in known:
        near = nearest(name, known)
        stop(f"there is no database '{name}'" + (f"; did you mean '{near}'?" if near else ""))
    entry: dict[str, Any] = run.configuration["resources"][f"database:{name}"]
    return entry
