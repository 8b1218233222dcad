"""The commands of images: what targets write there is what is read here."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import yaml

from infragraph.local.postgres.server import Postgres
from infragraph.runtime.command import parser
from tests.runtime.applications import write
from tests.runtime.servers import postgres_server

GOLDEN = Path(__file__).parents[1] / "golden"

APPLICATION = {
    "stall/__init__.py": "",
    "stall/users/__init__.py": """
from infragraph import Service

users = Service("users")
""",
    "stall/users/api.py": """
import os

from infragraph import SQLDatabase

from stall.users import users

db = SQLDatabase("people")


@users.on_startup
async def connect() -> None:
    if "FAIL" in os.environ:
        raise ValueError("no such host")


@users.cron("count", every="1h")
async def count() -> None:
    rows = await db.fetch("select 1")
    print("counted", len(rows), flush=True)


@users.cron("break", every="1h")
def break_down() -> None:
    raise RuntimeError("worn out")


@users.cron("wait", every="1h")
async def wait() -> None:
    import asyncio

    print("waits", flush=True)
    await asyncio.sleep(60)
""",
    "stall/users/migrations/0001_create_people.up.sql": "create table people (name text);\n",
}


def commands_of(written: object) -> Iterator[list[str]]:
    """The command lines of containers, wherever they are in a document."""
    text = json.dumps(written)
    for found in re.finditer(r'"(?:Command|args)": (\[[^\]]*\])', text):
        words: list[str] = json.loads(found[1])
        if words[:1] != ["CMD"]:
            yield words


def test_every_command_of_a_template_of_aws_is_one() -> None:
    template = json.loads((GOLDEN / "shop" / "aws" / "template.json").read_text())
    found = list(commands_of(template))
    assert {words[0] for words in found} == {"serve", "db"}
    for words in found:
        parser().parse_args(words)


def test_every_command_of_a_resource_of_google_cloud_is_one() -> None:
    files = sorted((GOLDEN / "shop" / "gcp" / "krm").rglob("*.yaml"))
    documents: list[Any] = [
        document for file in files for document in yaml.safe_load_all(file.read_text())
    ]
    found = list(commands_of(documents))
    assert {words[0] for words in found} == {"serve", "db"}
    for words in found:
        parser().parse_args(words)


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    with postgres_server(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, APPLICATION)
    return tmp_path


@pytest.fixture
def environment(root: Path, postgres: Postgres) -> dict[str, str]:
    """As a task has it: the addresses that only a deployment knows are variables."""
    entry = {
        "host": {"env": "INFRAGRAPH_DATABASE_PEOPLE_HOST"},
        "port": postgres.port,
        "name": "people",
        "users": {"users": "svc_users"},
        "login": "password",
        "password": {"env": "INFRAGRAPH_DATABASE_PEOPLE_PASSWORD"},
    }
    written = {
        "schema_version": 1,
        "application": "stall",
        "environment": "test",
        "provider": "memory",
        "region": "local",
        "resources": {
            "database:people": entry,
            "service:users": {"url": "http://127.0.0.1:1", "audience": "service:users"},
            **{f"cron:{name}": {} for name in ("count", "break", "wait")},
        },
    }
    (root / "runtime.json").write_text(json.dumps(written))
    login = {"username": postgres.user, "password": postgres.password}
    return {
        **{name: it for name, it in os.environ.items() if not name.startswith("INFRAGRAPH_")},
        "INFRAGRAPH_DATABASE_PEOPLE_HOST": postgres.host,
        "INFRAGRAPH_DATABASE_PEOPLE_PASSWORD": "a password",
        "INFRAGRAPH_DATABASE_ADMINISTRATOR": json.dumps(login),
    }


def start(root: Path, environment: Mapping[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "infragraph", *words],
        cwd=root,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(root: Path, environment: Mapping[str, str], *words: str) -> tuple[int, str, str]:
    process = start(root, environment, *words, "--config", "runtime.json")
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


async def test_databases_are_bootstrapped_and_migrated_and_a_cron_uses_them(
    root: Path, environment: dict[str, str], postgres: Postgres
) -> None:
    made = "people: role svc_users\npeople: database people\n"
    assert run(root, environment, "db", "bootstrap") == (0, made, "")
    assert run(root, environment, "db", "bootstrap") == (0, "people: all is there\n", "")
    del environment["INFRAGRAPH_DATABASE_ADMINISTRATOR"]
    migrated = "people: 0001_create_people.up.sql\n"
    assert run(root, environment, "db", "migrate", "--service", "users") == (0, migrated, "")
    assert run(root, environment, "db", "migrate", "--database", "people") == (0, "", "")
    assert run(root, environment, "cron", "count")[:2] == (0, "counted 1\n")
    connection = await asyncpg.connect(postgres.url("people"))
    owner = "select tableowner from pg_tables where tablename = 'people'"
    assert await connection.fetchval(owner) == "svc_users"
    await connection.close()


@dataclass(frozen=True, kw_only=True)
class Refused:
    words: tuple[str, ...]
    variables: Mapping[str, str] = field(default_factory=dict[str, str])
    code: int
    said: str


REFUSED = (
    Refused(
        words=("cron", "cuont"),
        code=2,
        said="infragraph cron: there is no cron 'cuont': the graph has break, count, wait\n",
    ),
    Refused(
        words=("db", "bootstrap"),
        variables={"INFRAGRAPH_DATABASE_ADMINISTRATOR": "hunter2"},
        code=2,
        said="infragraph db bootstrap: the login that INFRAGRAPH_DATABASE_ADMINISTRATOR names is "
        "no JSON with username and password\n",
    ),
    Refused(
        words=("db", "migrate"),
        variables={"INFRAGRAPH_DATABASE_PEOPLE_PASSWORD": "another"},
        code=1,
        said="infragraph db migrate: database 'people' on 127.0.0.1 as 'svc_users': "
        'password authentication failed for user "svc_users"\n',
    ),
    Refused(
        words=("serve", "--service", "users", "--port", "0"),
        variables={"FAIL": "1"},
        code=1,
        said="infragraph serve: startup hook stall.users.api.connect of service 'users': "
        "ValueError: no such host at stall/users/api.py:14\n",
    ),
    Refused(
        words=("serve", "--service", "user", "--port", "0"),
        code=2,
        said="infragraph serve: there is no service 'user': the graph has users\n",
    ),
)


@pytest.mark.parametrize("refused", REFUSED, ids=lambda it: " ".join(it.words))
def test_what_keeps_a_command_from_running_is_one_line(
    root: Path, environment: dict[str, str], refused: Refused
) -> None:
    answer = run(root, {**environment, **refused.variables}, *refused.words)
    assert answer == (refused.code, "", refused.said)


def test_a_module_that_does_not_import_is_named(root: Path, environment: dict[str, str]) -> None:
    api = root / "stall" / "users" / "api.py"
    api.write_text("import stripes\n" + api.read_text())
    words = ("serve", "--service", "users", "--port", "0")
    said = (
        "infragraph serve: module stall.users.api does not import: "
        "ModuleNotFoundError: No module named 'stripes' at stall/users/api.py:1\n"
    )
    assert run(root, environment, *words) == (1, "", said)
    _, _, err = run(root, {**environment, "INFRAGRAPH_DEBUG": "1"}, *words)
    assert "Traceback" in err
    assert err.endswith(said)


def test_a_cron_that_fails_says_so_and_is_told_by_the_exit_code(
    root: Path, environment: dict[str, str]
) -> None:
    code, _, err = run(root, environment, "cron", "break")
    assert code == 1
    assert re.search(r"cron:break: failed.*RuntimeError: worn out", err, re.DOTALL)


def test_a_cron_that_is_told_to_end_is_interrupted(root: Path, environment: dict[str, str]) -> None:
    process = start(root, environment, "cron", "wait", "--config", "runtime.json")
    assert process.stdout is not None
    assert process.stdout.readline() == "waits\n"
    process.terminate()
    _, err = process.communicate(timeout=20)
    assert (process.returncode, "cron:wait: interrupted" in err) == (1, True)
