"""Rows as the effects of messages, in a PostgreSQL of the run's own."""

import json

import asyncpg

from infragraph.local.postgres.server import Postgres
from infragraph.runtime.databases.tables import TABLES


async def database(server: Postgres) -> str:
    """Makes their table; gives the JSON of its database's entry in a runtime configuration."""
    connection = await asyncpg.connect(server.url("postgres"))
    await connection.execute(TABLES)
    await connection.execute("create table effects (id text not null)")
    await connection.close()
    return json.dumps(
        {
            "host": server.host,
            "port": server.port,
            "name": "postgres",
            "user": server.user,
            "login": "password",
            "password": server.password,
            "region": None,
        }
    )


async def effects(server: Postgres) -> list[str]:
    """The ids of all rows: nothing keeps two from having one id."""
    connection = await asyncpg.connect(server.url("postgres"))
    rows = await connection.fetch("select id from effects")
    await connection.close()
    return [row["id"] for row in rows]
