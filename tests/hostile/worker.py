"""A child that goes through files one by one, and is replaced when one of them takes it down."""

import os
import resource
import selectors
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Literal, NamedTuple

from tests.hostile.outcomes import Outcome, alone, outcome
from tests.hostile.samples import sample

SECONDS = 100
"""A hang: five times what the limits of CPU time allow."""

Broken = Literal["crash", "hang", "exception"]


class Ended(NamedTuple):
    """What became of the file of a number, and the peak memory of the child's processes so far."""

    number: int
    outcome: Outcome | Broken
    detail: str = ""
    kilobytes: int = 0


def run(seed: int, numbers: Sequence[int]) -> Iterator[Ended]:
    """The outcome of every number, in order."""
    left = list(numbers)
    while left:
        for ended in _until_broken(seed, left):
            yield ended
            left.remove(ended.number)


def _until_broken(seed: int, numbers: Iterable[int]) -> Iterator[Ended]:
    waiting = list(numbers)
    alone()
    receiving, sending = Pipe(duplex=False)
    child = os.fork()
    if child == 0:
        receiving.close()
        _work(seed, waiting, sending)
    sending.close()
    try:
        while waiting:
            ended = _received(receiving, waiting[0])
            yield ended
            waiting.pop(0)
            if isinstance(ended.outcome, str) and ended.outcome != "exception":
                break
    finally:
        receiving.close()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _received(receiving: Connection, number: int) -> Ended:
    with selectors.DefaultSelector() as selector:
        selector.register(receiving, selectors.EVENT_READ)
        if not selector.select(SECONDS):
            return Ended(number, "hang")
    try:
        ended: Ended = receiving.recv()
    except EOFError:
        return Ended(number, "crash")
    return ended


def _work(seed: int, numbers: Iterable[int], sending: Connection) -> None:
    try:
        for number in numbers:
            sending.send(_ended(seed, number))
    finally:
        os._exit(0)


def _ended(seed: int, number: int) -> Ended:
    content = sample(seed, number)
    try:
        found: Outcome | Broken = outcome(content)
        detail = ""
    except Exception as error:  # noqa: BLE001 - any is what the run is looking for
        found, detail = "exception", f"{type(error).__name__}: {error}"
    kilobytes = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return Ended(number, found, detail, kilobytes)


def now() -> str:
    return time.strftime("%Y-%m-%d", time.gmtime())
