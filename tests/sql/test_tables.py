import pytest

from infragraph.sql.migrations import Script, migrated


def scripts(*texts: str) -> list[Script]:
    return [
        Script(path=f"migrations/{number:04}_it.up.sql", text=text)
        for number, text in enumerate(texts, start=1)
    ]


def tables(*texts: str) -> tuple[tuple[str, ...], bool]:
    end = migrated(scripts(*texts))
    assert end.faults == ()
    return end.tables, end.are_complete


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("create table users (id text primary key)", ("users",)),
        ("CREATE TABLE Users (id text); create table IF NOT EXISTS users (x int)", ("users",)),
        ('create table "Users" (id text); create table "a b"."c.d" (x int)', ("Users", "a b.c.d")),
        ("create table public.users (id text); create table users2 (id text)", ("users", "users2")),
        ("create table shop.billing.bills (id int)", ("billing.bills",)),
        ("create unlogged table cache (key text)", ("cache",)),
        ("create temp table a (x int); create local temporary table b (x int)", ()),
        ("create table pg_temp.a (x int)", ()),
        ("create table old as select * from users with no data", ("old",)),
        ("create table old (a, b) as select 1, 2", ("old",)),
        ("create table m (d date) partition by range (d)", ("m",)),
        (
            "create table m1 partition of m for values from ('2024-01-01') to ('2025-01-01')",
            ("m1",),
        ),
        ("create table m1 partition of m default", ("m1",)),
        ("create table b (like a including all)", ("b",)),
        ("create table b (x int) inherits (a) with (fillfactor = 70) tablespace fast", ("b",)),
        ("create table p of person", ("p",)),
        ("select * into backup from users", ("backup",)),
        ("with a as (select 1) select * into backup from a", ("backup",)),
        ("select 1 into temp t", ()),
        ("insert into a values (1)", ()),
        ("create view v as select 1; create materialized view w as select 1", ()),
        ("create foreign table f (x int) server s", ()),
        ("create schema s create table t (x int) create view v as select 1", ("s.t",)),
        ("create schema if not exists authorization joe create table t (x int)", ("joe.t",)),
        ("set search_path to billing, public; create table bills (id int)", ("billing.bills",)),
        ("create table a (x int); begin; create table b (x int); rollback;", ("a",)),
        ("begin; create table b (x int); commit; rollback", ("b",)),
        ("create function f() returns int language sql begin atomic select 1; end", ()),
        (
            "create function f() returns trigger as 'create table x ()'; create table t (x int)",
            ("t",),
        ),
        ("/* create /* nested */ */ create table t -- one\n (x int) -- two", ("t",)),
        ("create table t (note text default 'a; b', other text default E'it\\'s;')", ("t",)),
    ],
)
def test_a_statement_creates_its_tables(text: str, names: tuple[str, ...]) -> None:
    assert tables(text) == (names, True)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("drop table a", ("b", "s.c")),
        ("drop table if exists a, public.b, nothing cascade", ("s.c",)),
        ("drop table s.a", ("a", "b", "s.c")),
        ("drop schema s cascade", ("a", "b")),
        ("alter table a rename to d", ("b", "d", "s.c")),
        ("alter table if exists only s.c rename to d", ("a", "b", "s.d")),
        ("alter table a set schema s", ("b", "s.a", "s.c")),
        ("alter table s.c set schema public", ("a", "b", "c")),
        ("alter schema s rename to t", ("a", "b", "t.c")),
        ("alter table a rename column x to y, rename constraint p to q", ("a", "b", "s.c")),
        ("alter table nothing rename to d", ("a", "b", "s.c")),
        ("alter view v rename to w; alter index a rename to i", ("a", "b", "s.c")),
        ("drop view v; drop index i, j; drop function f(int), g(int)", ("a", "b", "s.c")),
    ],
)
def test_later_statements_change_what_there_is(text: str, names: tuple[str, ...]) -> None:
    before = "create table a (x int); create table b (x int); create table s.c (x int);"

    assert tables(before, text) == (names, True)


@pytest.mark.parametrize(
    ("text", "is_complete"),
    [
        ("do $$ begin create table x (y int); end $$", False),
        ("do language plpgsql $$ begin execute 'drop ' || 'table a'; end $$", False),
        ("do $$ begin update a set x = 1; end $$", True),
        ("call make_partitions()", False),
        ("drop owned by joe", False),
        ("rollback to savepoint s", False),
        ("explain analyze create table t as select 1", False),
        ("create extension if not exists pgcrypto", True),
        ("create trigger t before insert on a for each row execute function f()", True),
        ("comment on table a is 'create table'; grant select on a to b", True),
        ("create type mood as enum ('a', 'b'); create domain d as text check (value <> '')", True),
        ("create policy p on a using (x = 1); alter table a enable row level security", True),
        ("lock table a; vacuum a; analyze; reindex table a; truncate a restart identity", True),
        ("alter table a attach partition b for values in (1)", True),
    ],
)
def test_what_may_change_other_tables_makes_them_incomplete(text: str, is_complete: bool) -> None:  # noqa: FBT001
    assert tables("create table a (x int)", text) == (("a",), is_complete)
