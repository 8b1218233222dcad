"""What a child does, how long it may take, and how it can end without a result."""

import signal
from collections.abc import Callable
from typing import Literal, TypeAlias

Work: TypeAlias = Callable[[bytes], bytes]
Failure: TypeAlias = Literal["crash", "timeout"]

CPU_SECONDS = 20
"""A backstop: what is read at all is decided by counting, long before."""

WORKER_SECONDS = 120
"""The backstop of a worker: sixty times what the slowest file was seen to take."""

SECONDS = 120
"""A backstop to the backstop, for a child that waits; a loaded machine must not reach it."""

_CPU_EXCEEDED = getattr(signal, "SIGXCPU", None)


def failure(stopped_by: int | None) -> Failure:
    """How a child ended that was stopped by a signal, or by itself."""
    is_timeout = _CPU_EXCEEDED is not None and stopped_by == _CPU_EXCEEDED
    return "timeout" if is_timeout else "crash"
