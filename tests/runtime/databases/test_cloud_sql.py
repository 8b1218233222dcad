"""Databases of Cloud SQL: by an account's certificate, as the generated configuration says.

Commands run in processes of their own, each with a metadata server; PostgreSQL is a real one, and
before it stands what asks for certificates as Cloud SQL does.
"""

import json
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from infragraph.local.postgres.server import Postgres
from infragraph.runtime.databases.cloud_sql import API
from tests.runtime.applications import write
from tests.runtime.databases.fake_cloud_sql import Instance, cloud_sql
from tests.runtime.google import Issuer, metadata_server
from tests.runtime.processes import generated, google, others

pytestmark = pytest.mark.slow

ISSUER = Issuer()

FILES = {
    "infragraph.yaml": """
application: depot
environments:
  live:
    target: gcp
    region: europe-west4
    project: shop-1234
    project_number: "123456789012"
    class: small
""",
    "depot/__init__.py": "",
    "depot/users.py": """
from infragraph import Service, SQLDatabase

users = Service("users")
db = SQLDatabase("people", migrations="migrations")


@users.cron("count", every="1h")
async def count() -> None:
    await db.execute("insert into users (name) values (current_user)")
    row = await db.fetch_one("select count(*) as them, min(name) as who from users")
    print(dict(row or {}), flush=True)
""",
    "depot/migrations/0001_users.up.sql": "create table users (name text not null)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """The environment; `accounts` are the e-mail addresses, `variables` those of a process."""

    root: Path
    accounts: Mapping[str, str]
    variables: Mapping[str, Mapping[str, str]]

    def run(
        self, account: str, *words: str, config: str = "live.json", **more: str
    ) -> tuple[int, str]:
        done = subprocess.run(
            (sys.executable, "-m", "infragraph", *words, "--config", config),
            cwd=self.root,
            env={**others(), **self.variables[account], **more},
            capture_output=True,
            check=False,
            text=True,
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def live(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Generator[Live]:
    root = tmp_path_factory.mktemp("depot")
    write(root, FILES)
    configuration = generated(root, "live")
    (root / "live.json").write_text(json.dumps(configuration))
    entry = configuration["resources"]["database:people"]
    project, region, name = entry["instance"].split(":")
    accounts = {
        "users": configuration["resources"]["service:users"]["account"],
        "database": _administrator(root),
    }
    with ExitStack() as stack:
        api = stack.enter_context(
            cloud_sql(Instance(project=project, region=region, name=name), postgres, root)
        )
        variables = {
            account: {
                **google(stack.enter_context(metadata_server(ISSUER, email))),
                API: api,
            }
            for account, email in {**accounts, "stranger": "x@y.iam.gserviceaccount.com"}.items()
        }
        yield Live(root=root, accounts=accounts, variables=variables)


async def test_accounts_make_migrate_and_use_a_database(live: Live, postgres: Postgres) -> None:
    await _as_cloud_sql_has_them(live, postgres)
    variable = "INFRAGRAPH_DATABASE_ADMINISTRATOR"
    login = json.dumps({"username": _role(live, "database")})

    for _ in range(2):
        code, said = live.run("database", "db", "bootstrap", **{variable: login})
        assert (code, said) == (0, "people: all is there\n")
    code, said = live.run("database", "db", "bootstrap", **{variable: '{"username": "x"}'})
    assert code != 0
    assert "Cloud SQL" in said or "closed" in said
    migrated = live.run("users", "db", "migrate", "--service", "users")
    assert migrated == (0, "people: 0001_users.up.sql\n")
    code, said = live.run("users", "cron", "count")
    assert code == 0, said
    assert str({"them": 1, "who": _role(live, "users")}) in said

    # An account that has no such role is not let in by its certificate.
    code, said = live.run("stranger", "db", "migrate", "--service", "users")
    assert code != 0
    assert "database 'people'" in said
    assert "Traceback" not in said


def test_an_instance_that_is_not_there_is_told_by_its_name(live: Live) -> None:
    other = json.loads((live.root / "live.json").read_text())
    other["resources"]["database:people"]["instance"] = "shop-1234:europe-west4:gone"
    (live.root / "gone.json").write_text(json.dumps(other))

    code, said = live.run("users", "db", "migrate", "--service", "users", config="gone.json")

    assert code != 0
    assert "Cloud SQL's shop-1234:europe-west4:gone cannot be reached" in said
    assert "Traceback" not in said


async def _as_cloud_sql_has_them(live: Live, postgres: Postgres) -> None:
    """Databases and users of IAM are made by its API, and its door alone lets users in.

    That cloudsqlsuperuser may act for all of them is how it is understood, and was not tried.
    """
    connection = await asyncpg.connect(postgres.url("postgres"))
    await connection.execute("create role cloudsqlsuperuser createdb createrole")
    await connection.execute(f'create role "{_role(live, "users")}" login')
    await connection.execute(
        f'grant "{_role(live, "users")}" to cloudsqlsuperuser with admin option'
    )
    await connection.execute(
        f'create role "{_role(live, "database")}" login in role cloudsqlsuperuser'
    )
    await connection.execute("create database people owner cloudsqlsuperuser")
    _trust(live, Path(await connection.fetchval("show hba_file")))
    await connection.execute("select pg_reload_conf()")
    await connection.close()


def _trust(live: Live, file: Path) -> None:
    lines = [f'host all "{_role(live, it)}" 127.0.0.1/32 trust' for it in ("users", "database")]
    file.write_text("\n".join([*lines, file.read_text()]))


def _role(live: Live, name: str) -> str:
    return live.accounts[name].removesuffix(".gserviceaccount.com")


def _administrator(root: Path) -> str:
    """As the generated job says."""
    script = (root / "out" / "apply.sh").read_text()
    (line,) = {it.strip() for it in script.splitlines() if '\\"username\\"' in it}
    value: Any = json.loads(json.loads(line.removeprefix("value: ")))
    return f"{value['username']}.gserviceaccount.com"
