"""The memory of a command with all its workers, sampled while it runs, in a run of its own.

What several processes share is counted once: each has its proportional share of it.
"""

import subprocess
import time
from pathlib import Path

from benchmarks.measure.processes import Command, Failure

_INTERVAL = 0.01


def peak_of_all(command: Command, *, within: Path, timeout: float) -> int | Failure:
    """In bytes; a peak that is shorter than the interval between two samples is missed."""
    if not Path("/proc/self/smaps_rollup").exists():
        return Failure(reason="this system does not tell proportional shares")
    peak = 0
    with subprocess.Popen(
        command.words, cwd=within, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        deadline = time.monotonic() + timeout
        while process.poll() is None:
            if time.monotonic() > deadline:
                process.kill()
                return Failure(reason=f"not finished within {timeout:g} s")
            peak = max(peak, sum(map(_share, _family(process.pid))))
            time.sleep(_INTERVAL)
    if process.returncode not in command.accepted:
        return Failure(reason=f"exit status {process.returncode}")
    return peak


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        try:
            for thread in Path(f"/proc/{one}/task").iterdir():
                children = (thread / "children").read_text("ascii")
                found.extend(map(int, children.split()))
        except OSError:
            continue  # It ended while it was looked at.
    return found


def _share(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
