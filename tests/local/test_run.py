"""The whole application on one machine, with a real broker and a real PostgreSQL."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import asyncpg
import httpx
import pytest

from tests.local.runs import FIXTURES, LocalRun, commands_in, local_run, processes_in, until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc"),
]

SECRETS = "SESSION_KEY=a\nLINK_KEY=b\nSMTP_PASSWORD=c\nCARD_WEBHOOK_KEY='d'\n"
KEEPER = """
from infragraph import Secret, Service

keeper = Service("keeper")
key = Secret("KEY")


@keeper.get("/key", access="public")
async def tell() -> str:
    return key.get()
"""
PERSON = {"email": "a@example.com", "country": "NL"}


def sign_up(run: LocalRun) -> httpx.Response:
    return httpx.post(f"{run.url}/signup", json=PERSON)


def products(run: LocalRun, language: str) -> tuple[int, object]:
    page = httpx.get(f"{run.url}/products", headers={"accept-language": language})
    return page.status_code, page.json()


def ask(run: LocalRun, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "infragraph", *words, str(run.root)]
    return subprocess.run(command, capture_output=True, check=False, text=True)


async def rows(run: LocalRun, database: str, sql: str) -> list[object]:
    """What a query gives, on the run's own PostgreSQL."""
    written = json.loads((run.root / ".infragraph" / "runtime.json").read_text())
    entry = written["resources"][f"database:{database}"]
    connection = await asyncpg.connect(
        host=entry["host"],
        port=entry["port"],
        user=entry["users"][next(iter(entry["users"]))],
        password=entry["password"],
        database=entry["name"],
    )
    try:
        return [tuple(row.values()) for row in await connection.fetch(sql)]
    finally:
        await connection.close()


async def test_the_shop_serves_publishes_and_handles(tmp_path: Path) -> None:
    with local_run(FIXTURES / "shop", tmp_path, secrets=SECRETS) as run:
        answer = sign_up(run)
        assert answer.status_code == 200, run.lines
        assert await rows(run, "accounts", "select email, country from accounts") == [
            ("a@example.com", "NL")
        ]
        # `signups` leaves by the outbox and is handled in the service `emails`, in another process.
        until(lambda: "subscription:signups/send-welcome-email" in run.lines)
        assert await rows(run, "accounts", "select topic from infragraph.outbox") == [
            ("topic:verification-reminders",)
        ]
        assert sign_up(run).json()["error"] == "AlreadyExists"
        for language in ("en", "sv-SE"):
            assert products(run, language) == (200, {"items": [], "next_offset": None})
        # The warehouse has its tables, though Alembic owns them elsewhere.
        assert await rows(run, "reports", "select * from activities where false") == []
        assert ask(run, "trigger", "cron", "expire-unpaid").returncode == 0
        assert "did you mean 'expire-unpaid'?" in ask(run, "trigger", "cron", "expire").stderr
        connection = await asyncpg.connect(ask(run, "db", "url", "accounts").stdout.strip())
        assert await connection.fetchval("select count(*) from accounts") == 1
        await connection.close()
        assert ask(run, "db", "reset", "accounts", "--yes").returncode == 0
        assert sign_up(run).status_code == 200
        assert run.end(signal.SIGINT) == 0
    assert processes_in(run.root) == []


async def test_what_is_kept_is_there_in_the_next_run(tmp_path: Path) -> None:
    for status in (200, 409):
        with local_run(FIXTURES / "shop", tmp_path, secrets=SECRETS) as run:
            assert sign_up(run).status_code == status
            # Nothing of a run outlives it, however it ends, and the next one can start at once.
            assert run.end(signal.SIGKILL) == -signal.SIGKILL
        until(partial(ended, run), 10)


def ended(run: LocalRun) -> bool:
    return not processes_in(run.root)


def test_a_second_run_is_told_who_holds_the_application(tmp_path: Path) -> None:
    with local_run(FIXTURES / "minimal", tmp_path) as run:
        second = ask(run, "run", "--port", "0")
        assert second.returncode == 1
        assert f"process {run.process.pid} runs this application already" in second.stderr


def test_a_save_replaces_a_service_and_an_error_is_only_shown(tmp_path: Path) -> None:
    with local_run(FIXTURES / "minimal", tmp_path) as run:
        api = run.root / "greeter" / "api.py"
        source = api.read_text()
        assert httpx.post(f"{run.url}/hello/ann").json() == "Hello, ann!"
        api.write_text(source.replace("Hello", "Good day"))
        until(lambda: "reloaded greeter" in run.news)
        assert httpx.post(f"{run.url}/hello/ann").json() == "Good day, ann!"
        api.write_text(source.replace('"write-down"', '"Write Down"'))
        until(lambda: "goes on serving" in run.news)
        assert "Write Down" in run.news
        assert httpx.post(f"{run.url}/hello/ann").json() == "Good day, ann!"
        api.write_text(source.replace("/hello/", "/hi/"))
        until(lambda: run.news.count("reloaded greeter") == 2)
        assert httpx.post(f"{run.url}/hi/ann").json() == "Hello, ann!"
        assert httpx.post(f"{run.url}/hello/ann").status_code == 404


