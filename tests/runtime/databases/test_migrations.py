import asyncio
from pathlib import Path

import asyncpg
import pytest

from infragraph.runtime.databases.addresses import DatabaseAddress
from infragraph.runtime.databases.migrations import MigrationError, migrate, read_migrations


def write(folder: Path, **files: str) -> Path:
    for name, sql in files.items():
        (folder / f"{name.removeprefix('n')}.up.sql").write_text(sql)
    return folder


async def run(address: DatabaseAddress, folder: Path) -> tuple[str, ...]:
    connection = await asyncpg.connect(address.url())
    try:
        return await migrate(connection, read_migrations(folder))
    finally:
        await connection.close()


async def test_files_run_once_in_the_order_of_their_numbers(
    address: DatabaseAddress, tmp_path: Path
) -> None:
    write(tmp_path, n10_c="alter table t add b int", n9_t="create table t (a int)")
    (tmp_path / "9_t.down.sql").write_text("drop table t")
    assert await run(address, tmp_path) == ("9_t.up.sql", "10_c.up.sql")
    assert await run(address, tmp_path) == ()


async def test_of_several_runners_one_runs_each_file(
    address: DatabaseAddress, tmp_path: Path
) -> None:
    write(tmp_path, n1_t="create table t (a int)", n2_u="create table u (a int)")
    results = await asyncio.gather(*(run(address, tmp_path) for _ in range(3)))
    assert sorted(results) == [(), (), ("1_t.up.sql", "2_u.up.sql")]


async def test_a_file_that_fails_leaves_nothing_of_itself(
    address: DatabaseAddress, tmp_path: Path
) -> None:
    write(tmp_path, n1_t="create table t (a int)", n2_u="create table u (a int); select 1/0")
    with pytest.raises(MigrationError, match=r"2_u.up.sql failed: division by zero"):
        await run(address, tmp_path)
    write(tmp_path, n2_u="create table u (a int)")
    assert await run(address, tmp_path) == ("2_u.up.sql",)


async def test_a_file_that_changed_after_it_was_run_is_refused(
    address: DatabaseAddress, tmp_path: Path
) -> None:
    write(tmp_path, n1_t="create table t (a int);\nselect 1")
    await run(address, tmp_path)
    (tmp_path / "1_t.up.sql").write_bytes(b"create table t (a int);\r\nselect 1")
    assert await run(address, tmp_path) == ()
    write(tmp_path, n1_t="create table t (a bigint)")
    with pytest.raises(MigrationError, match=r"1_t.up.sql has changed since it was run"):
        await run(address, tmp_path)


async def test_a_new_file_with_an_old_number_is_refused(
    address: DatabaseAddress, tmp_path: Path
) -> None:
    write(tmp_path, n2_t="create table t (a int)")
    await run(address, tmp_path)
    write(tmp_path, n1_u="create table u (a int)")
    with pytest.raises(MigrationError, match=r"1_u.up.sql is new and older than 2_t.up.sql"):
        await run(address, tmp_path)


async def test_a_newer_database_is_left_as_it_is(address: DatabaseAddress, tmp_path: Path) -> None:
    write(tmp_path, n1_t="create table t (a int)", n2_u="create table u (a int)")
    await run(address, tmp_path)
    (tmp_path / "2_u.up.sql").unlink()
    assert await run(address, tmp_path) == ()


async def test_a_file_may_ask_to_run_outside_a_transaction(
    address: DatabaseAddress, tmp_path: Path
) -> None:
    write(
        tmp_path,
        n1_t="create table t (a int)",
        n2_i="-- no transaction\ncreate index concurrently i on t (a)",
    )
    assert await run(address, tmp_path) == ("1_t.up.sql", "2_i.up.sql")


def test_two_files_with_one_number_are_refused(tmp_path: Path) -> None:
    write(tmp_path, n1_a="", n01_b="")
    with pytest.raises(MigrationError, match=r"01_b.up.sql and 1_a.up.sql have the same number"):
        read_migrations(tmp_path)
