"""What can be wrong with a database's migrations."""

from collections.abc import Mapping

from infragraph.diagnostics.diagnostic import Severity
from infragraph.diagnostics.problem import Example, Problem

_FIRST = "create table users (id text primary key);\n"
_SECOND = "alter table users add column email text;\n"


_DECLARED = """\
from infragraph import Service, SQLDatabase

shop = Service("shop")
db = SQLDatabase("users"OPTION)


@shop.get("/users/{id}")
async def get_user(id: str) -> str:
    return str(await db.fetch_one("select id from users where id = $1", id))
"""


def _application(migrations: Mapping[str, str], option: str = "") -> dict[str, str]:
    files = {f"migrations/{name}": text for name, text in migrations.items()}
    return {"shop.py": _DECLARED.replace("OPTION", option), **files}


_GOOD = _application({"0001_create_users.up.sql": _FIRST, "0002_add_email.up.sql": _SECOND})

MIGRATIONS_NOT_FOUND = Problem(
    code="IG2601",
    slug="migrations-not-found",
    severity=Severity.ERROR,
    summary="the migrations of {subject} are to lie in {folder!r}, and there is no such folder",
    why="Without its migrations a database has no tables when the application starts.",
    help="create the folder, correct 'migrations', or write migrations=None where another tool "
    "owns the schema",
    example=Example(
        bad=_application({"0001_create_users.up.sql": _FIRST}, ', migrations=«"migration"»'),
        good=_application({"0001_create_users.up.sql": _FIRST}),
    ),
)

MIGRATIONS_OUTSIDE_ROOT = Problem(
    code="IG2602",
    slug="migrations-outside-root",
    severity=Severity.ERROR,
    summary="the migrations of {subject} are to lie in {folder!r}, outside of the application",
    why="What is read must not depend on files that are not part of the application.",
    help="move them below the application, and give the path relative to this file",
    example=Example(
        bad=_application(
            {"0001_create_users.up.sql": _FIRST}, ', migrations=«"../shared/migrations"»'
        ),
        good=_application({"0001_create_users.up.sql": _FIRST}),
    ),
)

MIGRATION_NAME_MALFORMED = Problem(
    code="IG2603",
    slug="migration-name-malformed",
    severity=Severity.ERROR,
    summary="{name!r} is not the name of a migration",
    why="Migrations are run in the order of their numbers, and a file without one is never run.",
    help="name it by four digits from 0001 on, what it does and its direction, such as "
    "'0001_create_users.up.sql'",
    example=Example(
        bad=_application({"0001_create_users.up.sql": _FIRST, "0002-email.sql": f"«»{_SECOND}"}),
        good=_GOOD,
    ),
)

MIGRATION_NUMBER_TWICE = Problem(
    code="IG2604",
    slug="migration-number-twice",
    severity=Severity.ERROR,
    summary="the number {number} is that of {other!r} too",
    why="Which of the two is run first would differ from one database to the next.",
    help="give one of the two a number of its own, after all others",
    example=Example(
        bad=_application({"0001_create_users.up.sql": _FIRST, "0001_email.up.sql": f"«»{_SECOND}"}),
        good=_GOOD,
    ),
)

MIGRATION_NUMBER_MISSING = Problem(
    code="IG2605",
    slug="migration-number-missing",
    severity=Severity.ERROR,
    summary="there is no migration {missing} before this one",
    why="A gap means a file that was lost or never committed, and that other databases have run.",
    help="add the migration that is missing, or renumber those after the gap",
    example=Example(
        bad=_application(
            {"0001_create_users.up.sql": _FIRST, "0003_add_email.up.sql": f"«»{_SECOND}"}
        ),
        good=_GOOD,
    ),
)

MIGRATION_DOWN_WITHOUT_UP = Problem(
    code="IG2606",
    slug="migration-down-without-up",
    severity=Severity.ERROR,
    summary="there is no {up!r} that this migration would take back",
    why="A migration is taken back by the file of its number and name, and this belongs to none.",
    help="name both files alike, or remove this one",
    example=Example(
        bad=_application(
            {
                "0001_create_users.up.sql": _FIRST,
                "0001_create_user.down.sql": "«»drop table users;\n",
            }
        ),
        good=_application(
            {
                "0001_create_users.up.sql": _FIRST,
                "0001_create_users.down.sql": "drop table users;\n",
            }
        ),
    ),
)

MIGRATION_NOT_READ = Problem(
    code="IG2607",
    slug="migration-not-read",
    severity=Severity.ERROR,
    summary="this migration cannot be read: {reason}",
    why="What it does to the tables is unknown, and the database would refuse it too.",
    help="save it as a regular file of text in UTF-8",
    example=Example(
        # A byte order mark between two files that were joined.
        bad=_application({"0001_create_users.up.sql": f"{_FIRST}«\N{ZERO WIDTH NO-BREAK SPACE}»"}),
        good=_application({"0001_create_users.up.sql": _FIRST}),
    ),
)

MIGRATION_SYNTAX = Problem(
    code="IG2608",
    slug="migration-syntax",
    severity=Severity.ERROR,
    summary="this SQL cannot be read: {reason}",
    why="The database would refuse it while the new version of the application is rolled out.",
    help="correct the statement; migrations are written in PostgreSQL's SQL",
    example=Example(
        bad=_application({"0001_create_users.up.sql": "«creat» table users (id text);\n"}),
        good=_GOOD,
    ),
)

MIGRATION_EMPTY = Problem(
    code="IG2609",
    slug="migration-empty",
    severity=Severity.WARNING,
    summary="this migration holds no statement",
    why="It counts as run, so what is written into it later never reaches the databases.",
    help="write its statements, or remove it",
    example=Example(
        bad=_application(
            {"0001_create_users.up.sql": _FIRST, "0002_add_email.up.sql": "«»-- later\n"}
        ),
        good=_GOOD,
    ),
)

MIGRATION_BREAKING = Problem(
    code="IG2610",
    slug="migration-breaking",
    severity=Severity.WARNING,
    summary="this {what}, which the version of the application before this one may still use",
    why="While a new version is rolled out, the one before it runs on the tables of the new one.",
    help="do it in a later release than the one that stops using it, with '-- contract' as the "
    "first line of its migration",
    example=Example(
        bad=_application(
            {
                "0001_create_users.up.sql": _FIRST,
                "0002_add_email.up.sql": "alter table users\n"
                "    «add column email text not null»;\n",
            }
        ),
        good=_application(
            {
                "0001_create_users.up.sql": _FIRST,
                "0002_add_email.up.sql": "alter table users\n"
                "    add column email text not null default '';\n",
                "0003_drop_email.up.sql": "-- contract\nalter table users drop column email;\n",
            }
        ),
    ),
)

MIGRATION_PROBLEMS = (
    MIGRATIONS_NOT_FOUND,
    MIGRATIONS_OUTSIDE_ROOT,
    MIGRATION_NAME_MALFORMED,
    MIGRATION_NUMBER_TWICE,
    MIGRATION_NUMBER_MISSING,
    MIGRATION_DOWN_WITHOUT_UP,
    MIGRATION_NOT_READ,
    MIGRATION_SYNTAX,
    MIGRATION_EMPTY,
    MIGRATION_BREAKING,
)
