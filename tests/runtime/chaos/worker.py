"""A consumer in a process of its own, whose effects are rows, with an inbox.

    python -m tests.runtime.chaos.worker SETTINGS CHANNEL ADDRESS LOG

Each attempt is a line of LOG, written before its effect, so that a kill loses none of them.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from random import Random
from typing import Any

from infragraph.runtime.attempts import Attempts
from infragraph.runtime.brokers.broker import Channel
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.codec import codec
from infragraph.runtime.consuming import Consumed, Consumer
from infragraph.runtime.databases.addresses import DatabaseAddress
from infragraph.runtime.databases.driver import Driver
from infragraph.runtime.databases.inbox import inbox
from infragraph.runtime.databases.pool import Pool, static_password
from infragraph.runtime.server import on_termination
from infragraph.runtime.tracing.spans import NoSpans
from infragraph.sdk.message import Message
from tests.runtime.conformance.brokers import broker_of


async def run(settings: dict[str, Any], channel: Channel, address: str, log: str) -> None:
    """Consume until SIGTERM."""
    broker = broker_of(settings)
    await broker.open()
    async with database(address) as driver:
        descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

        async def handle(message: Message[Any]) -> None:
            os.write(descriptor, f"{message.id} {message.attempt}\n".encode())
            await driver.execute("insert into effects (id) values ($1)", message.id)

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
            around=Attempts(
                service="chaos", spans=NoSpans(), inbox=inbox("database:chaos", driver)
            ),
            random=Random(os.getpid()),  # noqa: S311 - jitter
        )
        told = asyncio.Event()
        on_termination(told.set)
        consumer.start()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await told.wait()
        await consumer.drain(10)
    await broker.close()


@asynccontextmanager
async def database(address: str) -> AsyncGenerator[Driver]:
    """The database of the run."""
    pool = Pool(DatabaseAddress(**json.loads(address)), static_password, "chaos")
    try:
        yield Driver("database:chaos", lambda: pool, NoSpans())
    finally:
        await pool.close()


if __name__ == "__main__":
    given, described, where, log = sys.argv[1:]
    asyncio.run(run(json.loads(given), Channel(**json.loads(described)), where, log))
