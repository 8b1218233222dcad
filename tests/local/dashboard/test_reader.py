"""The query box reads, and does nothing else, whatever it is told."""

import time
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from infragraph.local.dashboard.reader import ROLE, ROWS, QueryError, Reader
from infragraph.local.postgres.databases import prepared
from infragraph.local.postgres.server import Postgres
from tests.local.dashboard.shown import Dashboard, graph, node, shown
from tests.runtime.databases.conftest import postgres

__all__ = ["postgres"]

pytestmark = pytest.mark.slow

MUST_NOT_BE = Path("/tmp/infragraph-was-here")  # noqa: S108 - the server would make it
DATABASE = "shop-data"
SETUP = """
create table people (id int primary key, name text, password_hash text);
insert into people select n, 'person ' || n, 'hash' || n from generate_series(1, 600) n;
create function erase() returns void language sql security definer as 'delete from people';
create function wait(seconds float) returns void language sql as 'select pg_sleep(seconds)';
"""


@pytest.fixture
async def dashboard(postgres: Postgres, tmp_path: Path) -> AsyncGenerator[Dashboard]:
    database = node("database", DATABASE, "a")
    entries = await prepared(postgres, [database], tmp_path, ["a"])
    connection = await _owner(entries[DATABASE])
    await connection.execute(f"drop schema public cascade; create schema public; {SETUP}")
    await connection.close()
    reader = Reader(server=postgres)
    async with shown(tmp_path, graph(database), reader=reader) as running:
        yield running


async def _owner(entry: dict[str, str]) -> asyncpg.Connection:
    return await asyncpg.connect(
        host=entry["host"],
        port=int(entry["port"]),
        user="application",
        password=entry["password"],
        database=entry["name"],
    )


async def ask(dashboard: Dashboard, sql: str) -> tuple[int, dict[str, Any]]:
    answer = await dashboard.client.post("/api/query", json={"database": DATABASE, "sql": sql})
    return answer.status_code, answer.json()


async def test_what_reads_is_answered(dashboard: Dashboard) -> None:
    status, answer = await ask(dashboard, "select id, name, password_hash from people where id < 3")
    _, many = await ask(dashboard, "select * from people")
    _, nothing = await ask(dashboard, "select null as a, '\\x00ff'::bytea as b, array[1, 2] as c")
    tables = (await dashboard.client.get("/api/tables", params={"database": DATABASE})).json()

    assert status == 200
    # What is called like a secret is masked, as everywhere.
    assert answer == {
        "columns": ["id", "name", "password_hash"],
        "rows": [["1", "person 1", "••••••"], ["2", "person 2", "••••••"]],
        "is_cut": False,
    }
    assert (len(many["rows"]), many["is_cut"]) == (ROWS, True)
    assert nothing["rows"] == [[None, "00ff", "[1, 2]"]]
    assert [(it["schema"], it["name"], len(it["columns"])) for it in tables] == [
        ("public", "people", 3)
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "delete from people",
        "update people set name = 'x'",
        "insert into people values (0, 'x', 'x')",
        "drop table people",
        "create table mine (id int)",
        "truncate people",
        "select erase()",
        "with gone as (delete from people returning *) select * from gone",
        "commit; delete from people",
        "select 1; delete from people",
        "set transaction read write",
        "begin read write",
        "copy people to program 'touch /tmp/infragraph-was-here'",
        "copy (select 'x') to '/tmp/infragraph-was-here'",
        "copy people from program 'id'",
        "select pg_read_file('/etc/passwd')",
        "select lo_import('/etc/passwd')",
        "select pg_ls_dir('/')",
        "set role application",
        "set session authorization application",
        "reset session authorization; delete from people",
        "alter role infragraph_reader superuser",
        "create role mine superuser",
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'infragraph'",
        "do $$ begin delete from people; end $$",
        "load 'plpgsql2'",
        "create extension dblink",
        "select pg_reload_conf()",
        "not a statement",
        "",
    ],
)
async def test_what_does_more_than_read_changes_nothing(
    dashboard: Dashboard, postgres: Postgres, sql: str
) -> None:
    status, answer = await ask(dashboard, sql)

    # Some of it may be answered by nothing; none of it may have an effect.
    assert status == 422 or answer["rows"] in ([], [["t"]], [["f"]], [[""]]), answer
    connection = await asyncpg.connect(postgres.url(DATABASE.replace("-", "_")))
    counted = await connection.fetchval("select count(*) from people where name like 'person %'")
    role = await connection.fetchrow("select * from pg_roles where rolname = $1", ROLE)
    others = await connection.fetchval("select count(*) from pg_roles where rolname = 'mine'")
    mine = await connection.fetchval("select to_regclass('public.mine')")
    await connection.close()
    assert (counted, others, mine) == (600, 0, None)
    assert role is not None
    assert not any(
        role[name] for name in ("rolsuper", "rolcreaterole", "rolcreatedb", "rolreplication")
    )
    assert not _ran_a_program()


def _ran_a_program() -> bool:
    return MUST_NOT_BE.exists()


@pytest.mark.parametrize(
    "sql",
    [
        "select pg_sleep(60)",
        "select set_config('statement_timeout', '0', false), wait(60)",
        "select count(*) from generate_series(1, 100000000000)",
    ],
)
async def test_what_takes_long_is_ended(dashboard: Dashboard, sql: str) -> None:
    began = time.monotonic()
    status, answer = await ask(dashboard, sql)

    assert status == 422
    assert "timeout" in str(answer["error"]) or "longer than" in str(answer["error"])
    assert time.monotonic() - began < 9


async def test_what_a_statement_sets_is_gone_with_it(dashboard: Dashboard) -> None:
    await ask(dashboard, "set statement_timeout = 0")
    await ask(dashboard, "select pg_advisory_lock(1)")
    _, timeout = await ask(dashboard, "show statement_timeout")
    _, locks = await ask(dashboard, "select count(*) from pg_locks where locktype = 'advisory'")

    assert timeout["rows"] == [["5s"]]
    assert locks["rows"] == [["0"]]


async def test_a_database_that_is_not_the_applications_is_not_read(dashboard: Dashboard) -> None:
    for name in ("postgres", "template1", "shop_data", "../x"):
        answer = await dashboard.client.post(
            "/api/query", json={"database": name, "sql": "select 1"}
        )
        assert answer.status_code == 404


async def test_a_server_that_is_away_is_told(tmp_path: Path) -> None:
    away = Postgres(port=9, password="x", log=tmp_path)  # noqa: S106 - it opens nothing

    with pytest.raises(QueryError):
        await Reader(server=away).query("a", "select 1")
