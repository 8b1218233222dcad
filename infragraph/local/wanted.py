"""What is asked of a run, what it tells, and why it may not come about."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from infragraph.local.application import LocalApplication


class RunError(Exception):
    """The application could not be started; the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How it is run; `broker` is `nats`, `nsq` or `memory`, and the latter needs `is_single`.

    `nsqd` is the HOST:PORT of one that runs already, None for one of the run's own; `postgres` is
    a folder with PostgreSQL's programs, None to find them.
    """

    port: int
    dashboard_port: int
    broker: str
    nsqd: str | None
    is_single: bool
    postgres: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Where news of the run goes.

    `step` says what happens, `line` is what a service wrote, `findings` are of an analysis.
    """

    step: Callable[[str], None]
    line: Callable[[str, str], None]
    findings: Callable[[LocalApplication], None]
