"""One run at a time holds an application's state."""

import contextlib
import os
from collections.abc import Generator
from pathlib import Path

from infragraph.local.locks import lock, unlock


class HeldError(Exception):
    """Another run holds the application."""


@contextlib.contextmanager
def held(state: Path) -> Generator[None]:
    """A block in which no other run can start; a run that was killed holds nothing.

    Raises:
        HeldError: another run holds it.
    """
    state.mkdir(mode=0o700, exist_ok=True)
    ignore = state / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="ascii")
    descriptor = os.open(state / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not lock(descriptor):
            pid = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
            message = f"process {pid} runs this application already: end it, or use what it serves"
            raise HeldError(message)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
        unlock(descriptor)
    finally:
        os.close(descriptor)
