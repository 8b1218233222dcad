import pytest

from infragraph.sql.migrations import Script, migrated

BEFORE = (
    "create table users (id bigserial primary key, email text not null, age int, "
    "name text not null default ''); create table s.logs (x int);"
)


def breaking(*texts: str) -> list[tuple[str, str]]:
    """What breaks, with the text that is marked."""
    scripts = [
        Script(path=f"migrations/{number:04}_it.up.sql", text=text)
        for number, text in enumerate(texts, start=1)
    ]
    by_path = {script.path: script.text for script in scripts}
    return [
        (it.what, by_path[it.span.path][it.span.column - 1 : it.span.end_column - 1])
        for it in migrated(scripts).breaking
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("drop table users", ("drops table 'users'", "users")),
        ("drop table if exists s.logs", ("drops table 's.logs'", "s.logs")),
        ("drop schema s cascade", ("drops schema 's' with its tables", "s")),
        (
            "alter schema s rename to t",
            ("renames schema 's' with its tables", "alter schema s rename to t"),
        ),
        ("alter table users rename to people", ("renames table 'users'", "rename to people")),
        (
            "alter table users set schema s",
            ("moves table 'users' to another schema", "set schema s"),
        ),
        (
            "alter table users drop column if exists age cascade",
            ("drops column 'age' of 'users'", "drop column if exists age cascade"),
        ),
        ("alter table users drop age", ("drops column 'age' of 'users'", "drop age")),
        (
            "alter table users rename email to mail",
            ("renames column 'email' of 'users'", "rename email to mail"),
        ),
        (
            "alter table users add x int, add column y int not null",
            (
                "adds column 'y' of 'users', not null without a default",
                "add column y int not null",
            ),
        ),
        (
            "alter table users alter column age set not null",
            (
                "makes column 'age' of 'users' not null without a default",
                "alter column age set not null",
            ),
        ),
        (
            "alter table users add x text; alter table users alter x set not null",
            ("makes column 'x' of 'users' not null without a default", "alter x set not null"),
        ),
        (
            "alter table users alter age type bigint using age::bigint",
            (
                "changes the type of column 'age' of 'users'",
                "alter age type bigint using age::bigint",
            ),
        ),
        (
            "alter table users alter name drop default",
            (
                "takes away the default of column 'name' of 'users', which is not null",
                "alter name drop default",
            ),
        ),
    ],
)
def test_what_the_version_before_relies_on_is_found(text: str, found: tuple[str, str]) -> None:
    assert breaking(BEFORE, text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "alter table users add column x int",
        "alter table users add column x int not null default 0",
        "alter table users add column x bigint not null generated always as identity",
        "alter table users add column x bigserial not null",
        "alter table users alter name set not null",
        "alter table users alter age set default 1, alter age set not null",
        "alter table users alter age drop default",
        "alter table users alter email drop not null",
        "alter table users add constraint c unique (email), add check (age > 0)",
        "alter table users add x int; alter table users rename x to y; alter table users drop y",
        "alter table users add x int; alter table users alter x type text",
        "create table t (x int); alter table t drop x, add y int not null; drop table t",
        "drop table if exists nothing; drop view v; drop index i; truncate users",
        "drop schema if exists empty cascade",
        "-- contract\ndrop table users",
        "--contract: nobody reads it since March\nalter table users drop age",
    ],
)
def test_what_the_version_before_does_not_notice_is_not(text: str) -> None:
    assert breaking(BEFORE, text) == []


def test_the_first_migration_breaks_nothing() -> None:
    assert breaking("drop table if exists users; alter table a drop b; " + BEFORE) == []


def test_a_mark_counts_on_the_first_line_alone() -> None:
    assert breaking(BEFORE, "select 1; -- contract\n-- contract\n")[:1] == []
    assert len(breaking(BEFORE, "\n-- contract\ndrop table users")) == 1
    assert len(breaking(BEFORE, "-- contractual\ndrop table users")) == 1


def test_a_renamed_table_is_followed() -> None:
    texts = (BEFORE, "-- contract\nalter table users rename to people", "drop table people")

    assert breaking(*texts) == [("drops table 'people'", "people")]


def test_a_table_made_by_a_block_may_have_been_there() -> None:
    block = "do $$ begin execute 'create table t (x int)'; end $$"

    assert breaking(block, "alter table t drop x") == [("drops column 'x' of 't'", "drop x")]


def test_a_break_shows_where_its_table_comes_from() -> None:
    end = migrated(
        [
            Script(path="m/0001_a.up.sql", text="\ncreate table users (id int);"),
            Script(path="m/0002_b.up.sql", text="drop table users;"),
        ]
    )

    (broken,) = end.breaking
    assert broken.created is not None
    assert (broken.created.path, broken.created.line) == ("m/0001_a.up.sql", 2)
