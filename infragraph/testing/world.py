"""The application at work in a test: messages are handled, and time passes, when the test says so.

Nothing happens by itself: between two calls of the test, queues and the clock stand still.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any

from infragraph.local.schedule import firings
from infragraph.runtime.attempts import Attempts
from infragraph.runtime.consuming import Consumed, Consumer
from infragraph.testing.broker import WatchedBroker
from infragraph.testing.clock import ManualClock, settle
from infragraph.testing.failures import Failures
from infragraph.testing.outboxes import Outboxes
from infragraph.testing.trace import Recorder, Trace

_AGAIN_SECONDS = 2.0
_TICK = 0.001


class BusyError(TimeoutError):
    """The queues are not empty in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A cron: the properties of its node say when it is due."""

    node: str
    properties: Mapping[str, Any]
    run: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """`subscriptions` are run with what each attempt runs within."""

    clock: ManualClock
    broker: WatchedBroker
    outboxes: Outboxes
    subscriptions: Sequence[tuple[Consumed, Attempts]]
    jobs: Sequence[Job]
    failures: Failures
    recorder: Recorder

    async def drain(self, timeout: float) -> None:  # noqa: ASYNC109 - told as an error of our own
        """Run subscriptions until nothing is left, moving the clock past the delays of retries.

        Raises:
            BusyError: something is left after `timeout` seconds of real time.
        """
        async with self._within(timeout), self._consuming():
            while True:
                await self._until_idle()
                due = self.broker.next_due()
                if due is not None:
                    await self._move_to(due)
                elif self.outboxes.is_failing:
                    await self.clock.advance(_AGAIN_SECONDS)
                else:
                    return

    async def pass_time(self, seconds: float, timeout: float) -> None:  # noqa: ASYNC109 - as above
        """Run what is due, and what becomes due in that time, in the order of its times.

        Raises:
            BusyError: as for `drain`.
            Exception: what a cron raised, unless the test asked for it.
        """
        end = self.clock.now().timestamp() + seconds
        async with self._within(timeout), self._consuming():
            await self._until_idle()
            while True:
                due, jobs = await self._next()
                if due is None or due > end:
                    break
                await self._move_to(due)
                for job in jobs:
                    await self._run(job)
                await self._until_idle()
            await self._move_to(end)
            await self._until_idle()

    async def _next(self) -> tuple[float | None, list[Job]]:
        """When the next thing happens, and the crons that are due then."""
        now = self.clock.now()
        moment = now.timestamp()
        by_time: dict[float, list[Job]] = {}
        for job in self.jobs:
            by_time.setdefault(_next_firing(job, now).timestamp(), []).append(job)
        outbox = self.outboxes
        others = (
            self.broker.next_due(),
            moment + _AGAIN_SECONDS if outbox.is_failing else await outbox.next_due(),
        )
        # What is due and was not done is held by somebody else, such as an open transaction.
        later = (it for it in others if it is not None and it > moment)
        due = min((*by_time, *later), default=None)
        return due, [] if due is None else by_time.get(due, [])

    async def _run(self, job: Job) -> None:
        try:
            await job.run()
        except Exception as error:
            if not self.failures.has_raised(error):
                raise

    async def _move_to(self, moment: float) -> None:
        # A thing that is due at a moment is not due a rounding error before it.
        seconds = moment - self.clock.now().timestamp()
        await self.clock.advance(max(round(seconds, 6), 0.0))
        while self.clock.now().timestamp() < moment:
            await self.clock.advance(_TICK)

    async def _until_idle(self) -> None:
        while True:
            await self.broker.hand_over()
            await settle()
            if self.broker.is_busy:
                await asyncio.sleep(_TICK)
            elif not await self.outboxes.flush():
                await settle()
                if not self.broker.is_busy:
                    return

    @asynccontextmanager
    async def _consuming(self) -> AsyncGenerator[None]:
        consumers = [
            Consumer(
                consumed=consumed,
                broker=self.broker,
                clock=self.clock,
                around=attempts,
                random=Random(consumed.channel.id),  # noqa: S311 - jitter, the same in every run
            )
            for consumed, attempts in self.subscriptions
        ]
        for consumer in consumers:
            consumer.start()
        try:
            yield
        finally:
            for consumer in consumers:
                await consumer.drain(0)

    @asynccontextmanager
    async def _within(self, seconds: float) -> AsyncGenerator[None]:
        limit = asyncio.timeout(seconds)
        try:
            async with limit:
                yield
        except TimeoutError as error:
            if not limit.expired():
                raise
            message = (
                f"{self.broker.waiting} messages are not handled after {seconds:g} s\n"
                f"{Trace(self.recorder.steps)!r}"
            )
            raise BusyError(message) from error


def _next_firing(job: Job, after: datetime) -> datetime:
    return next(firings(job.properties, after)).astimezone(UTC)
