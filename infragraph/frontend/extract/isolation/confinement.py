"""What a child takes away from itself before it works, and the stack that it works on."""

import faulthandler
import os
import sys
import threading

from infragraph.frontend.extract.isolation.ending import CPU_SECONDS, Work

_MEMORY = 2 * 1024**3
_STACK = 256 * 1024**2


def confined(work: Work, content: bytes) -> bytes | None:
    """What the work returns within limits of memory and time, or None if it raises."""
    silence()
    limit_memory()
    limit_seconds(CPU_SECONDS)
    # A thread has its own count of calls and here its own, large stack.
    threading.stack_size(_STACK)
    results: list[bytes] = []
    thread = threading.Thread(target=lambda: results.append(work(content)))
    thread.start()
    thread.join()
    return results[0] if results else None


def silence() -> None:
    """What the child says, and be it about its own death, helps nobody."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    faulthandler.disable()
    sys.stdout = sys.stderr = None


if sys.platform == "win32":

    def limit_memory() -> None:
        """There is no such limit."""

    def limit_seconds(seconds: int) -> None:
        """There is no such limit."""
        del seconds

else:
    import resource

    def limit_memory() -> None:
        """Little more memory than now, and no files."""
        _lower(resource.RLIMIT_AS, _memory_in_use() + _MEMORY)
        _lower(resource.RLIMIT_CORE, 0)
        _lower(resource.RLIMIT_FSIZE, 0)

    def limit_seconds(seconds: int) -> None:
        """So many seconds of CPU from now on."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)

    def _lower(limit: int, most: int) -> None:
        _, hard = resource.getrlimit(limit)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        try:
            resource.setrlimit(limit, (most, hard))
        except (OSError, ValueError):
            # macOS knows RLIMIT_AS by name alone.
            return

    def _memory_in_use() -> int:
        """What the process that was forked had, which is not the work's."""
        try:
            with open("/proc/self/statm", encoding="ascii") as found:  # noqa: PTH123 - no pathlib
                return int(found.read().split()[0]) * resource.getpagesize()
        except OSError:
            return 0
