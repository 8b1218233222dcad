"""How much longer the command takes to say something than Python takes to start.

Goals are ratios of interleaved runs on the same machine, since seconds differ from run to run.
"""

import subprocess
import sys
import sysconfig
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

COMMAND = str(Path(sysconfig.get_path("scripts")) / "infragraph")
EMPTY = (sys.executable, "-c", "pass")
GOALS: Mapping[tuple[str, ...], float] = {
    (COMMAND, "--version"): 3,
    (COMMAND, "--help"): 8,
}


def main() -> int:
    measured = ratios(tuple(GOALS), runs=21)
    for command, ratio in measured.items():
        shown = " ".join(("infragraph", *command[1:]))
        print(f"{shown:28} {ratio:5.1f} x an empty Python, goal {GOALS[command]:g}")
    return 0 if all(ratio <= GOALS[command] for command, ratio in measured.items()) else 1


def ratios(commands: Sequence[tuple[str, ...]], *, runs: int) -> Mapping[tuple[str, ...], float]:
    """Each command's median time as a multiple of an empty Python's."""
    times: dict[tuple[str, ...], list[float]] = {command: [] for command in (EMPTY, *commands)}
    for _ in range(runs):
        for command, taken in times.items():
            taken.append(_seconds(command))
    empty = median(times[EMPTY])
    return {command: median(times[command]) / empty for command in commands}


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
