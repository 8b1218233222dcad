"""Asks consumers to end while messages flow, one after the other, and counts what that cost."""

import asyncio
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.runtime.chaos.crew import Crew
from tests.runtime.chaos.publishing import Numbered
from tests.runtime.chaos.target import target
from tests.runtime.chaos.work import Work
from tests.runtime.chaos.worker import GRACE
from tests.runtime.conformance.harness import channel

_WORKERS = 2
_HANDLER_SECONDS = 0.05
_PAUSE_SECONDS = 0.3
_DRAIN_SECONDS = 90.0
_BATCH = 20
_BACKLOG = 400
_BUSY_SECONDS = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drained:
    """`proven` SIGTERMs came to a consumer with messages at work, and ended it with code 0.

    `repeated` are messages that were handled to their end more than once.
    """

    broker: str
    planned: int
    proven: int
    messages: int
    attempts: int
    repeated: int
    lost: int
    slowest: float
    seconds: float

    @property
    def verdict(self) -> str:
        """`VOID` where consumers were not told, or had nothing to do."""
        if self.proven != self.planned or self.planned == 0:
            return "VOID"
        kept = self.repeated == 0 and self.lost == 0
        return "PASS" if kept and self.slowest <= GRACE + 1 else "FAIL"


async def drained(broker: str, signals: int, *, is_armed: bool = True) -> Drained:
    """So many SIGTERMs; without `is_armed` none is sent, which must show."""
    began = time.time()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with target(broker, folder / "broker") as made, made.connection() as connection:
            consumed = channel(ack_deadline=30.0, concurrency=20)
            await made.prepare(connection, consumed)
            crew = Crew(made.settings(), consumed, folder, Work(seconds=_HANDLER_SECONDS))
            for _ in range(_WORKERS):
                await crew.hire()
            numbered = Numbered(poison_share=0)
            confirmed: set[str] = set()

            async def publish() -> None:
                """More than the consumers can do, until it is cancelled."""
                while True:
                    done = crew.done()
                    while len(confirmed) < done + _BACKLOG:
                        batch = [numbered.made(len(confirmed) + it) for it in range(_BATCH)]
                        await connection.publish(consumed.topic, {}, batch)
                        confirmed.update(it.id for it in batch)
                    await asyncio.sleep(0.1)

            publishing = asyncio.create_task(publish())
            proven, slowest = 0, 0.0
            for _ in range(signals if is_armed else 0):
                await asyncio.sleep(_PAUSE_SECONDS)
                is_proven, seconds = await _ended(crew)
                proven += is_proven
                slowest = max(slowest, seconds)
            publishing.cancel()
            await asyncio.gather(publishing, return_exceptions=True)
            await crew.finishes(confirmed, _DRAIN_SECONDS)
            finished, attempts = crew.finished(), crew.attempts()
            await crew.dismiss()
    return Drained(
        broker=broker,
        planned=signals,
        proven=proven,
        messages=len(confirmed),
        attempts=attempts.total(),
        repeated=sum(count > 1 for count in finished.values()),
        lost=len(confirmed - finished.keys()),
        slowest=round(slowest, 2),
        seconds=round(time.time() - began, 1),
    )


async def _ended(crew: Crew) -> tuple[bool, float]:
    """The oldest worker, replaced; whether it had work in hand and ended well, and how fast."""
    await crew.hire()
    worker = crew.workers.pop(0)
    is_busy = await _busy(crew, worker)
    began = time.time()
    worker.send_signal(signal.SIGTERM)
    code = await worker.wait()
    return is_busy and code == 0, time.time() - began


async def _busy(crew: Crew, worker: asyncio.subprocess.Process) -> bool:
    """Until it has messages at work."""
    end = time.time() + _BUSY_SECONDS
    while time.time() < end:
        if crew.at_work(worker) > 0:
            return True
        await asyncio.sleep(0.01)
    return False
