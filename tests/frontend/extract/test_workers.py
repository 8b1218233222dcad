"""Work shared out among processes that may die."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infragraph.frontend.extract.isolation.ending import Failure
from infragraph.frontend.extract.isolation.workers import Lost, WorkerError, Workers

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be copied")


def square(number: int) -> int:
    return number * number


def fragile(number: int) -> int:
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def exhausting(number: int) -> int:
    if number == 13:
        os.kill(os.getpid(), signal.SIGXCPU)
    return number


def greedy(number: int) -> int:
    if number == 13:
        raise MemoryError
    return number


def mistaken(number: int) -> int:
    return [1][number]


def hungry(gigabytes: int) -> int:
    return len(bytearray(gigabytes << 30)) >> 30


def writing(path: str) -> str:
    try:
        Path(path).write_text("text")
    except OSError as error:
        return error.__class__.__name__
    return "written"


def dying_once(path: str) -> str:
    """Dies where it is the first to come."""
    try:
        Path(path).rmdir()
    except FileNotFoundError:
        return "late"
    os.kill(os.getpid(), signal.SIGKILL)
    return "early"


def shared(task: Callable[[Any], Any], items: list[Any], most: int, batch: int = 4) -> list[Any]:
    results: dict[int, Any] = {}
    with Workers((square, task), most) as workers:
        workers.run(task, items, results.__setitem__, batch=batch)
    return [results[number] for number in range(len(items))]


@pytest.mark.parametrize("most", [1, 2, 5])
def test_results_are_the_same_for_any_number_of_workers(most: int) -> None:
    assert shared(square, list(range(50)), most) == [number * number for number in range(50)]


@pytest.mark.parametrize("most", [1, 2, 5])
@pytest.mark.parametrize(
    ("task", "ending"), [(fragile, "crash"), (exhausting, "timeout"), (greedy, "crash")]
)
def test_a_worker_that_dies_costs_exactly_the_item_at_fault(
    task: Callable[[int], int], ending: Failure, most: int
) -> None:
    expected: list[object] = list(range(50))
    expected[13] = Lost(ending)

    assert shared(task, list(range(50)), most) == expected


def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()

    assert shared(dying_once, [str(tmp_path / "first")] * 8, 2) == ["late"] * 8


def test_a_bug_in_a_task_is_no_fault_of_its_item() -> None:
    with pytest.raises(WorkerError, match="IndexError"):
        shared(mistaken, [0, 1], 2)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_a_worker_has_little_memory() -> None:
    assert shared(hungry, [1, 4], 1) == [1, Lost("crash")]


def test_a_worker_writes_no_file(tmp_path: Path) -> None:
    # A signal would tell of it too, and Python does not let that one stop a process.
    assert shared(writing, [str(tmp_path / "new")], 1) == ["OSError"]


def test_workers_are_there_for_more_than_one_task() -> None:
    results: dict[int, int] = {}
    with Workers((square, fragile), 2) as workers:
        workers.run(square, [1, 2, 3], results.__setitem__, batch=1)
        assert results == {0: 1, 1: 4, 2: 9}
        workers.run(fragile, [1, 2, 3], results.__setitem__, batch=1)
    assert results == {0: 1, 1: 2, 2: 3}


_STARTING = """
import sys, time
from infragraph.frontend.extract.isolation.workers import Workers

def whole(item):
    import os
    return os.getpid()

print("begun")
with Workers((whole,), 2) as workers:
    found = {}
    workers.run(whole, [1, 2, 3, 4], found.__setitem__, batch=1)
    print(*sorted(set(found.values())))
    ENDING
"""


def started(ending: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _STARTING.replace("ENDING", ending)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_what_was_printed_is_printed_once() -> None:
    with started("pass") as process:
        out, err = process.communicate(timeout=60)

    assert (process.returncode, err, out.count("begun")) == (0, "", 1)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_the_process_that_started_them(how: signal.Signals) -> None:
    with started("sys.stdout.flush(); time.sleep(60)") as process:
        assert process.stdout is not None
        process.stdout.readline()
        workers = [int(word) for word in process.stdout.readline().split()]
        assert workers
        process.send_signal(how)
        process.wait(timeout=60)

    deadline = time.monotonic() + 20
    while any(is_alive(worker) for worker in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    """A process that has ended and that nobody has waited for is not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
