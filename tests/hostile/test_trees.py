"""Hostile trees, read by the command itself under an audit hook."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.analyzing import Analyzed, analyzed, environment
from tests.hostile.trees import CANARY, TREES, Tree, grow_good

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="made of what Windows has not")

NODES = ["service:shop", "subscription:orders/ship", "topic:orders"]


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "root"
    made.mkdir()
    grow_good(made)
    yield made
    # Python's own removal recurses, and pytest's, later, would stumble over what is left.
    for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
        subprocess.run([*command, str(made)], capture_output=True, check=False)


QUICK = ("a pipe", "a link to a device", "a link to a folder outside", "bombs", "strange names")
CASES = [
    pytest.param(tree, id=name, marks=[] if name in QUICK else [pytest.mark.slow])
    for name, tree in TREES.items()
]


@pytest.mark.parametrize("tree", CASES)
def test_a_hostile_tree_is_read_without_leaving_it(root: Path, tree: Tree) -> None:
    tree.grow(root)

    run = analyzed(root)

    assert run.told == []
    assert run.code in {0, 1}, run.errors
    assert nodes(run) >= set(NODES)
    assert findings(run) == dict(tree.findings)
    assert not (root / CANARY).exists()


def test_a_second_run_is_no_less_careful(root: Path) -> None:
    TREES["bombs"].grow(root)
    TREES["a pipe"].grow(root)
    first = analyzed(root)
    (root / "shop/models.py").unlink()
    os.mkfifo(root / "shop/models.py")

    second = analyzed(root)

    assert first.told == second.told == []
    assert findings(second)["shop/models.py"] == findings(second)["fifo.py"] == "file-not-read"


@pytest.mark.slow
def test_files_that_change_during_the_run_end_in_a_result(root: Path) -> None:
    folder = root / "restless"
    folder.mkdir()
    ending = threading.Event()

    def change() -> None:
        number = 0
        while not ending.is_set():
            number += 1
            path = folder / f"m{number % 200}.py"
            _change(path, number)
            time.sleep(0.0002)

    changing = threading.Thread(target=change)
    changing.start()
    try:
        runs = [analyzed(root) for _ in range(4)]
    finally:
        ending.set()
        changing.join()

    assert [run.told for run in runs] == [[]] * 4
    assert [run.code in {0, 1} for run in runs] == [True] * 4
    assert [nodes(run) >= set(NODES) for run in runs] == [True] * 4


def _change(path: Path, number: int) -> None:
    """One of what may happen to a file; whatever is there before gives way."""
    if path.is_symlink() or path.exists():
        path.unlink()
    match number % 5:
        case 0:
            path.write_bytes(b"x = 1\n" * (number % 5_000))
        case 1:
            path.symlink_to("../../outside.py")
        case 2:
            os.mkfifo(path)
        case 3:
            path.write_bytes(b"x = (\n")
            os.truncate(path, 3)
        case _:
            return


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here")
def test_the_system_sees_no_file_opened_outside_the_tree(root: Path) -> None:
    for name in ("a link to a folder outside", "a pipe", "bombs", "files that are not Python"):
        TREES[name].grow(root)
    log = root.parent / "log"
    calls = "trace=open,openat,execve,connect"
    tracing = ["strace", "-f", "-qq", "-y", "-e", calls, "-o", str(log)]
    command = [sys.executable, "-P", "-m", "infragraph", "analyze", str(root), "--format", "json"]
    ended = subprocess.run(
        [*tracing, *command],
        cwd=root.parent,
        env=environment(root.parent / "cache"),
        capture_output=True,
        timeout=120,
        check=False,
    )
    if ended.returncode not in {0, 1}:
        pytest.skip("strace may not trace here")

    lines = log.read_text(errors="replace").splitlines()
    outside = root.parent / "outside"
    assert [line for line in lines if str(outside) in line or "../outside" in line] == []
    assert [line for line in lines if "connect(" in line] == []
    assert sum("execve(" in line for line in lines) == 1
    written = [line for line in lines if "O_WRONLY" in line or "O_RDWR" in line]
    assert [line for line in written if str(root) in line] == []


def nodes(run: Analyzed) -> set[str]:
    return {node["id"] for node in run.report["nodes"]}


def findings(run: Analyzed) -> dict[str, str]:
    """What was not read, by path; paths that are too long to be told apart are one."""
    return {
        found["location"]["path"] if len(found["location"]["path"]) < 4_000 else "": found["slug"]
        for found in run.report["diagnostics"]
        if found["code"].startswith("IG1")
    }
