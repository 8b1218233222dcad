"""A consumer in a process of its own, which writes what it does into a file.

python -m tests.runtime.chaos.worker SETTINGS CHANNEL WORK LOG
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from random import Random
from typing import Any

from infragraph.runtime.attempts import Attempts
from infragraph.runtime.brokers.broker import Channel, Delivery
from infragraph.runtime.brokers.opening import open_broker
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.codec import codec
from infragraph.runtime.consuming import Around, Consumed, Consumer, Handling
from infragraph.runtime.databases.addresses import DatabaseAddress
from infragraph.runtime.databases.driver import Driver
from infragraph.runtime.databases.inbox import inbox
from infragraph.runtime.databases.pool import Pool, static_password
from infragraph.runtime.server import on_termination
from infragraph.runtime.tracing.spans import NoSpans
from infragraph.sdk.message import Message
from tests.runtime.chaos.work import Begun, Done, Work, written
from tests.runtime.conformance.brokers import broker_of
from tests.runtime.consuming_on_memory import NothingAround

GRACE = 10.0
"""For how many seconds what is at work at a SIGTERM may go on."""


async def run(settings: dict[str, Any], channel: Channel, work: Work, log: str) -> int:
    """Consume until SIGTERM; gives how many handlers were interrupted."""
    broker = broker_of(settings)
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    await open_broker(broker)
    async with database(work.database) as driver:

        async def handle(message: Message[Any]) -> None:
            if driver is not None:
                await driver.execute("insert into effects (id) values ($1)", message.id)
            await asyncio.sleep(work.seconds)
            os.write(descriptor, written(Done(message.id, time.time())))

        consumer = Consumer(
            consumed=Consumed(
                channel=channel,
                codec=codec(int),
                handle=handle,
                takes_message=True,
                min_backoff=0.05,
                max_backoff=channel.max_backoff,
            ),
            broker=broker,
            clock=SystemClock(),
            around=_Written(descriptor, _around(driver)),
            random=Random(os.getpid()),  # noqa: S311 - jitter
        )
        told = asyncio.Event()
        on_termination(told.set)
        consumer.start()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await told.wait()
        interrupted = await consumer.drain(GRACE)
    await broker.close()
    return interrupted


class _Written:
    """Every attempt leaves a line, before the inbox knows whether it is one too many."""

    def __init__(self, descriptor: int, within: Around) -> None:
        self._descriptor = descriptor
        self._within = within

    @asynccontextmanager
    async def handling(self, channel: Channel, delivery: Delivery) -> AsyncGenerator[Handling]:
        os.write(self._descriptor, written(Begun(delivery.envelope.id, time.time())))
        async with self._within.handling(channel, delivery) as handling:
            yield handling


def _around(driver: Driver | None) -> Around:
    if driver is None:
        return NothingAround()
    return Attempts(service="chaos", spans=NoSpans(), inbox=inbox("database:chaos", driver))


@asynccontextmanager
async def database(said: str | None) -> AsyncGenerator[Driver | None]:
    """What the effects go to."""
    if said is None:
        yield None
        return
    pool = Pool(DatabaseAddress(**json.loads(said)), static_password, "chaos")
    try:
        yield Driver("database:chaos", lambda: pool, NoSpans())
    finally:
        await pool.close()


if __name__ == "__main__":
    given, described, worked, log = sys.argv[1:]
    made = Work(**json.loads(worked))
    sys.exit(asyncio.run(run(json.loads(given), Channel(**json.loads(described)), made, log)))
