"""Child processes that end with their parent, whatever ends it."""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1
"""prctl(2): the signal that a process gets when its parent dies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A running process, the first of a group of its own."""

    name: str
    process: asyncio.subprocess.Process

    @property
    def is_running(self) -> bool:
        return self.process.returncode is None

    async def stop(self, grace: float, first: signal.Signals = signal.SIGTERM) -> int:
        """End it, and whatever it started: by `first`, and by SIGKILL after `grace` seconds."""
        if self.is_running:
            _signal(self.process.pid, first, to_group=False)
            try:
                async with asyncio.timeout(grace):
                    await self.process.wait()
            except TimeoutError:
                pass
        _signal(self.process.pid, signal.SIGKILL, to_group=True)
        return await self.process.wait()


async def start(  # noqa: PLR0913 - what a process is given
    name: str,
    command: Sequence[str],
    *,
    folder: Path | None = None,
    variables: Mapping[str, str] | None = None,
    output: int | None = None,
    kept: Sequence[int] = (),
    at_parents_end: signal.Signals = signal.SIGKILL,
) -> Child:
    """Start a process; `output` is where its standard output and error go, None to ours.

    `kept` are descriptors that it has as well; `at_parents_end` is what it gets if we are killed.

    Raises:
        OSError: the program cannot be started.
    """
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env=None if variables is None else dict(variables),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=output,
        stderr=asyncio.subprocess.STDOUT if output is not None else None,
        start_new_session=True,
        pass_fds=kept,
        preexec_fn=dies_with_parent(os.getpid(), at_parents_end),
    )
    return Child(name=name, process=process)


def dies_with_parent(parent: int, by: signal.Signals = signal.SIGKILL) -> Callable[[], None] | None:
    """What a child runs before its program, so that it is ended, `by` a signal, when `parent` dies.

    Linux alone has it; elsewhere a guardian that watches a pipe does the same, a little later.
    """
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, by, 0, 0, 0)
        # The parent may have died before the question was asked.
        if os.getppid() != parent:
            os._exit(1)

    return ask


def _signal(pid: int, number: signal.Signals, *, to_group: bool) -> None:
    try:
        if to_group:
            os.killpg(pid, number)
        else:
            os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        # It ended by itself; a group of which nothing is left is no group.
        return
