"""One message in a hundred does not decode: the others must not wait for it."""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from tests.runtime.chaos.crew import Crew
from tests.runtime.chaos.publishing import Numbered
from tests.runtime.chaos.target import target
from tests.runtime.chaos.work import Work
from tests.runtime.conformance.harness import channel

SHARE = 100
_WORKERS = 2
_BATCH = 10
_BATCHES_A_SECOND = 10
_DRAIN_SECONDS = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Poisoned:
    """`p99` is in milliseconds, from before a message was published until it was handled.

    `clean_p99` is the same in a run without poison, right before.
    """

    broker: str
    messages: int
    poison: int
    dead_lettered: int
    attempts_of_poison: int
    lost: int
    clean_p99: float
    p99: float
    seconds: float

    @property
    def verdict(self) -> str:
        """`VOID` where there was no poison."""
        if self.poison == 0:
            return "VOID"
        is_kept = self.lost == 0 and self.dead_lettered == self.poison
        return "PASS" if is_kept and self.p99 < 2 * self.clean_p99 else "FAIL"


async def poisoned(broker: str, messages: int, *, is_armed: bool = True) -> Poisoned:
    """Two runs at one pace; without `is_armed` the second has no poison either."""
    began = time.time()
    clean = await _run(broker, messages, 0)
    found = await _run(broker, messages, SHARE if is_armed else 0)
    return Poisoned(
        broker=broker,
        messages=messages,
        poison=found.poison,
        dead_lettered=found.dead_lettered,
        attempts_of_poison=found.attempts_of_poison,
        lost=found.lost,
        clean_p99=clean.p99,
        p99=found.p99,
        seconds=round(time.time() - began, 1),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    poison: int
    dead_lettered: int
    attempts_of_poison: int
    lost: int
    p99: float


async def _run(broker: str, messages: int, share: int) -> _Found:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with target(broker, folder / "broker") as made, made.connection() as connection:
            consumed = channel(ack_deadline=30.0, concurrency=20, max_attempts=5)
            await made.prepare(connection, consumed)
            crew = Crew(made.settings(), consumed, folder, Work())
            for _ in range(_WORKERS):
                await crew.hire()
            numbered = Numbered(poison_share=share)
            sent: dict[str, float] = {}
            start = time.time()
            for number in range(0, messages, _BATCH):
                # A pace that they keep up with: what is measured is no queue.
                due = start + number / _BATCH / _BATCHES_A_SECOND
                await asyncio.sleep(max(0.0, due - time.time()))
                batch = [numbered.made(it) for it in range(number, number + _BATCH)]
                sent.update(dict.fromkeys([it.id for it in batch], time.time()))
                await connection.publish(consumed.topic, {}, batch)
            good = sent.keys() - numbered.poison
            end = time.time() + _DRAIN_SECONDS
            letters: set[str] = set()
            while time.time() < end:
                letters = {it.envelope.id for it in await made.letters(consumed)}
                if letters >= numbered.poison and good <= crew.finished().keys():
                    break
                await asyncio.sleep(0.5)
            done, attempts = crew.first_done(), crew.attempts()
            await crew.dismiss()
    waits = [(done[it] - sent[it]) * 1000 for it in good if it in done]
    return _Found(
        poison=len(numbered.poison),
        dead_lettered=len(letters & numbered.poison),
        attempts_of_poison=sum(attempts[it] for it in numbered.poison),
        lost=len(good - done.keys()),
        p99=round(quantiles(waits, n=100)[98], 1),
    )
