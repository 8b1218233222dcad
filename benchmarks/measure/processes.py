"""One run of a command: its wall and processor time, its peak memory, what it wrote."""

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_LAUNCHER = Path(__file__).with_name("launcher.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """`peak` is that of the largest process, in bytes; `digest` is of the standard output."""

    wall: float
    processor: float
    peak: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`accepted` are the exit statuses of a run that did its work."""

    words: tuple[str, ...]
    accepted: frozenset[int] = frozenset({0})


def run(command: Command, *, within: Path, output: Path, timeout: float) -> Run | Failure:
    """Runs it in the folder `within`; the standard output is left in `output`."""
    errors = output.with_suffix(".errors")
    launched = _launched((str(output), str(errors), *command.words), within, timeout)
    if launched is None:
        return Failure(reason=f"not finished within {timeout:g} s")
    wall, processor, peak, status = launched.split()
    if int(status) not in command.accepted:
        return Failure(reason=f"exit status {status}: {_last_line(errors)}")
    return Run(
        wall=float(wall),
        processor=float(processor),
        peak=int(peak),
        digest=hashlib.sha256(output.read_bytes()).hexdigest(),
    )


def _launched(words: Sequence[str], within: Path, timeout: float) -> str | None:
    launcher = (sys.executable, "-S", "-E", str(_LAUNCHER), *words)
    # A session of its own, so that a command that takes too long ends with all its workers.
    with subprocess.Popen(
        launcher, cwd=within, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            return process.communicate(timeout=timeout)[0]
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            return None


def _last_line(file: Path) -> str:
    lines = file.read_text("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else "nothing was said"
