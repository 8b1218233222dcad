"""Work that may crash or hang, done in a forked child of its own.

The one module of the core that touches processes: libcst can take down the interpreter that runs
it, and no check of its input is certain to prevent that. Where there is no fork, the work is done
in this process.
"""

import os
import select
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable
from typing import Literal

Failure = Literal["crash", "timeout"]

_MEMORY = 2 * 1024**3
_SECONDS = 20
_STACK = 256 * 1024**2


def guarded(work: Callable[[], bytes]) -> bytes | Failure:
    """What `work` returns, or how its process ended."""
    if not hasattr(os, "fork"):
        return work()
    receiving, sending = os.pipe()
    with warnings.catch_warnings():
        # The child runs nothing but the work, so it cannot wait for a lock of another thread.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _serve(work, sending)
    os.close(sending)
    try:
        return _received(receiving, time.monotonic() + _SECONDS) or "crash"
    except TimeoutError:
        return "timeout"
    finally:
        os.close(receiving)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _serve(work: Callable[[], bytes], sending: int) -> None:
    status = 1
    try:
        _confine()
        # A thread has its own count of calls and here its own, large stack.
        threading.stack_size(_STACK)
        results: list[bytes] = []
        thread = threading.Thread(target=lambda: results.append(work()))
        thread.start()
        thread.join()
        for result in results:
            _send(sending, result)
            status = 0
    finally:
        os._exit(status)


def _confine() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    sys.stderr = None  # what the child says about its own death helps nobody
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def _send(sending: int, result: bytes) -> None:
    left = memoryview(len(result).to_bytes(8, "big") + result)
    while left:
        left = left[os.write(sending, left) :]


def _received(receiving: int, deadline: float) -> bytes | None:
    """All that the child sent, or None if it ended before."""
    found = bytearray()
    while True:
        seconds = deadline - time.monotonic()
        if seconds <= 0 or not select.select([receiving], [], [], seconds)[0]:
            raise TimeoutError
        part = os.read(receiving, 1 << 20)
        if not part:
            break
        found += part
    length = int.from_bytes(found[:8], "big")
    return bytes(found[8:]) if len(found) == 8 + length and length else None
