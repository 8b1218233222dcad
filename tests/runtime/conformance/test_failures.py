"""Nothing is lost when a handler, a worker or a dead letter fails."""

import asyncio
import dataclasses
import json
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from infragraph.runtime.brokers.broker import Broker, BrokerError, Channel, DeadLetter
from infragraph.sdk.errors import Reject
from infragraph.sdk.message import Message
from tests.runtime.conformance.harness import Bench, channel, consuming, message, until

pytestmark = pytest.mark.slow


async def test_after_its_attempts_a_message_is_a_dead_letter_with_all_of_it(bench: Bench) -> None:
    one = channel(max_attempts=3)
    sent = message({"bad": True})

    async def fail(_it: Message[Any]) -> None:
        text = "no such\nthing"
        raise ValueError(text)

    async with bench.connection() as broker:
        await bench.prepare(broker, one)
        async with consuming(broker, one, fail) as (received, _):
            await broker.publish(one.topic, {}, [sent])
            await until(lambda: received.attempts[sent.id] == 3)
            letters = await kept(bench, one, 1)
    (letter,) = letters
    assert (letter.envelope, letter.subscription, letter.attempts) == (sent, one.id, 3)
    assert " ".join(letter.reason.split()) == "ValueError: no such thing"


async def kept(bench: Bench, one: Channel, count: int) -> list[DeadLetter]:
    letters: list[DeadLetter] = []
    for _ in range(500):
        letters = await bench.letters(one)
        if len(letters) >= count:
            return letters
        await asyncio.sleep(0.02)
    raise AssertionError(letters)


async def test_poison_is_dead_and_the_others_flow(bench: Bench) -> None:
    one = channel(max_attempts=2)
    poison = [message(body) for body in (b"{", b"", b"\xff\xfe")]
    async with bench.connection() as broker:
        await bench.prepare(broker, one)
        async with consuming(broker, one) as (received, _):
            await broker.publish(one.topic, {}, [*poison, *(message(it) for it in range(50))])
            await received.reaches(50)
            letters = await kept(bench, one, 3)
    assert sorted(received.bodies) == list(range(50))
    assert {it.envelope.id for it in letters} == {it.id for it in poison}
    assert {it.envelope.body for it in letters} == {b"{", b"", b"\xff\xfe"}
    assert all(it.reason.startswith("the body does not decode") for it in letters)


async def test_a_rejected_message_is_dead_at_once(bench: Bench) -> None:
    one = channel()

    async def reject(_it: Message[Any]) -> None:
        reason = "never"
        raise Reject(reason)

    async with bench.connection() as broker:
        await bench.prepare(broker, one)
        async with consuming(broker, one, reject) as (received, _):
            await broker.publish(one.topic, {}, [message(1)])
            (letter,) = await kept(bench, one, 1)
    assert (letter.reason, letter.attempts, list(received.attempts.values())) == ("never", 1, [1])


