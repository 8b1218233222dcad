"""How long whoever waits is still willing to: it shrinks on its way through services."""

import asyncio
from datetime import datetime, timedelta
from types import TracebackType

from infragraph.runtime.clock import Clock
from infragraph.runtime.context import RUNNING
from infragraph.sdk.errors import DeadlineExceeded


def patience(timeout: float | None, left_ms: str | None) -> float | None:
    """How many seconds an endpoint's caller waits, by its own timeout and by what is left."""
    if left_ms is None or not left_ms.isdecimal():
        return timeout
    left = int(left_ms) / 1000
    return left if timeout is None else min(timeout, left)


def until(clock: Clock, seconds: float | None) -> datetime | None:
    """When that is over."""
    return None if seconds is None else clock.now() + timedelta(seconds=seconds)


def remaining(clock: Clock) -> float | None:
    """How many seconds are left to whatever runs here, None for any."""
    running = RUNNING.get()
    if running is None or running.deadline is None:
        return None
    return max((running.deadline - clock.now()).total_seconds(), 0.0)


class Limit:
    """A block that the task at work is cancelled in after some seconds, as by `asyncio.timeout`.

    A request each makes one, so it is one timer and nothing else.

    Raises:
        DeadlineExceeded: at its end, where the block was cancelled for this and no other reason.
    """

    __slots__ = ("_before", "_handle", "_is_over", "_node", "_seconds", "_task")

    def __init__(self, node: str, seconds: float) -> None:
        task = asyncio.current_task()
        assert task is not None, "a handler runs within a task"
        self._node = node
        self._seconds = seconds
        self._task = task
        self._before = task.cancelling()
        self._is_over = False
        self._handle = asyncio.get_running_loop().call_later(seconds, self._end)

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._handle.cancel()
        if not self._is_over or self._task.uncancel() > self._before:
            return
        if isinstance(error, asyncio.CancelledError):
            message = f"{self._node} took longer than {self._seconds:g} s"
            raise DeadlineExceeded(message) from error

    def _end(self) -> None:
        self._is_over = True
        self._task.cancel()
