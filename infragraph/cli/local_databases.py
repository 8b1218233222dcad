"""What is done to a database of a run."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from infragraph.cli.exits import Exit, stop
from infragraph.diagnostics.words import nearest
from infragraph.local.application import STATE
from infragraph.local.holding import HeldError, held
from infragraph.local.postgres.binaries import PostgresMissingError, binaries
from infragraph.local.postgres.databases import prepared, remove
from infragraph.local.postgres.server import Postgres, PostgresError, kept_password, running
from infragraph.local.standing import NotRunningError, Standing, standing, state_above
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
    try:
        run = standing(Path(path).resolve())
    except NotRunningError:
        return _empty_at_rest(name, state_above(Path(path).resolve()))
    entry = _entry(run, name)
    asyncio.run(_renewed(run, name, entry))
    command = [
        *(sys.executable, "-m", "infragraph", "db", "migrate", "--root", str(run.root)),
        *("--graph", str(run.root / ".infragraph" / "graph.json")),
        *("--config", str(run.root / ".infragraph" / "runtime.json")),
    ]
    done = subprocess.run(command, check=False)  # noqa: S603 - ourselves
    return Exit.CLEAN if done.returncode == 0 else Exit.FINDINGS


def _empty_at_rest(name: str, root: Path) -> Exit:
    """Where no run is up, as after one whose migrations failed: the next one makes it anew."""
    state = root / STATE
    if not (state / "postgres" / "data").is_dir():
        stop(f"'{root}' has no databases yet: 'infragraph run' makes them")
    try:
        graph = json.loads((state / "graph.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        stop(f"what was run in '{root}' is not known: start it by 'infragraph run'")
    _demand(name, [str(it["name"]) for it in graph["nodes"] if it["kind"] == "database"])
    try:
        with held(state):
            asyncio.run(_removed(state / "postgres", name))
    except (HeldError, PostgresMissingError, PostgresError) as error:
        stop(str(error))
    sys.stderr.write(f"database '{name}' is gone: the next run makes it, and migrates it\n")
    return Exit.CLEAN


async def _removed(folder: Path, name: str) -> None:
    async with running(binaries(None), folder) as server:
        await remove(server, name)


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
    _demand(name, run.names("database"))
    entry: dict[str, Any] = run.configuration["resources"][f"database:{name}"]
    return entry


def _demand(name: str, known: Sequence[str]) -> None:
    """Ends where there is no such database."""
    if name in known:
        return
    near = nearest(name, known)
    stop(f"there is no database '{name}'" + (f"; did you mean '{near}'?" if near else ""))