async def test_a_dead_letter_that_is_not_kept_leaves_the_original(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = channel(max_attempts=1, ack_deadline=2.0)
    refused = 0

    async def refuse(channel: Channel, letter: DeadLetter) -> None:
        nonlocal refused
        refused += 1
        text = f"{channel.id} does not keep {letter.envelope.id}"
        raise BrokerError(text)

    async def fail(_it: Message[Any]) -> None:
        raise ValueError

    async with bench.connection() as broker:
        if not broker.features.persistent:
            pytest.skip(f"{bench.name} hands out again only what is given back")
        await bench.prepare(broker, one)
        monkeypatch.setattr(broker, "bury", refuse)
        async with consuming(broker, one, fail):
            await broker.publish(one.topic, {}, [message(1)])
            least = 1 if broker.features.native_dead_letter else 2
            await until(lambda: refused >= least)
        monkeypatch.undo()
        async with consuming(broker, one, fail):
            await kept(bench, one, 1)


async def test_many_refusals_end(bench: Bench) -> None:
    one = channel(max_attempts=1000, max_backoff=0.05)
    refusals = 0

    async def refuse(_it: Message[Any]) -> None:
        nonlocal refusals
        if refusals < 300:
            refusals += 1
            raise ValueError

    async with bench.connection() as broker:
        await bench.prepare(broker, one)
        async with consuming(broker, one, refuse) as (received, _):
            await broker.publish(one.topic, {}, [message(it) for it in range(50)])
            await received.reaches(50)
    assert (refusals, sorted(received.bodies)) == (300, list(range(50)))


async def test_a_handler_longer_than_the_deadline_runs_once(bench: Bench) -> None:
    one = channel(ack_deadline=1.5)

    async def work(_it: Message[Any]) -> None:
        await asyncio.sleep(4.5)

    async with bench.connection() as broker:
        await bench.prepare(broker, one)
        async with consuming(broker, one, work) as (received, _):
            await broker.publish(one.topic, {}, [message(1)])
            await received.reaches(1)
            await asyncio.sleep(2)
    assert list(received.attempts.values()) == [1]


async def test_concurrency_is_reached_and_never_exceeded(bench: Bench) -> None:
    one = channel(concurrency=7)
    at_work = most = 0

    async def work(_it: Message[Any]) -> None:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        await asyncio.sleep(0.02)
        at_work -= 1

    async with bench.connection() as broker:
        await bench.prepare(broker, one)
        async with consuming(broker, one, work) as (received, _):
            await broker.publish(one.topic, {}, [message(it) for it in range(100)])
            await received.reaches(100)
    assert most == 7


async def test_a_publish_that_is_not_confirmed_raises(bench: Bench) -> None:
    one = channel()
    async with bench.connection() as broker:
        largest = broker.features.max_body
        if largest is None:
            pytest.skip(f"{bench.name} takes bodies of any size")
        await bench.prepare(broker, one)
        with pytest.raises(BrokerError):
            await broker.publish(one.topic, {}, [message("x" * (largest + 1))])


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
            line = (await asyncio.wait_for(read, 30)).decode().strip()
            assert line, f"it ended; it said {self.lines}"
            self.lines.append(line)
            if line.startswith(word):
                return line

    async def ended(self) -> int:
        return await asyncio.wait_for(self.process.wait(), 30)


@asynccontextmanager
async def worker(
    bench: Bench, broker: Broker, one: Channel, mode: str, seconds: float = 0
) -> AsyncGenerator[Worker]:
    if not broker.features.persistent:
        pytest.skip(f"{bench.name} has no other process")
    await bench.prepare(broker, one)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.runtime.conformance.worker"),
        json.dumps(bench.settings()),
        json.dumps(dataclasses.asdict(one)),
        mode,
        str(seconds),
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


def _needs_streams_that_end(bench: Bench) -> None:
    if bench.name == "gcp":
        text = "the emulator of Pub/Sub hands a message to the stream of a dead worker once more"
        pytest.skip(f"{text}, so that it comes after 20 s and not 10")


async def test_what_a_killed_worker_held_comes_again_in_time(bench: Bench) -> None:
    _needs_streams_that_end(bench)
    one = channel(ack_deadline=2.0)
    async with bench.connection() as broker, worker(bench, broker, one, "hang") as dying:
        await broker.publish(one.topic, {}, [message(1)])
        await dying.says("begun")
        dying.process.kill()
        async with consuming(broker, one) as (received, _):
            await received.reaches(1, one.ack_deadline + 4)
    (again,) = received.handled
    assert again.attempt == 2


async def test_a_kill_between_effect_and_acknowledgement_is_one_duplicate(bench: Bench) -> None:
    _needs_streams_that_end(bench)
    one = channel(ack_deadline=2.0)
    async with bench.connection() as broker, worker(bench, broker, one, "die") as dying:
        await broker.publish(one.topic, {}, [message(1)])
        await dying.says("done")
        assert await dying.ended() == -signal.SIGKILL
        async with consuming(broker, one) as (received, _):
            await received.reaches(1, 10)
            await asyncio.sleep(3)
    assert list(received.attempts.values()) == [1]


async def test_on_sigterm_what_is_at_work_ends_and_is_acknowledged(bench: Bench) -> None:
    one = channel(ack_deadline=2.0, concurrency=5)
    async with bench.connection() as broker, worker(bench, broker, one, "slow", 1) as ending:
        await broker.publish(one.topic, {}, [message(it) for it in range(20)])
        for _ in range(5):
            await ending.says("begun")
        ending.process.terminate()
        assert await ending.ended() == 0
        assert ending.process.stdout is not None
        rest = (await ending.process.stdout.read()).decode().splitlines()
        done = {line for line in [*ending.lines, *rest] if line.startswith("done")}
        async with consuming(broker, one) as (received, _):
            await received.reaches(20 - len(done))
            await asyncio.sleep(3)
    assert len(done) >= 5
    assert len(received.handled) == 20 - len(done)


async def test_a_second_sigterm_gives_back_what_is_at_work(bench: Bench) -> None:
    one = channel(ack_deadline=20.0)
    async with bench.connection() as broker, worker(bench, broker, one, "hang") as ending:
        await broker.publish(one.topic, {}, [message(1)])
        await ending.says("begun")
        ending.process.terminate()
        await asyncio.sleep(0.5)
        ending.process.terminate()
        assert await ending.ended() == 1
        async with consuming(broker, one) as (received, _):
            await received.reaches(1, 5)
    assert [it.attempt for it in received.handled] == [2]


async def test_the_trace_is_kept_across_attempts(bench: Bench) -> None:
    one = channel(max_attempts=2)
    sent = message(1)

    async def fail(_it: Message[Any]) -> None:
        raise ValueError

    async with bench.connection() as broker:
        await bench.prepare(broker, one)
        async with consuming(broker, one, fail):
            await broker.publish(one.topic, {}, [sent])
            (letter,) = await kept(bench, one, 1)
    assert letter.envelope.traceparent == sent.traceparent
