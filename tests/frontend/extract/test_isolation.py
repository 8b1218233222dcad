"""Children that fail in every way; works stand at the top, where a spawned child finds them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from infragraph.frontend.extract.isolation import Failure, Work, forked, spawned
from infragraph.frontend.extract.isolation.ending import failure

RUNS = [pytest.param(forked.run, id="forked"), pytest.param(spawned.run, id="spawned")]
Run = Callable[[Work, bytes], bytes | Failure]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


def backwards(content: bytes) -> bytes:
    return content[::-1]


def large(content: bytes) -> bytes:
    return content * 10_000


def noisy(content: bytes) -> bytes:
    print(content)  # noqa: T201 - what must not reach the result
    os.write(1, content)
    os.write(2, content)
    return content


def raising(_content: bytes) -> bytes:
    raise ValueError


def exiting(_content: bytes) -> bytes:
    os._exit(0)


def crashing(_content: bytes) -> bytes:
    ctypes.string_at(0)
    return b"unreachable"


def killed(_content: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b"unreachable"


def greedy(_content: bytes) -> bytes:
    return bytes(3 * 1024**3)[:1]


def writing(content: bytes) -> bytes:
    Path(os.fsdecode(content)).write_bytes(b"written")
    return b"wrote"


def deep(_content: bytes) -> bytes:
    sys.setrecursionlimit(100_000)

    def down(level: int) -> int:
        return level if level == 0 else down(level - 1)

    return str(down(20_000)).encode()


def endless(_content: bytes) -> bytes:
    while True:
        pass


@pytest.mark.parametrize("run", RUNS)
def test_what_the_work_makes_comes_back(run: Run) -> None:
    assert run(backwards, b"abc\0\xff") == b"\xff\0cba"
    assert run(large, b"x" * 1_000) == b"x" * 10_000_000
    assert run(deep, b"") == b"0"


@pytest.mark.parametrize("run", RUNS)
def test_what_the_work_says_is_no_part_of_it(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(noisy, b"loud") == b"loud"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("work", [raising, exiting, crashing, killed, greedy])
def test_a_child_that_ends_otherwise_has_crashed(run: Run, work: Work) -> None:
    assert run(work, b"") == "crash"


@pytest.mark.parametrize("run", RUNS)
def test_the_work_writes_no_file(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "written"

    assert run(writing, os.fsencode(target)) == "crash"
    assert not target.exists() or target.stat().st_size == 0


@pytest.mark.slow
@pytest.mark.parametrize("run", RUNS)
def test_work_without_end_is_ended_by_the_time_it_computes(run: Run) -> None:
    begun = time.monotonic()

    assert run(endless, b"") == "timeout"
    assert time.monotonic() - begun < 110


def test_no_child_and_no_descriptor_is_left() -> None:
    before = _descriptors(), _children()

    for work in (backwards, raising, killed):
        forked.run(work, b"abc")

    assert (_descriptors(), _children()) == before


def test_children_that_nobody_waits_for_are_no_failure() -> None:
    """As where whoever started the command ignores SIGCHLD."""
    handler = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert forked.run(backwards, b"abc") == b"cba"
        assert forked.run(raising, b"abc") == "crash"
    finally:
        signal.signal(signal.SIGCHLD, handler)


def test_a_process_with_many_open_files_can_start_a_child() -> None:
    held = [os.dup(0) for _ in range(1_100)] if _may_open(2_000) else []
    try:
        assert forked.run(backwards, b"abc") == b"cba"
    finally:
        for descriptor in held:
            os.close(descriptor)


def test_only_one_signal_means_that_time_ran_out() -> None:
    assert failure(signal.SIGXCPU) == "timeout"
    assert failure(signal.SIGSEGV) == "crash"
    assert failure(None) == "crash"


def test_a_spawned_child_imports_nothing_from_where_it_is_started(tmp_path: Path) -> None:
    """The current folder may be the analyzed one."""
    (tmp_path / "marshal.py").write_text("raise SystemExit('imported')\n")
    (tmp_path / "libcst.py").write_text("raise SystemExit('imported')\n")
    program = (
        "from infragraph.frontend.extract.isolation import spawned\n"
        "from infragraph.frontend.extract.newer.reading import read\n"
        "from infragraph.frontend.extract.wire import decode\n"
        "print(decode(spawned.run(read, b'type X = int'))[0])\n"
    )

    ended = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.stdout, ended.stderr) == ("read\n", "")


def _descriptors() -> list[str]:
    listing = Path("/proc/self/fd")
    return sorted(one.name for one in listing.iterdir()) if listing.is_dir() else []


def _children() -> list[str]:
    """Those of this process: other tests of it may keep a browser."""
    found: list[str] = []
    for listing in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended
            parent = listing.read_text().rpartition(")")[2].split()[1]
            found += [listing.parent.name] if parent == str(os.getpid()) else []
    return sorted(found)


def _may_open(count: int) -> bool:
    import resource  # noqa: PLC0415 - not on every system

    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= count
