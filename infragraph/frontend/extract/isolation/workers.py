"""Processes that share out work, of which each may die without more than one item being lost.

A worker is a copy of this process. Where one dies, the items that it had are given out again one by
one, so that an item is at fault only if its worker dies with nothing else in hand.
"""

import contextlib
import os
import select
import signal
import sys
import warnings
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeAlias

from infragraph.frontend.extract.isolation.ending import Failure, failure
from infragraph.frontend.extract.isolation.pipes import receive, send
from infragraph.frontend.extract.isolation.serving import Task, serve


class WorkerError(Exception):
    """A task raised what it should not; the message is the worker's own account of it."""


@dataclass(frozen=True, slots=True)
class Lost:
    """In place of a result: how the worker ended that had this item alone."""

    ending: Failure


Arrived: TypeAlias = Callable[[int, Any], None]
"""Called with the number of an item and its result, in whatever order they come."""


@dataclass(slots=True)
class _Worker:
    process: int
    outgoing: int
    incoming: int
    number: int = 0
    items: tuple[int, ...] = ()


def usable_cores() -> int:
    """How many processors this process may run on."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    return hasattr(os, "fork")


class Workers:
    """At most `most` processes, started when there is work for them and ended together."""

    __slots__ = ("_most", "_tasks", "_workers")

    def __init__(self, tasks: Sequence[Task], most: int) -> None:
        self._tasks = tasks
        self._most = most
        self._workers: dict[int, _Worker] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in tuple(self._workers.values()):
            self._end(worker, must_stop=True)

    def run(self, task: Task, items: Sequence[Any], arrived: Arrived, *, batch: int) -> None:
        """Do a task of those known for each item, so many at a time."""
        number = self._tasks.index(task)
        waiting = deque(
            tuple(range(start, min(start + batch, len(items))))
            for start in range(0, len(items), batch)
        )
        busy: dict[int, _Worker] = {}
        try:
            while waiting or busy:
                self._give_out(number, items, waiting, busy)
                for worker in _ready(busy):
                    del busy[worker.incoming]
                    self._take(worker, waiting, arrived)
        except BaseException:
            # What the busy ones are about is not known any more.
            for worker in busy.values():
                self._end(worker, must_stop=True)
            raise

    def _give_out(
        self,
        number: int,
        items: Sequence[Any],
        waiting: deque[tuple[int, ...]],
        busy: dict[int, _Worker],
    ) -> None:
        idle = [worker for worker in self._workers.values() if worker.incoming not in busy]
        while waiting:
            if idle:
                worker = idle.pop()
            elif len(self._workers) < self._most:
                try:
                    worker = self._started()
                except OSError:
                    if not self._workers:
                        raise
                    # The system gives no more: those that there are do the work.
                    self._most = len(self._workers)
                    return
            else:
                return
            worker.items = waiting.popleft()
            busy[worker.incoming] = worker
            try:
                send(worker.outgoing, (number, [items[item] for item in worker.items]))
            except BrokenPipeError:
                # It has died, which shows when its answer is waited for.
                continue

    def _take(self, worker: _Worker, waiting: deque[tuple[int, ...]], arrived: Arrived) -> None:
        try:
            results, bug = receive(worker.incoming)
        except EOFError:
            ending = failure(self._end(worker, must_stop=False))
            if len(worker.items) == 1:
                arrived(worker.items[0], Lost(ending))
            else:
                waiting.extendleft((item,) for item in reversed(worker.items))
            return
        if bug:
            raise WorkerError(bug)
        for item, result in zip(worker.items, results, strict=True):
            arrived(item, result)

    def _started(self) -> _Worker:
        theirs, outgoing = os.pipe()
        incoming, answers = os.pipe()
        ours = [outgoing, incoming]
        for worker in self._workers.values():
            ours += (worker.outgoing, worker.incoming)
        with warnings.catch_warnings():
            # The child runs nothing but its tasks, so it cannot wait for a lock of another thread.
            warnings.simplefilter("ignore", DeprecationWarning)
            try:
                process = os.fork()
            except OSError:
                for descriptor in (theirs, outgoing, incoming, answers):
                    os.close(descriptor)
                raise
        if process == 0:
            serve(self._tasks, theirs, answers, ours)
        os.close(theirs)
        os.close(answers)
        worker = _Worker(process, outgoing, incoming)
        self._workers[process] = worker
        return worker

    def _end(self, worker: _Worker, *, must_stop: bool) -> int | None:
        """The signal that stopped a worker, if one did."""
        if self._workers.pop(worker.process, None) is None:
            return None
        os.close(worker.outgoing)
        os.close(worker.incoming)
        if must_stop:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker.process, signal.SIGKILL)
        try:
            _, status = os.waitpid(worker.process, 0)
        except ChildProcessError:
            # Whoever started us ignores SIGCHLD, and the system has buried the child.
            return None
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else None


def _ready(busy: dict[int, _Worker]) -> list[_Worker]:
    """The workers whose answers have begun to come, or that have ended."""
    # Not `select.select`, which refuses the descriptors of a process that has many open.
    arriving = select.poll()
    for descriptor in busy:
        arriving.register(descriptor, select.POLLIN)
    return [busy[descriptor] for descriptor, _ in arriving.poll()]
