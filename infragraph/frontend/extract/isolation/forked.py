"""A child that is a copy of this process."""

import contextlib
import os
import select
import signal
import time
import warnings
from typing import NoReturn

from infragraph.frontend.extract.isolation.confinement import confined
from infragraph.frontend.extract.isolation.ending import SECONDS, Failure, Work, failure


def run(work: Work, content: bytes) -> bytes | Failure:
    """What the work returns, or how its process ended."""
    receiving, sending = os.pipe()
    try:
        child = _forked()
    except OSError:
        os.close(receiving)
        os.close(sending)
        raise
    if child == 0:
        _serve(work, content, sending)
    os.close(sending)
    is_ended = False
    try:
        result = _received(receiving, time.monotonic() + SECONDS)
        is_ended = True
    except TimeoutError:
        return "timeout"
    finally:
        os.close(receiving)
        stopped_by = _ended(child, is_ended=is_ended)
    return failure(stopped_by) if result is None else result


def _forked() -> int:
    with warnings.catch_warnings():
        # The child runs nothing but the work, so it cannot wait for a lock of another thread.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _serve(work: Work, content: bytes, sending: int) -> NoReturn:
    status = 1
    try:
        result = confined(work, content)
        if result is not None:
            _send(sending, result)
            status = 0
    finally:
        os._exit(status)


def _send(sending: int, result: bytes) -> None:
    left = memoryview(len(result).to_bytes(8, "big") + result)
    while left:
        left = left[os.write(sending, left) :]


def _received(receiving: int, deadline: float) -> bytes | None:
    """All that the child sent, or None if it ended before."""
    found = bytearray()
    # Not `select.select`, which refuses the descriptors of a process that has many open.
    arriving = select.poll()
    arriving.register(receiving, select.POLLIN)
    while True:
        seconds = deadline - time.monotonic()
        if seconds <= 0 or not arriving.poll(seconds * 1000):
            raise TimeoutError
        part = os.read(receiving, 1 << 20)
        if not part:
            break
        found += part
    length = int.from_bytes(found[:8], "big")
    return bytes(found[8:]) if len(found) == 8 + length and length else None


def _ended(child: int, *, is_ended: bool) -> int | None:
    """The signal that stopped the child, which is killed unless it has ended by itself."""
    if not is_ended:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    try:
        _, status = os.waitpid(child, 0)
    except ChildProcessError:
        # Whoever started us ignores SIGCHLD, and the system has buried the child.
        return None
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
