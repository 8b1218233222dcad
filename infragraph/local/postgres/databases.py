"""The databases of an application on this machine's server, each with an owner of its own."""

import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import asyncpg

from infragraph.local.postgres.server import Postgres

_THE_SERVERS = frozenset({"postgres", "template0", "template1"})

OWNER = "application"
"""The role that the application logs in with: it owns its databases, and is no superuser."""


async def prepared(
    server: Postgres, nodes: Iterable[Mapping[str, Any]], folder: Path, services: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """Make what is missing; gives each database's entry in the runtime configuration, by name."""
    password = _password(folder)
    users = dict.fromkeys(sorted(services), OWNER)
    connection = await asyncpg.connect(server.url("postgres"))
    try:
        await _make_owner(connection, password)
        entries: dict[str, dict[str, Any]] = {}
        for node in nodes:
            name = database_name(str(node["name"]))
            await _make_database(connection, name)
            entries[str(node["name"])] = {
                "host": server.host,
                "port": server.port,
                "name": name,
                "users": users,
                "login": "password",
                "password": password,
            }
        return entries
    finally:
        await connection.close()


async def remove(server: Postgres, name: str) -> None:
    """Remove a database with all that is in it."""
    connection = await asyncpg.connect(server.url("postgres"))
    try:
        await connection.execute(f'drop database if exists "{database_name(name)}" with (force)')
    finally:
        await connection.close()


def database_name(name: str) -> str:
    """As PostgreSQL's tools take it without quotes; those that every server has are not ours."""
    written = name.replace("-", "_")
    return f"{written}_" if written in _THE_SERVERS else written


async def _make_owner(connection: Any, password: str) -> None:
    exists = await connection.fetchval("select 1 from pg_roles where rolname = $1", OWNER)
    verb = "alter" if exists else "create"
    # A password is no parameter of such a statement; ours is of letters, digits, - and _.
    await connection.execute(f"{verb} role {OWNER} login password '{password}'")


async def _make_database(connection: Any, name: str) -> None:
    if not await connection.fetchval("select 1 from pg_database where datname = $1", name):
        await connection.execute(f'create database "{name}" owner {OWNER}')


def _password(folder: Path) -> str:
    path = folder / "application-password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24), encoding="ascii")
    return path.read_text(encoding="ascii")
