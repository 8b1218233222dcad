"""What kills, poison, signals and broken networks cost: counted, and written into the pages.

    python -m tests.runtime.chaos.run                         # all of it, on NATS and on NSQ
    python -m tests.runtime.chaos.run kills --broker nsq --messages 60000 --kills 20
    python -m tests.runtime.chaos.run faults --write docs/reliability.md

Exits with 1 where a row is not PASS.
"""

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.runtime.chaos import tables
from tests.runtime.chaos.draining import Drained, drained
from tests.runtime.chaos.faults import FAULTS
from tests.runtime.chaos.figures import Figures
from tests.runtime.chaos.kills import figures
from tests.runtime.chaos.poisoning import Poisoned, poisoned
from tests.runtime.chaos.suffering import Suffered, suffered

_BROKERS = ("nats", "nsq")

Row = Figures | Drained | Poisoned | Suffered


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How much of each is done."""

    brokers: tuple[str, ...]
    messages: int
    kills: int
    signals: int
    fault_messages: int
    poison_messages: int
    seed: int


def _kills(options: Options) -> Iterator[Row]:
    """NSQ twice: what nsqd loses when it is killed, it does not when it is asked to end."""
    for broker in options.brokers:
        for how in (signal.SIGKILL, signal.SIGTERM) if broker == "nsq" else (signal.SIGKILL,):
            yield asyncio.run(figures(broker, options.messages, options.kills, options.seed, how))


def _signals(options: Options) -> Iterator[Row]:
    for broker in options.brokers:
        yield asyncio.run(drained(broker, options.signals))


def _poison(options: Options) -> Iterator[Row]:
    for broker in options.brokers:
        yield asyncio.run(poisoned(broker, options.poison_messages))


def _faults(options: Options) -> Iterator[Row]:
    for broker in options.brokers:
        for fault in FAULTS:
            yield asyncio.run(suffered(broker, fault, options.fault_messages, options.seed))


_WHAT: dict[str, Callable[[Options], Iterator[Row]]] = {
    "kills": _kills,
    "poison": _poison,
    "signals": _signals,
    "faults": _faults,
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="*", metavar="|".join(_WHAT))
    parser.add_argument("--broker", choices=_BROKERS)
    parser.add_argument("--messages", type=int, default=60_000, help="of a run with kills")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--signals", type=int, default=100)
    parser.add_argument("--fault-messages", type=int, default=10_000)
    parser.add_argument("--poison-messages", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, metavar="PAGE")
    given = parser.parse_args()
    unknown = set(given.what) - _WHAT.keys()
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    options = Options(
        brokers=_BROKERS if given.broker is None else (given.broker,),
        messages=given.messages,
        kills=given.kills,
        signals=given.signals,
        fault_messages=given.fault_messages,
        poison_messages=given.poison_messages,
        seed=given.seed,
    )
    is_passed = True
    for what in given.what or _WHAT:
        rows: list[Row] = []
        for row in _WHAT[what](options):
            sys.stdout.write(f"{row.verdict} {row}\n")
            sys.stdout.flush()
            rows.append(row)
        is_passed &= all(it.verdict == "PASS" for it in rows)
        if given.write is not None:
            tables.write(given.write, what, rows, given.seed)
    return 0 if is_passed else 1


if __name__ == "__main__":
    sys.exit(main())
