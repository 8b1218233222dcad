"""What is true of the code that runs right now: whose it is, for whom, until when."""

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


def service_at_work() -> str:
    """The name of the service whose code runs.

    Raises:
        RuntimeError: nothing that this process carries is running here.
    """
    running = RUNNING.get()
    if running is None:
        message = (
            "no service is at work here: a thread or a task that the application started by itself "
            "must run within the context of its handler"
        )
        raise RuntimeError(message)
    return running.service
