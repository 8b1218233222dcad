"""A generation is killed at 200 points, and runs out of space: nothing is torn, nothing is lost."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.workspace.aftermath import DURING, NEXT, faults, mended, prepare
from tests.workspace.interrupted import MARKER

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
POINTS = 200

_CALL = re.compile(r"^(?:\d+ +)?(\w+)\(")
_ASKING = {"newfstatat", "fstat", "stat", "lstat", "lseek", "ioctl", "read"}
_NEVER_RETURN = {"exit_group", "exit"}

_ENVIRONMENT = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


def command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "tests.workspace.interrupted", str(folder), str(DURING)]


def traced(*options: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["strace", "-qq", *options, *command(folder)],  # noqa: S607 - wherever it is
        cwd=ROOT,
        env=_ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def calls_of_the_generation(folder: Path, log: Path) -> list[tuple[str, int]]:
    """Each system call from the marker on: its name, and how many of the name came before."""
    done = traced("-o", str(log), folder=folder)
    assert done.returncode == 0, done.stderr
    counts: Counter[str] = Counter()
    found: list[tuple[str, int]] = []
    has_begun = False
    for line in log.read_text(errors="replace").splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        counts[match[1]] += 1
        has_begun = has_begun or MARKER in line
        if has_begun and match[1] not in _NEVER_RETURN:
            found.append((match[1], counts[match[1]]))
    return found


def spread(points: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Every call that may change something, and of those that ask as many as are wanted besides."""
    asking = [point for point in points if point[0] in _ASKING]
    changing = [point for point in points if point[0] not in _ASKING]
    wanted = POINTS - len(changing)
    step = (len(asking) - 1) / (wanted - 1)
    return [*changing, *(asking[round(number * step)] for number in range(wanted))]


def can_trace() -> bool:
    if shutil.which("strace") is None:
        return False
    done = subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], check=False)  # noqa: S607
    return done.returncode == 0


def test_a_generation_that_is_killed_at_any_call_leaves_every_file_whole(tmp_path: Path) -> None:
    if not can_trace():
        pytest.skip("strace is not there, or may not trace")
    prepare(tmp_path / "first")
    points = calls_of_the_generation(tmp_path / "first", tmp_path / "log")
    assert len(points) >= POINTS

    wrong: list[str] = []
    killed = 0
    chosen = spread(points)
    assert len({*chosen}) == POINTS
    for number, (call, count) in enumerate(chosen):
        folder = tmp_path / f"killed-{number}"
        prepare(folder)
        inject = f"inject={call}:signal=KILL:when={count}"
        done = traced("-o", os.devnull, "-e", f"trace={call}", "-e", inject, folder=folder)
        # Memory may be asked for once more or less, so that a last call may not come.
        killed += done.returncode in {-9, 137}
        wrong += [f"{call} {count}: {fault}" for fault in faults(folder)]
        version = DURING if number % 2 else NEXT
        wrong += [f"{call} {count}, then {version}: {it}" for it in mended(folder, version)]
        shutil.rmtree(folder)

    assert wrong == []
    assert killed >= POINTS * 0.95


def test_a_generation_without_space_leaves_every_file_whole(tmp_path: Path) -> None:
    script = [sys.executable, "-m", "tests.workspace.without_space", str(tmp_path)]
    namespace = ["unshare", "--user", "--map-root-user", "--mount"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*namespace, "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("there is no namespace in which a small file system could be mounted")

    done = subprocess.run(
        [*namespace, *script],
        cwd=ROOT,
        env=_ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "24 fillings, 24 without space, 0 faults"
