"""A PostgreSQL of the module's own, and in it a database for each test."""

import asyncio
from collections.abc import Generator
from uuid import uuid4

import asyncpg
import pytest

from infragraph.local.postgres.binaries import binaries
from infragraph.local.postgres.server import Postgres, running
from infragraph.runtime.databases.addresses import DatabaseAddress


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Generator[Postgres]:
    with asyncio.Runner() as runner:
        block = running(binaries(None), tmp_path_factory.mktemp("postgres"))
        server = runner.run(block.__aenter__())
        try:
            yield server
        finally:
            runner.run(block.__aexit__(None, None, None))


@pytest.fixture
async def address(postgres: Postgres) -> DatabaseAddress:
    name = f"test_{uuid4().hex}"
    connection = await asyncpg.connect(postgres.url("postgres"))
    await connection.execute(f"create database {name}")
    await connection.close()
    return DatabaseAddress(
        host=postgres.host,
        port=postgres.port,
        name=name,
        user=postgres.user,
        login="password",
        password=postgres.password,
        region=None,
    )
