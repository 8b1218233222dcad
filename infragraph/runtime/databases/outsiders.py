"""Statements on a transaction that is not ours: asyncpg's, psycopg's or SQLAlchemy's."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from infragraph.runtime.databases.driver import Statements

Execute = Callable[[str, Sequence[object]], Awaitable[None]]
"""Runs a statement; the values of an `insert` follow its columns."""


def executor(outbox: Any) -> Execute:
    """How a statement is run on it.

    Raises:
        TypeError: it is no transaction or connection that we know.
    """
    if isinstance(outbox, Statements):
        return _asyncpg(outbox.connection)
    packages = {kind.__module__.partition(".")[0] for kind in type(outbox).__mro__}
    if "asyncpg" in packages:
        return _asyncpg(outbox)
    if "psycopg" in packages:
        return _psycopg(outbox)
    if "sqlalchemy" in packages:
        return _sqlalchemy(outbox)
    message = (
        f"{type(outbox).__qualname__} is no outbox: give a transaction of a database, a connection "
        "of asyncpg or psycopg, or a session or connection of SQLAlchemy"
    )
    raise TypeError(message)


def _asyncpg(connection: Any) -> Execute:
    async def execute(sql: str, values: Sequence[object]) -> None:
        places = [f"${number}" for number in range(1, len(values) + 1)]
        await connection.execute(_with(sql, places), *values)

    return execute


def _psycopg(connection: Any) -> Execute:
    async def execute(sql: str, values: Sequence[object]) -> None:
        await _done(connection.execute, _with(sql, ["%s"] * len(values)), tuple(values))

    return execute


def _sqlalchemy(session: Any) -> Execute:
    from sqlalchemy import text  # noqa: PLC0415 - the application has it, we may not

    async def execute(sql: str, values: Sequence[object]) -> None:
        names = [f"v{number}" for number in range(len(values))]
        statement = text(_with(sql, [f":{name}" for name in names]))
        await _done(session.execute, statement, dict(zip(names, values, strict=True)))

    return execute


def _with(sql: str, places: Sequence[str]) -> str:
    return f"{sql} values ({', '.join(places)})" if places else sql


async def _done(execute: Callable[..., Any], *arguments: object) -> None:
    """A synchronous driver blocks, so it runs in a thread; whose transaction it is waits for it."""
    if inspect.iscoroutinefunction(execute):
        await execute(*arguments)
    else:
        await asyncio.to_thread(execute, *arguments)
