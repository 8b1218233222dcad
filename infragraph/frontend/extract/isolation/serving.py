"""What a worker does: items come in, results go out, until the one who started it is gone."""

import contextlib
import gc
import os
import signal
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn, TypeAlias

from infragraph.frontend.extract.isolation.confinement import (
    limit_memory,
    limit_seconds,
    silence,
)
from infragraph.frontend.extract.isolation.ending import WORKER_SECONDS
from infragraph.frontend.extract.isolation.pipes import receive, send

Task: TypeAlias = Callable[[Any], Any]
"""A pure function of a plain value, giving a plain value: what `marshal` can write."""


def serve(tasks: Sequence[Task], incoming: int, outgoing: int, others: Iterable[int]) -> NoReturn:
    """Never returns, and runs nothing that this process would do at its end."""
    status = 1
    try:
        # A sibling must see the end of its pipe when the one who started it ends.
        for descriptor in others:
            os.close(descriptor)
        silence()
        # An interrupt ends a worker at once; what has to be said about it is said elsewhere.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        limit_memory()
        gc.disable()
        gc.freeze()
        with contextlib.suppress(EOFError, BrokenPipeError):
            while True:
                request: tuple[int, list[Any]] = receive(incoming)
                send(outgoing, _done(tasks[request[0]], request[1]))
                gc.collect()
        status = 0
    finally:
        os._exit(status)


def _done(task: Task, items: Sequence[Any]) -> tuple[list[Any], str]:
    """The results, and what a bug of ours says of itself, which is no fault of a file."""
    results: list[Any] = []
    try:
        # What is too much for many items is given to each of them when it has a worker of its own.
        limit_seconds(WORKER_SECONDS)
        results.extend(task(item) for item in items)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - raised anew by the one who waits for the results
        return [], traceback.format_exc()
    return results, ""
