"""Kills the broker and its consumers while messages flow, and counts what came of them.

    python -m tests.runtime.chaos.run --broker nats --messages 60000 --kills 20

Half of the kills are the broker's, half a consumer's. A kill counts when it is proven: the process
is gone by SIGKILL, and what took its place is another one.
"""

import argparse
import asyncio
import dataclasses
import json
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from uuid import uuid4

import asyncpg

from infragraph.local.postgres.binaries import binaries
from infragraph.local.postgres.server import Postgres, running
from infragraph.runtime.brokers.broker import Broker, BrokerError
from infragraph.runtime.databases.tables import TABLES
from infragraph.runtime.envelope import Envelope
from tests.runtime.chaos.figures import COLUMNS, Figures
from tests.runtime.chaos.target import Target, target
from tests.runtime.conformance.harness import channel, message

WORKERS = 2
CONCURRENCY = 20
_WINDOW = 200
_POISON_SHARE = 100
_DRAIN_SECONDS = 180.0


class Run:
    """One run; `folder` holds its broker, its database and the logs of its workers."""

    def __init__(self, target: Target, folder: Path, seed: int) -> None:
        self.target = target
        self.folder = folder
        self.random = Random(seed)  # noqa: S311 - a plan that can be had again
        self.seed = seed
        self.prefix = uuid4().hex[:8]
        self.channel = channel(ack_deadline=3.0, concurrency=CONCURRENCY, max_attempts=50)
        self.workers: list[asyncio.subprocess.Process] = []
        self.started = 0
        self.proven = 0
        self.confirmed: set[str] = set()
        self.retried = 0
        self.failed = 0
        self.poison: set[str] = set()

    async def go(self, messages: int, kills: int, *, is_armed: bool = True) -> Figures:
        """The figures; without `is_armed` nothing is killed, which must show."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with running(binaries(None), self.folder / "postgres") as server:
            address = await _database(server)
            async with self.target.connection() as broker:
                await self.target.prepare(broker, self.channel)
                for _ in range(WORKERS):
                    self.workers.append(await self._worker(address))
                plan = self._plan(messages, kills)
                await self._publish(broker, messages, plan if is_armed else {}, address)
                attempts = await self._drained(server)
            effects, unique = await _effects(server)
            letters = {it.envelope.id for it in await self.target.letters(self.channel)}
            for worker in self.workers:
                worker.terminate()
                await worker.wait()
        handled = sum(attempts.values())
        return Figures(
            broker=self.target.name,
            messages=messages,
            confirmed=len(self.confirmed),
            retried=self.retried,
            failed=self.failed,
            poison=len(self.poison),
            attempts=handled,
            effects=effects,
            unique=len(unique),
            duplicates=handled - len(attempts),
            lost=len(self.confirmed - self.poison - unique),
            dead_lettered=len(letters & self.poison),
            planned=kills,
            proven=self.proven,
            in_flight=WORKERS * CONCURRENCY,
            seconds=round(loop.time() - began, 1),
            seed=self.seed,
        )

    def _plan(self, messages: int, kills: int) -> dict[int, str]:
        """What is killed after which window of messages."""
        windows = range(1, messages // _WINDOW)
        chosen = sorted(self.random.sample(windows, kills))
        return {at: ("broker", "worker")[number % 2] for number, at in enumerate(chosen)}

    async def _publish(
        self, broker: Broker, messages: int, plan: dict[int, str], address: str
    ) -> None:
        killing: list[asyncio.Task[None]] = []
        for window in range(messages // _WINDOW):
            if window in plan:
                # One at a time: a kill is proven before the next.
                await asyncio.gather(*killing)
                killing = [asyncio.create_task(self._kill(plan[window], address))]
            numbers = range(window * _WINDOW, (window + 1) * _WINDOW)
            await asyncio.gather(*(self._send(broker, self._message(it)) for it in numbers))
        await asyncio.gather(*killing)

    def _message(self, number: int) -> Envelope:
        identity = f"{self.prefix}-{number}"
        if number % _POISON_SHARE == 0:
            self.poison.add(identity)
            return message(b"{", id=identity)
        return message(number, id=identity)

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

    async def _kill(self, what: str, address: str) -> None:
        if what == "broker":
            before = self.target.identity()
            await self.target.restart()
            self.proven += before != self.target.identity()
            return
        index = self.random.randrange(len(self.workers))
        worker = self.workers[index]
        worker.kill()
        self.proven += await worker.wait() == -signal.SIGKILL
        self.workers[index] = await self._worker(address)

    async def _worker(self, address: str) -> asyncio.subprocess.Process:
        self.started += 1
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.runtime.chaos.worker"),
            json.dumps(self.target.settings()),
            json.dumps(dataclasses.asdict(self.channel)),
            address,
            str(self.folder / f"worker-{self.started}.log"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
        return process

    async def _drained(self, server: Postgres) -> Counter[str]:
        """Until every confirmed message has its effect and all poison is dead, or too long."""
        loop = asyncio.get_running_loop()
        end = loop.time() + _DRAIN_SECONDS
        while loop.time() < end:
            _, unique = await _effects(server)
            letters = await self.target.letters(self.channel)
            if self.confirmed - self.poison <= unique and len(letters) >= len(self.poison):
                break
            await asyncio.sleep(1)
        # What was in flight at the last kill comes once more.
        await asyncio.sleep(self.channel.ack_deadline + 1)
        return self._attempts()

    def _attempts(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for log in sorted(self.folder.glob("worker-*.log")):
            found.update(line.split()[0] for line in log.read_text().splitlines())
        return found


async def _database(server: Postgres) -> str:
    connection = await asyncpg.connect(server.url("postgres"))
    await connection.execute(TABLES)
    await connection.execute("create table effects (id text not null)")
    await connection.close()
    return json.dumps(
        {
            "host": server.host,
            "port": server.port,
            "name": "postgres",
            "user": server.user,
            "login": "password",
            "password": server.password,
            "region": None,
        }
    )


async def _effects(server: Postgres) -> tuple[int, set[str]]:
    """How many rows, and the ids among them: nothing keeps two rows from having one id."""
    connection = await asyncpg.connect(server.url("postgres"))
    rows = await connection.fetch("select id from effects")
    await connection.close()
    return len(rows), {row["id"] for row in rows}


@asynccontextmanager
async def prepared(broker: str, seed: int) -> AsyncGenerator[Run]:
    """A run with a broker of its own, up."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with target(broker, folder / "broker") as made:
            yield Run(made, folder, seed)


async def figures(
    broker: str, messages: int, kills: int, seed: int, *, is_armed: bool = True
) -> Figures:
    """One run from its start to its end."""
    async with prepared(broker, seed) as run:
        return await run.go(messages, kills, is_armed=is_armed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--broker", default="nats")
    parser.add_argument("--messages", type=int, default=60_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = asyncio.run(figures(options.broker, options.messages, options.kills, options.seed))
    sys.stdout.write(f"| {' | '.join(COLUMNS)} |\n{found.row()}\n")
    return 0 if found.verdict == "PASS" else 1


if __name__ == "__main__":
    sys.exit(main())