def test_one_process_runs_all_with_a_broker_in_memory(tmp_path: Path) -> None:
    options = ("--broker", "memory", "--single-process", "--no-reload")
    with local_run(FIXTURES / "minimal", tmp_path, *options) as run:
        assert httpx.post(f"{run.url}/hello/ann").json() == "Hello, ann!"
        until(lambda: "greeted ann" in run.lines)


def test_a_service_that_dies_is_told_of_and_started_again(tmp_path: Path) -> None:
    with local_run(FIXTURES / "minimal", tmp_path) as run:
        (served,) = (pid for pid, words in commands_in(run.root).items() if " serve " in words)
        os.kill(served, signal.SIGKILL)
        # Nobody is refused meanwhile: the socket is the run's own.
        assert httpx.post(f"{run.url}/hello/ann", timeout=30).json() == "Hello, ann!"
        assert "service 'greeter' was ended by SIGKILL; it is started again" in run.news
        assert run.end(signal.SIGTERM) == 0
    assert processes_in(run.root) == []


def test_a_taken_port_is_told_before_anything_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        root = shutil.copytree(FIXTURES / "minimal", tmp_path / "minimal")
        command = [sys.executable, "-m", "infragraph", "run", str(root), "--port", "0"]
        command += ["--dashboard-port", str(port)]
        done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"port {port} is taken by another program: choose one by --dashboard-port, "
        "or a free one by '--dashboard-port 0'\n"
    )


def test_a_folder_without_a_service_is_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "infragraph", "run", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 1
    assert f"no service was found in '{tmp_path}'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_secret_that_is_written_reaches_the_services(tmp_path: Path) -> None:
    root = tmp_path / "keeper"
    root.mkdir()
    (root / "keeper.py").write_text(KEEPER)
    with local_run(root, tmp_path) as run:
        assert "secrets without a value, to be written into .env.infragraph:\n  KEY=" in run.news
        assert httpx.get(f"{run.url}/key").status_code == 500
        (run.root / ".env.infragraph").write_text("KEY=first-value\n")
        until(lambda: "reloaded keeper" in run.news)
        assert httpx.get(f"{run.url}/key").json() == "first-value"
        (run.root / ".env.infragraph").write_text("KEY is no secret\n")
        until(lambda: "line 1 of .env.infragraph is no NAME=value" in run.news)
        assert httpx.get(f"{run.url}/key").json() == "first-value"
        # A line that only moves what is declared is no reason to arrange anything anew.
        api = root / "keeper.py"
        api.write_text("# moved\n" + api.read_text().replace("key.get()", "key.get().upper()"))
        (run.root / ".env.infragraph").write_text("KEY=other-value\n")
        until(lambda: httpx.get(f"{run.url}/key").json() == "OTHER-VALUE")


def test_a_database_is_begun_anew_after_a_migration_that_failed(tmp_path: Path) -> None:
    root = shutil.copytree(FIXTURES / "shop", tmp_path / "shop")
    migrations = root / "shop" / "accounts" / "migrations"
    (migrations / "0003_more.up.sql").write_text("create table more (id int references nosuch);")
    command = [sys.executable, "-m", "infragraph", "run", str(root)]
    command += ["--port", "0", "--dashboard-port", "0"]
    failed = subprocess.run(command, capture_output=True, check=False, text=True)
    assert failed.returncode == 1
    assert 'relation "nosuch" does not exist' in failed.stdout
    assert "'infragraph db reset NAME' begins one anew" in failed.stderr

    # In a folder below the application's, and while nothing of it runs.
    reset = [sys.executable, "-m", "infragraph", "db", "reset", "accounts", "--yes"]
    done = subprocess.run(reset, capture_output=True, check=False, text=True, cwd=migrations)
    assert (done.returncode, done.stderr) == (
        0,
        "database 'accounts' is gone: the next run makes it, and migrates it\n",
    )
    assert processes_in(root) == []

    (migrations / "0003_more.up.sql").unlink()
    with local_run(root, tmp_path, secrets=SECRETS) as run:
        assert run.lines.count("accounts: 0001_create_accounts.up.sql") == 1


@pytest.mark.parametrize(
    ("step", "number", "code"),
    [
        ("starting PostgreSQL", signal.SIGINT, 0),
        ("starting PostgreSQL", signal.SIGKILL, -signal.SIGKILL),
        ("starting 7 services", signal.SIGTERM, 0),
    ],
)
def test_what_is_ended_while_it_starts_leaves_nothing_behind(
    step: str, number: signal.Signals, code: int, tmp_path: Path
) -> None:
    root = shutil.copytree(FIXTURES / "shop", tmp_path / "shop")
    command = [sys.executable, "-m", "infragraph", "run", str(root)]
    command += ["--port", "0", "--dashboard-port", "0"]
    news = tmp_path / "told"
    with news.open("wb") as told:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told)
    until(lambda: step in news.read_text())
    # Some way into it.
    until(lambda: len(processes_in(root)) > 2)

    process.send_signal(number)

    assert process.wait(20) == code
    until(lambda: not processes_in(root), 10)
    assert ("ended before it was up" in news.read_text()) == (code == 0)
    # Whatever was half made is made anew.
    with local_run(root, tmp_path, secrets=SECRETS) as run:
        assert sign_up(run).status_code == 200
