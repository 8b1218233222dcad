"""A run that ends while it writes leaves nothing that a later one would believe."""

import os
import signal
import subprocess
import sys
import time
from random import Random

import pytest

from tests.cli.command import PLAIN
from tests.incremental.kept import Kept

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the runs are forked"),
    pytest.mark.slow,
]

KILLED = """
import os, signal, stat
written, left = os.write, {bytes}
def write_some(descriptor, content):
    global left
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        return written(descriptor, content)
    size = min(left, len(content))
    left -= written(descriptor, bytes(content[:size]))
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return size
os.write = write_some
"""
FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes}, {bytes}))
"""
AMOUNTS = (1, 10, 30, 100, 1_000, 10_000)


@pytest.mark.parametrize("amount", AMOUNTS)
def test_a_run_that_is_killed_while_it_writes_leaves_no_wrong_answer(
    kept: Kept, amount: int
) -> None:
    kept.edit()
    killed = kept.run(KILLED.format(bytes=amount))
    assert killed.code == -signal.SIGKILL

    first, second = kept.run(), kept.run()

    assert first == second == kept.cold() != kept.expected
    assert kept.is_known()


@pytest.mark.parametrize("amount", AMOUNTS)
def test_a_full_disk_is_no_reason_to_fail(kept: Kept, amount: int) -> None:
    kept.edit()

    full = kept.run(FULL.format(bytes=amount))

    assert full == kept.cold() != kept.expected
    assert kept.run() == full
    assert kept.is_known()


def test_a_run_that_is_killed_at_any_moment_leaves_no_wrong_answer(kept: Kept) -> None:
    """Most moments are not those of writing, which the tests above choose."""
    choice = Random(1)  # noqa: S311 - the same every time, on purpose
    killed = 0
    for _ in range(12):
        kept.edit()
        expected = kept.cold()
        began = subprocess.Popen(
            [sys.executable, "-m", "infragraph", "analyze", "--format", "json"],
            cwd=kept.root,
            env={**PLAIN, "INFRAGRAPH_CACHE_DIR": str(kept.cache)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(choice.uniform(0.1, 0.9))
        if began.poll() is None:
            os.killpg(began.pid, signal.SIGKILL)
        killed += began.wait() < 0

        assert kept.run() == expected

    assert killed > 2
