"""Databases: what is read of one, and what can be wrong with it."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.kinds.arguments import Arguments, bind
from infragraph.kinds.kind import Declared, Kind, Surroundings
from infragraph.kinds.migration_problems import (
    MIGRATION_PROBLEMS,
    MIGRATIONS_NOT_FOUND,
    MIGRATIONS_OUTSIDE_ROOT,
)
from infragraph.kinds.migrations import Migrations, read_migrations
from infragraph.kinds.naming import subject
from infragraph.kinds.owner import service_of
from infragraph.kinds.service_names import ServiceName, service_names, unknown_services
from infragraph.model.declaration import Declaration
from infragraph.model.graph import Property
from infragraph.model.resource import Resource
from infragraph.sdk import database as sdk


@dataclass(frozen=True, slots=True, kw_only=True)
class Database(Resource):
    """A PostgreSQL database; `migrations` is None where they are not known, or another tool's."""

    migrations: Migrations | None
    shared_with: tuple[ServiceName, ...] | None


def _application(option: str) -> Mapping[str, str]:
    return {
        "shop/__init__.py": "",
        "shop/storage.py": f"""\
from infragraph import SQLDatabase

db = {option}
""",
        "shop/users.py": """\
from infragraph import Service

from shop.storage import db

users = Service("users")


@users.get("/users/{id}")
async def get_user(id: str) -> str:
    row = await db.fetch_one("select id from users where id = $1", id)
    return str(row)
""",
    }


DATABASE_OF_NOBODY = Problem(
    code="IG2611",
    slug="database-of-nobody",
    severity=Severity.ERROR,
    summary="{subject} is declared in a module that no service owns, and is shared with none",
    why="Nobody would run its migrations, and no service may use it.",
    help="name the services that may use it in 'shared_with', the one that migrates it first, or "
    "declare it in a service's module",
    example=Example(
        bad=_application('«SQLDatabase("users", migrations=None)»'),
        good=_application('SQLDatabase("users", migrations=None, shared_with=("users",))'),
    ),
)


def declare(declaration: Declaration, surroundings: Surroundings) -> Declared:
    arguments = bind(declaration, sdk.SQLDatabase)
    name = arguments.name()
    migrations = _migrations(declaration, arguments, surroundings)
    shared_with = arguments.read("shared_with", service_names)
    service = service_of(declaration, surroundings)
    if service is None and shared_with == ():
        arguments.findings.append(
            DATABASE_OF_NOBODY.at(declaration.call, subject=arguments.subject)
        )
    diagnostics = (
        *arguments.findings,
        *(() if migrations is None else migrations.findings),
    )
    if name is None:
        return Declared(resource=None, diagnostics=diagnostics)
    database = Database(
        id=f"database:{name}",
        key=declaration.key,
        kind="database",
        name=name,
        service=service,
        span=declaration.span,
        name_span=arguments.span("name"),
        module=declaration.module,
        symbol=declaration.symbol,
        doc=declaration.doc,
        migrations=migrations,
        shared_with=shared_with,
    )
    return Declared(resource=database, diagnostics=diagnostics)


def properties(database: Database, _surroundings: Surroundings) -> Mapping[str, Property]:
    """`tables_complete` is there, and false, only where the tables are not all known."""
    migrations, shared_with = database.migrations, database.shared_with
    shown: dict[str, Property] = {
        "engine": "postgresql",
        "migrations": None if migrations is None else migrations.names,
        "tables": None if migrations is None else migrations.tables,
        "shared_with": None if shared_with is None else [named.name for named in shared_with],
    }
    if migrations is not None and not migrations.tables_are_complete:
        shown["tables_complete"] = False
    return shown


def check(databases: Sequence[Database], every: Mapping[str, Resource]) -> Iterator[Diagnostic]:
    """Services that a database is shared with, and that do not exist."""
    for database in databases:
        yield from unknown_services(
            database.shared_with or (),
            subject=subject("database", database.name),
            option="shared_with",
            every=every,
        )


def _migrations(
    declaration: Declaration, arguments: Arguments, surroundings: Surroundings
) -> Migrations | None:
    written = arguments.text("migrations")
    if written is None:
        return None
    folder = posixpath.normpath(posixpath.join(posixpath.dirname(declaration.call.path), written))
    span, called = arguments.span("migrations"), arguments.subject
    if folder.startswith(("/", "../")) or folder == "..":
        arguments.findings.append(MIGRATIONS_OUTSIDE_ROOT.at(span, subject=called, folder=written))
        return None
    listing = surroundings.migrations("" if folder == "." else folder)
    if listing is None:
        arguments.findings.append(MIGRATIONS_NOT_FOUND.at(span, subject=called, folder=folder))
        return None
    return read_migrations(listing)


KIND = Kind(
    name="database",
    declare=declare,
    properties=properties,
    check=check,
    problems=(*MIGRATION_PROBLEMS, DATABASE_OF_NOBODY),
)
