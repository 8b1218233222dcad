"""A folder that one run at a time writes to."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(folder: Path) -> Generator[None]:
    """The folder, which is made, for this run alone; the lock ends with the process at the latest.

    Where the system has no such locks, as on Windows, two runs at a time may take each other's
    files for edits by hand.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 - Windows lacks it

    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            reason = "another run generates into it"
            raise BlockingIOError(error.errno, reason, str(folder)) from None
        yield
    finally:
        os.close(descriptor)
