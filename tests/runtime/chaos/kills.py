"""Kills the broker and its consumers while messages flow, and counts what came of them.

Half of the kills are the broker's, half a consumer's. A kill counts when it is proven: the process
is gone by the signal, and what took its place is another one.
"""

import asyncio
import signal
import tempfile
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

from infragraph.local.postgres.binaries import binaries
from infragraph.local.postgres.server import Postgres, running
from infragraph.runtime.brokers.broker import Broker, BrokerError
from infragraph.runtime.envelope import Envelope
from tests.runtime.chaos.crew import Crew
from tests.runtime.chaos.effects import database, effects
from tests.runtime.chaos.figures import Figures
from tests.runtime.chaos.publishing import Numbered
from tests.runtime.chaos.target import Target, target
from tests.runtime.chaos.work import Work
from tests.runtime.conformance.harness import channel

WORKERS = 2
CONCURRENCY = 20
_WINDOW = 200
# A machine that is busy is slow: what stands still ends the run long before.
_DRAIN_SECONDS = 1800.0


class Run:
    """One run; `folder` holds its broker, its database and the logs of its workers."""

    def __init__(self, target: Target, folder: Path, seed: int, ends_by: signal.Signals) -> None:
        self.target = target
        self.folder = folder
        self.ends_by = ends_by
        self.random = Random(seed)  # noqa: S311 - a plan that can be had again
        self.seed = seed
        self.channel = channel(ack_deadline=3.0, concurrency=CONCURRENCY, max_attempts=50)
        self.numbered = Numbered(poison_share=100)
        self.proven = 0
        self.confirmed: set[str] = set()
        self.retried = 0
        self.failed = 0

    async def go(self, messages: int, kills: int, *, is_armed: bool = True) -> Figures:
        """The figures; without `is_armed` nothing is killed, which must show."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with running(binaries(None), self.folder / "postgres") as server:
            work = Work(database=await database(server))
            crew = Crew(self.target.settings(), self.channel, self.folder, work)
            async with self.target.connection() as broker:
                await self.target.prepare(broker, self.channel)
                for _ in range(WORKERS):
                    await crew.hire()
                plan = self._plan(messages, kills)
                await self._publish(broker, messages, plan if is_armed else {}, crew)
                letters = await self._drained(server, crew)
            await crew.dismiss()
            # Poison is handed out again on purpose.
            attempts = Counter(
                {it: n for it, n in crew.attempts().items() if it not in self.numbered.poison}
            )
            rows = Counter(await effects(server))
        handled = attempts.total()
        poison = self.numbered.poison
        return Figures(
            broker=self.target.name,
            ended=self.ends_by.name,
            messages=messages,
            confirmed=len(self.confirmed),
            retried=self.retried,
            failed=self.failed,
            poison=len(poison),
            attempts=handled,
            effects=rows.total(),
            unique=len(rows),
            duplicates=handled - len(attempts),
            lost=len(self.confirmed - poison - rows.keys()),
            dead_lettered=len(letters & poison),
            planned=kills,
            proven=self.proven,
            in_flight=WORKERS * CONCURRENCY,
            seconds=round(loop.time() - began, 1),
        )

    def _plan(self, messages: int, kills: int) -> dict[int, str]:
        """What is killed after which window of messages."""
        windows = range(1, messages // _WINDOW)
        chosen = sorted(self.random.sample(windows, kills))
        return {at: ("broker", "worker")[number % 2] for number, at in enumerate(chosen)}

    async def _publish(
        self, broker: Broker, messages: int, plan: dict[int, str], crew: Crew
    ) -> None:
        killing: list[asyncio.Task[None]] = []
        for window in range(messages // _WINDOW):
            if window in plan:
                # One at a time: a kill is proven before the next.
                await asyncio.gather(*killing)
                killing = [asyncio.create_task(self._kill(plan[window], crew))]
            numbers = range(window * _WINDOW, (window + 1) * _WINDOW)
            await asyncio.gather(*(self._send(broker, self.numbered.made(it)) for it in numbers))
        await asyncio.gather(*killing)

    async def _send(self, broker: Broker, envelope: Envelope) -> None:
        for _ in range(20):
            try:
                await broker.publish(self.channel.topic, {}, [envelope])
            except BrokerError:
                self.retried += 1
            else:
                self.confirmed.add(envelope.id)
                return
        self.failed += 1

    async def _kill(self, what: str, crew: Crew) -> None:
        if what == "broker":
            self.proven += await self.target.restart_by(self.ends_by)
            return
        worker = crew.workers.pop(self.random.randrange(len(crew.workers)))
        worker.kill()
        self.proven += await worker.wait() == -signal.SIGKILL
        await crew.hire()

    async def _drained(self, server: Postgres, crew: Crew) -> set[str]:
        """Until every confirmed message has its effect and all poison is dead, or too long.

        Gives the ids of dead letters.
        """
        poison = self.numbered.poison
        loop = asyncio.get_running_loop()
        end = loop.time() + _DRAIN_SECONDS
        begun, since = -1, loop.time()
        letters: set[str] = set()
        while loop.time() < end:
            missing = self.confirmed - poison - set(await effects(server))
            letters = {it.envelope.id for it in await self.target.letters(self.channel)}
            if not missing and poison <= letters:
                break
            before, begun = begun, crew.attempts().total()
            if begun != before:
                since = loop.time()
            # Nothing more has come for longer than anything is held back.
            if loop.time() - since > 10 * self.channel.ack_deadline:
                break
            await asyncio.sleep(1)
        # What was in flight at the last kill comes once more.
        await asyncio.sleep(self.channel.ack_deadline + 1)
        return letters


@asynccontextmanager
async def prepared(broker: str, seed: int, ends_by: signal.Signals) -> AsyncGenerator[Run]:
    """A run with a broker of its own, up."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with target(broker, folder / "broker") as made:
            yield Run(made, folder, seed, ends_by)


async def figures(  # noqa: PLR0913 - what a run is
    broker: str,
    messages: int,
    kills: int,
    seed: int,
    ends_by: signal.Signals = signal.SIGKILL,
    *,
    is_armed: bool = True,
) -> Figures:
    """One run from its start to its end."""
    async with prepared(broker, seed, ends_by) as run:
        return await run.go(messages, kills, is_armed=is_armed)
