import subprocess
import sys

import pytest

from infragraph.sql.access import access, combined


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("select id, email from users where id = $1", "read"),
        ("SELECT * FROM users WHERE id IN ($1,$2,$3)", "read"),
        ("select 1;", "read"),
        ("(select 1) union (select 2)", "read"),
        ("select * from jobs where not done limit $1 for update skip locked", "read"),
        ("with recent as (select * from users) select count(*) from recent", "read"),
        ("select 'delete from users', \"update\" from t -- insert into t values (1)", "read"),
        ("select storage, search from files", "read"),
        ("values ($1, $2)", "read"),
        ("table users", "read"),
        ("show server_version", "read"),
        ("explain select 1", "read"),
        ("explain delete from users", "read"),
        ("copy users to stdout", "read"),
        ("copy (select * from users) to stdout", "read"),
        ("declare c cursor for select 1", "read"),
        ("set statement_timeout = '5s'", "read"),
        ("begin; select 1; commit", "read"),
        ("lock table users in share mode", "read"),
        ("notify jobs, 'new'", "read"),
        ("listen jobs", "read"),
        ("insert into users (id, email) values ($1,$2)", "write"),
        ("insert into users values ($1) on conflict (id) do update set id = excluded.id", "write"),
        ("insert into archive select * from users", "write"),
        ("update users set email = $2 where id = $1 returning *", "write"),
        ("delete from users using old where users.id = old.id", "write"),
        ("merge into a using b on a.id = b.id when matched then delete", "write"),
        ("with gone as (delete from users returning *) select count(*) from gone", "write"),
        ("with a as (select 1) insert into b select * from a", "write"),
        ("select * into backup from users", "write"),
        ("select nextval('ids')", "write"),
        ("truncate users, orders", "write"),
        ("create table t (id int)", "write"),
        ("alter table t add column x int", "write"),
        ("drop table if exists t", "write"),
        ("refresh materialized view concurrently totals", "write"),
        ("vacuum (analyze) users", "write"),
        ("comment on table users is 'people'", "write"),
        ("copy users (id, email) from program 'cat'", "write"),
        ("explain (analyze, buffers) delete from users", "write"),
        ("explain analyze select 1", "read"),
        ("prepare p (int) as delete from users where id = $1", "write"),
        ("begin; delete from users; commit", "write"),
        ("select 1; delete from users", "read-write"),
        ("create table a (id int); select * from a", "read-write"),
        ("call tidy($1)", "unknown"),
        ("do $$ begin delete from users; end $$", "unknown"),
        ("select 1; call tidy()", "unknown"),
        ("", "unknown"),
        (" -- nothing\n;", "unknown"),
        ("selct * from users", "unknown"),
        ("select * from users where", "unknown"),
        ("insert into users values (1", "unknown"),
        ("select 'open", "unknown"),
        ("delete users", "unknown"),
        ("hello world", "unknown"),
    ],
)
def test_access_is_told_from_the_statement(text: str, done: str) -> None:
    assert access(text) == done


def test_accesses_are_combined() -> None:
    assert combined(["read", "read"]) == "read"
    assert combined(["write", "read"]) == "read-write"
    assert combined(["read", "unknown"]) == "unknown"
    assert combined(["write", "unknown"]) == "unknown"
    assert combined(["read-write", "unknown"]) == "read-write"
    assert combined([]) == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "select " + "(" * 5000 + "1" + ")" * 5000,
        "select " + "array[" * 150 + "1" + "]" * 150,
        "select " + "array[" * 19 + "1" + "]" * 19,
        "select " + "not " * 20_000 + "true",
        "select " + "case when a then " * 5000 + "1" + " end" * 5000,
        "/*" * 50_000,
        "'" * 50_001,
        "$a$" * 9_999,
        "\0",
    ],
    ids=["brackets", "arrays", "fewer-arrays", "not", "case", "comments", "quotes", "tags", "nul"],
)
def test_hostile_text_is_unknown(text: str) -> None:
    assert access(text) == "unknown"


def test_sqlglot_is_imported_when_text_is_parsed_and_says_nothing() -> None:
    program = """
import sys
from infragraph.sql.access import access
assert "sqlglot" not in sys.modules
assert access("drop table users") == "write"
assert "sqlglot" not in sys.modules
assert access("select 1") == "read"
assert "sqlglot" in sys.modules
"""

    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
