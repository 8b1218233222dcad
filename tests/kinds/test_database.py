import pytest

from infragraph.kinds.migrations import read_migrations
from infragraph.model.directory import DirectoryListing, TextFile
from tests.compiling import compiled
from tests.kinds.reading import findings_in

USERS = "create table users (id text primary key);\n"


def application(option: str = "", **migrations: str) -> dict[str, str]:
    """An application with one database and its migrations, by their number and name."""
    files = {
        f"shop/migrations/{name.removeprefix('_').replace('__', '.')}.sql": text
        for name, text in migrations.items()
    }
    source = f"""\
from infragraph import Service, SQLDatabase

shop = Service("shop")
db = SQLDatabase("users"{option})
"""
    return {"shop/__init__.py": source, **files}


def shown(files: dict[str, str]) -> dict[str, object]:
    graph, _ = compiled(files)
    (node,) = (node for node in graph.nodes if node.kind == "database")
    return dict(node.properties)


def test_a_database_shows_its_migrations_and_the_tables_after_them() -> None:
    files = application(
        ', shared_with=("shop",)',
        _0001_create_users__up=USERS,
        _0001_create_users__down="drop table users;\n",
        _0002_more__up="create table b (x int); create table s.a (x int);\n",
    )

    assert list(shown(files).items()) == [
        ("engine", "postgresql"),
        ("migrations", ("0001_create_users", "0002_more")),
        ("tables", ("b", "s.a", "users")),
        ("shared_with", ["shop"]),
    ]
    assert findings_in(files) == []


def test_tables_that_are_not_all_known_are_marked() -> None:
    files = application(_0001_create__up=USERS + "do $$ begin execute 'create table x()'; end $$;")

    properties = shown(files)

    assert (properties["tables"], properties["tables_complete"]) == (("users",), False)


def test_the_schema_of_another_tool_is_unknown() -> None:
    properties = shown(application(", migrations=None"))

    assert (properties["migrations"], properties["tables"]) == (None, None)
    assert "tables_complete" not in properties


@pytest.mark.parametrize(
    ("option", "marked"),
    [
        ("", ("IG2601", 'SQLDatabase("users")')),
        (', migrations="sql"', ("IG2601", '"sql"')),
        (', migrations="../../migrations"', ("IG2602", '"../../migrations"')),
        (', migrations="/migrations"', ("IG2602", '"/migrations"')),
        (", migrations=1", ("IG2002", "1")),
        (', migrations=None, shared_with=("shpo",)', ("IG2015", '"shpo"')),
        (', migrations=None, shared_with="shop"', ("IG2002", '"shop"')),
        (", migrations=folder", ("IG2001", "folder")),
    ],
)
def test_a_mistake_is_one_finding_at_its_place(option: str, marked: tuple[str, str]) -> None:
    assert findings_in(application(option)) == [marked]


@pytest.mark.parametrize("folder", ["migrations", "./migrations/", "../shop/migrations"])
def test_a_folder_is_found_from_the_declaring_file(folder: str) -> None:
    files = application(f', migrations="{folder}"', _0001_create__up=USERS)

    assert findings_in(files) == []
    assert shown(files)["tables"] == ("users",)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["0001_a.up.sql", "0002_b.up.sql", "0002_b.down.sql"], []),
        (["0001_a.up.sql", "0003_b.up.sql"], [("IG2605", "0003_b.up.sql")]),
        (["0002_a.up.sql", "0003_b.up.sql"], [("IG2605", "0002_a.up.sql")]),
        (
            ["0001_a.up.sql", "0003_b.up.sql", "0004_c.up.sql", "0009_d.up.sql"],
            [("IG2605", "0003_b.up.sql"), ("IG2605", "0009_d.up.sql")],
        ),
        (["0001_a.up.sql", "0001_b.up.sql"], [("IG2604", "0001_b.up.sql")]),
        (["0001_a.up.sql", "0001_b.down.sql"], [("IG2606", "0001_b.down.sql")]),
        (["0001_a.up.sql", "0002_b.down.sql"], [("IG2606", "0002_b.down.sql")]),
        (["0001_a.up.sql", "0002-b.up.sql", "0003_c.up.sql"], [("IG2603", "0002-b.up.sql")]),
        (["0001_a.up.sql", "2_b.up.sql"], [("IG2603", "2_b.up.sql")]),
        (["0001_a.sql"], [("IG2603", "0001_a.sql")]),
        (["0000_a.up.sql"], [("IG2603", "0000_a.up.sql")]),
        (["0001_A.up.sql"], [("IG2603", "0001_A.up.sql")]),
        (["create.up.sql"], [("IG2603", "create.up.sql")]),
        ([], []),
    ],
)
def test_names_put_migrations_in_order(names: list[str], found: list[tuple[str, str]]) -> None:
    files = tuple(TextFile(name=name, content=b"select 1;") for name in names)

    read = read_migrations(DirectoryListing(path="m", files=files, unreadable=()))

    assert [(it.code, it.span.path.removeprefix("m/")) for it in read.findings] == found


