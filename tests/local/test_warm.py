"""Processes that wait, and what they serve once they are told."""

import asyncio
import json
import os
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from infragraph.local import warm
from infragraph.local.waiting import descriptors_in, words_with
from infragraph.local.warm import Warm
from infragraph.runtime.server import bound
from tests.local.runs import commands_in, until
from tests.runtime.applications import write

APPLICATION = {
    "stall/__init__.py": "",
    "stall/users.py": """
import os

from infragraph import Service

users = Service("users")


@users.get("/colour", access="public")
async def colour() -> list[str]:
    return [os.environ["COLOUR"], os.getcwd()]
""",
}
CONFIGURATION = {
    "schema_version": 1,
    "application": "stall",
    "environment": "test",
    "provider": "memory",
    "region": "local",
    "resources": {"service:users": {"url": "http://127.0.0.1:9", "audience": "service:users"}},
}
WORDS = ["serve", "--service", "users", "--config", "runtime.json"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, APPLICATION)
    (tmp_path / "runtime.json").write_text(json.dumps(CONFIGURATION))
    return tmp_path


def variables(colour: str) -> Mapping[str, str]:
    return {**os.environ, "COLOUR": colour}


def waiting(root: Path) -> list[int]:
    return sorted(pid for pid, words in commands_in(root).items() if "local.waiting" in words)


async def are_waiting(root: Path) -> list[int]:
    await asyncio.to_thread(until, lambda: len(waiting(root)) == 2)
    return waiting(root)


async def started(starting: Warm, root: Path, colour: str) -> tuple[int, object]:
    """The process, and what it answers; it is ended."""
    ready, told = os.pipe()
    with bound("127.0.0.1", 0) as listening:
        listening.listen()
        kept = (listening.fileno(), told)
        words = [*WORDS, "--fd", str(kept[0]), "--ready-fd", str(kept[1])]
        child = await starting.start(
            "users", words, folder=root, variables=variables(colour), kept=kept
        )
        os.close(told)
        files = await asyncio.to_thread(_read, ready)
        assert str(root / "stall/users.py") in files
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/colour"
        async with httpx.AsyncClient() as client:
            answer = (await client.get(url)).json()
        await child.stop(5)
        return child.process.pid, answer


def _read(descriptor: int) -> list[str]:
    with os.fdopen(descriptor) as ready:
        return ready.read().split("\n")


@pytest.mark.slow
async def test_a_process_that_waits_serves_as_another_does(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm, "_QUIET_SECONDS", 0)
    starting = Warm()
    try:
        cold = await started(starting, root, "red")
        waited = await are_waiting(root)
        hot = await started(starting, root, "red")
        assert cold[1] == hot[1] == ["red", str(root)]
        assert cold[0] not in waited
        assert hot[0] in waited

        # What has other variables is of no use to it.
        waited = await are_waiting(root)
        other = await started(starting, root, "blue")
        assert other[1] == ["blue", str(root)]
        assert other[0] not in waited
    finally:
        await starting.stop()
    assert commands_in(root) == {}


@pytest.mark.slow
async def test_what_keeps_a_process_that_waited_from_starting_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm, "_QUIET_SECONDS", 0)
    (root / "runtime.json").unlink()
    starting = Warm()
    try:
        said: list[tuple[int, bytes]] = []
        for _ in range(2):
            child = await starting.start(
                "users", WORDS, folder=root, variables=variables("red"), kept=()
            )
            assert child.process.stdout is not None
            text = await child.process.stdout.read()
            said.append((await child.process.wait(), text))
            await are_waiting(root)
        assert said[0] == said[1]
        assert said[0][0] == 2
        assert said[0][1].startswith(b"infragraph serve: ")
    finally:
        await starting.stop()


def test_descriptors_are_named_as_they_are_on_the_other_side() -> None:
    words = ["serve", "--fd", "7", "--grace", "7", "--ready-fd", "12"]
    assert descriptors_in(words) == [7, 12]
    assert words_with(words, [3, 4]) == ["serve", "--fd", "3", "--grace", "7", "--ready-fd", "4"]
