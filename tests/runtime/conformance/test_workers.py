"""A worker that is killed or asked to end loses nothing."""

import asyncio
import dataclasses
import json
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from infragraph.runtime.brokers.broker import Broker, Channel
from tests.runtime.conformance.cases import case
from tests.runtime.conformance.harness import Bench, channel, consuming, message, needs

pytestmark = pytest.mark.slow

_SECONDS = 60.0
_DEADLINE = 2.0
_LATEST = 15.0
"""Of a message whose worker is gone, on a machine that is busy with other work."""


class Worker:
    """A consumer in a process of its own; `lines` are what it said."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []

    async def says(self, word: str) -> str:
        """The first line, from here on, that begins with `word`."""
        assert self.process.stdout is not None
        while True:
            read = self.process.stdout.readline()
            line = (await asyncio.wait_for(read, _SECONDS)).decode().strip()
            assert line, f"it ended; it said {self.lines}"
            self.lines.append(line)
            if line.startswith(word):
                return line

    async def ended(self) -> int:
        """Its exit code; what it said until then is in `lines`."""
        assert self.process.stdout is not None
        rest = await asyncio.wait_for(self.process.stdout.read(), _SECONDS)
        self.lines += rest.decode().splitlines()
        return await asyncio.wait_for(self.process.wait(), _SECONDS)

    @property
    def done(self) -> set[str]:
        """The messages whose handlers have ended."""
        return {line.split()[1] for line in self.lines if line.startswith("done")}


@asynccontextmanager
async def worker(  # noqa: PLR0913 - what a worker is started with
    bench: Bench,
    broker: Broker,
    one: Channel,
    mode: str,
    *,
    seconds: float = 0,
    grace: float = 30,
) -> AsyncGenerator[Worker]:
    await bench.prepare(broker, one)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.runtime.conformance.worker"),
        json.dumps(bench.settings()),
        json.dumps(dataclasses.asdict(one)),
        *(mode, str(seconds), str(grace)),
        stdout=asyncio.subprocess.PIPE,
    )
    made = Worker(process)
    try:
        await made.says("ready")
        yield made
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@case("C03", "C10")
async def test_what_a_killed_worker_held_comes_again_in_time(bench: Bench) -> None:
    needs(bench, "processes", "prompt redelivery")
    one = channel(ack_deadline=_DEADLINE)
    loop = asyncio.get_running_loop()
    async with bench.connection() as broker, worker(bench, broker, one, "hang") as dying:
        await broker.publish(one.topic, {}, [message(1)])
        await dying.says("begun")
        # It is at work for longer than its deadline, by its heart.
        await asyncio.sleep(1.5 * _DEADLINE)
        dying.process.kill()
        killed = loop.time()
        async with consuming(bench, broker, one) as (received, _):
            await received.reaches(1, 30)
            waited = loop.time() - killed
    assert [it.attempt for it in received.handled] == [2]
    assert waited <= _LATEST


@case("C04")
async def test_a_kill_between_effect_and_acknowledgement_is_one_duplicate(bench: Bench) -> None:
    needs(bench, "processes", "prompt redelivery")
    one = channel(ack_deadline=_DEADLINE)
    async with bench.connection() as broker, worker(bench, broker, one, "die") as dying:
        await broker.publish(one.topic, {}, [message(1)])
        await dying.says("done")
        assert await dying.ended() == -signal.SIGKILL
        async with consuming(bench, broker, one) as (received, _):
            await received.reaches(1, 30)
            await asyncio.sleep(_DEADLINE + 0.5)
    assert [*received.attempts.values()] == [1]


@case("C12")
async def test_on_sigterm_what_is_at_work_ends_and_is_acknowledged(bench: Bench) -> None:
    needs(bench, "processes")
    one = channel(ack_deadline=_DEADLINE, concurrency=5)
    sent = [message(it) for it in range(20)]
    async with (
        bench.connection() as broker,
        worker(bench, broker, one, "slow", seconds=1) as ending,
    ):
        await broker.publish(one.topic, {}, sent)
        for _ in range(5):
            await ending.says("begun")
        ending.process.terminate()
        await ending.says("draining")
        begun = len([line for line in ending.lines if line.startswith("begun")])
        assert await ending.ended() == 0
        assert len([line for line in ending.lines if line.startswith("begun")]) <= begun + 1
        left = {it.id for it in sent} - ending.done
        async with consuming(bench, broker, one) as (received, _):
            await received.reaches(len(left))
            # What had not been acknowledged came now.
            await asyncio.sleep(_DEADLINE + 0.5)
    assert len(ending.done) >= 5
    assert sorted(it.id for it in received.handled) == sorted(left)


@case("C13")
@pytest.mark.parametrize("again", [True, False], ids=["signal", "grace"])
async def test_what_does_not_end_in_time_is_given_back(bench: Bench, again: bool) -> None:  # noqa: FBT001
    needs(bench, "processes")
    one = channel(ack_deadline=60.0)
    grace = 60.0 if again else 0.5
    async with (
        bench.connection() as broker,
        worker(bench, broker, one, "hang", grace=grace) as ending,
    ):
        await broker.publish(one.topic, {}, [message(1)])
        await ending.says("begun")
        ending.process.terminate()
        await ending.says("draining")
        if again:
            ending.process.terminate()
        assert await ending.ended() == 1
        async with consuming(bench, broker, one) as (received, _):
            # Long before its deadline.
            await received.reaches(1, 30)
    assert [it.attempt for it in received.handled] == [2]