def test_a_gap_is_named_whole() -> None:
    names = ("0001_a.up.sql", "0002_b.up.sql", "0006_c.up.sql")
    files = tuple(TextFile(name=name, content=b"select 1;") for name in names)

    (finding,) = read_migrations(DirectoryListing(path="m", files=files, unreadable=())).findings

    assert finding.message == "there is no migration 0003 to 0005 before this one"


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"select 1;\n-- caf\xe9\n", 2, 7),
        (b"\xff\xfes\x00", 1, 1),
        (b"\xef\xbb\xbfselect 'caf\xe9';", 1, 12),
        (b"select '\x00';", 1, 9),
        ("select 1;\n\N{ZERO WIDTH NO-BREAK SPACE}select 2;".encode(), 2, 1),
    ],
)
def test_what_is_no_text_is_found_at_its_place(content: bytes, line: int, column: int) -> None:
    files = (TextFile(name="0001_a.up.sql", content=content),)

    read = read_migrations(DirectoryListing(path="m", files=files, unreadable=()))

    assert [(it.code, it.span.line, it.span.column) for it in read.findings] == [
        ("IG2607", line, column)
    ]
    assert not read.tables_are_complete


def test_a_file_that_cannot_be_read_keeps_its_number() -> None:
    files = tuple(
        TextFile(name=name, content=USERS.encode()) for name in ("0001_a.up.sql", "0003_c.up.sql")
    )
    listing = DirectoryListing(path="m", files=files, unreadable=("0002_b.up.sql",))

    read = read_migrations(listing)

    assert [(it.code, it.span.path) for it in read.findings] == [("IG2607", "m/0002_b.up.sql")]
    assert (read.tables, read.tables_are_complete) == (("users",), False)


def test_a_byte_order_mark_in_front_is_no_text() -> None:
    files = (TextFile(name="0001_a.up.sql", content=b"\xef\xbb\xbf" + USERS.encode()),)

    read = read_migrations(DirectoryListing(path="m", files=files, unreadable=()))

    assert (read.findings, read.tables) == ((), ("users",))


@pytest.mark.parametrize(
    ("migrations", "found"),
    [
        ({"_0001_a__up": "creat table a (x int);"}, [("IG2608", "creat")]),
        ({"_0001_a__up": USERS, "_0001_a__down": "drop tabel a;"}, [("IG2608", "tabel")]),
        ({"_0001_a__up": "-- nothing yet\n"}, [("IG2609", "")]),
        (
            {"_0001_a__up": USERS, "_0002_b__up": "drop table users;"},
            [("IG2610", "users")],
        ),
        ({"_0001_a__up": USERS, "_0001_a__down": "drop table users;"}, []),
        ({"_0001_a__up": USERS, "_0002_b__up": "-- contract\ndrop table users;"}, []),
    ],
)
def test_findings_stand_in_the_migration(
    migrations: dict[str, str], found: list[tuple[str, str]]
) -> None:
    assert findings_in(application(**migrations)) == found


def test_a_break_shows_both_places() -> None:
    files = application(_0001_a__up=USERS, _0002_b__up="alter table users drop column id;")

    (finding,) = (it for it in compiled(files)[1] if it.code == "IG2610")

    assert finding.message == (
        "this drops column 'id' of 'users', which the version of the application before this one "
        "may still use"
    )
    assert [(label.span.path, label.text) for label in finding.labels] == [
        ("shop/migrations/0001_a.up.sql", "the table is created here")
    ]


def test_two_databases_of_one_folder_show_its_findings_once() -> None:
    files = application(_0001_a__up="creat table a (x int);")
    files["shop/__init__.py"] += 'other = SQLDatabase("others")\n'

    assert findings_in(files) == [("IG2608", "creat")]


def test_a_database_of_a_library_needs_a_service() -> None:
    files = {
        "lib.py": 'from infragraph import SQLDatabase\n\ndb = SQLDatabase("a", migrations=None)\n'
    }

    assert findings_in(files) == [("IG2611", 'SQLDatabase("a", migrations=None)')]
