"""What is true of the code that runs right now: whose it is, for whom, until when."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """An entry point at work.

    `service` is the name of the service whose code runs, `entry` the graph's id of the entry point,
    None at start-up. `caller` is the signed identity that travels with calls, None where nobody
    was identified. `deadline` is when whoever waits gives up.
    """

    service: str
    entry: str | None = None
    caller: bytes | None = None
    deadline: datetime | None = None


RUNNING: ContextVar[Running | None] = ContextVar("infragraph_running", default=None)


class _Program:
    """What is true of code that no entry point runs: of a process, not of a task."""

    running: Running | None = None


_PROGRAM = _Program()


@contextmanager
def program_of(service: str) -> Generator[None]:
    """A block in which code that no entry point runs is a service's: a program that carries one."""
    before, _PROGRAM.running = _PROGRAM.running, Running(service=service)
    try:
        yield
    finally:
        _PROGRAM.running = before


def at_work() -> Running | None:
    """What runs here: an entry point, else the program that carries a service, if one does."""
    return RUNNING.get() or _PROGRAM.running


def service_at_work() -> str:
    """The name of the service whose code runs.

    Raises:
        RuntimeError: nothing that this process carries is running here.
    """
    running = at_work()
    if running is None:
        message = (
            "no service is at work here: a thread or a task that the application started by itself "
            "must run within the context of its handler"
        )
        raise RuntimeError(message)
    return running.service
