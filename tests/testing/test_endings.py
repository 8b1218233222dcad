"""What is left of a suite that is ended from outside: nothing that the next one meets."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.testing.suites import processes_over, run, suite

SUITE = """
import asyncio
from pathlib import Path
from bakery.orders.api import db

async def test_waits(infra):
    await db.fetch("select 1")
    Path("waiting").touch()
    await asyncio.sleep(100)

async def test_counts(infra):
    found = "select count(*) as found from pg_database where datname like 'clone_%'"
    row = await db.fetch_one(found)
    assert row["found"] <= 2
"""


def until(happens: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "number"),
    [
        (("-m", "pytest"), signal.SIGKILL),
        (("-m", "infragraph", "test", "."), signal.SIGTERM),
        (("-m", "infragraph", "test", "."), signal.SIGKILL),
    ],
)
def test_a_suite_that_is_ended_leaves_no_process_and_no_database(
    tmp_path: Path, command: tuple[str, ...], number: signal.Signals
) -> None:
    root = suite(tmp_path, SUITE)
    separator = ("--",) if "infragraph" in command else ()
    with (tmp_path / "output").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command, *separator, "-k", "waits"],
            cwd=root,
            stdout=output,
            stderr=output,
            env={**os.environ, "PYTHONSAFEPATH": "1"},
        )
    try:
        until(lambda: (root / "waiting").exists() or process.poll() is not None)
        assert process.poll() is None, (tmp_path / "output").read_text()
    finally:
        process.send_signal(number)
        process.wait(60)

    until(lambda: processes_over(root) == [])
    outcome = run(root, "-k", "counts")
    assert outcome.failures == {}
    assert outcome.code == 0
