"""A process that ends by SIGKILL between two steps, which no test could time from outside.

    python -m tests.runtime.conformance.effects_worker MODE ADDRESS SETTINGS CHANNEL

Modes: `handle` commits a message's effect and its inbox's mark, and dies before the broker is told;
`write` commits 20 messages to the outbox, and writes one more that it does not commit; `relay`
publishes what the outbox holds, and dies before it forgets.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from random import Random
from typing import Any, cast

from infragraph.runtime.brokers.broker import Broker, Channel, Delivery
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.codec import codec
from infragraph.runtime.consuming import Consumed, Consumer, Handling
from infragraph.runtime.databases.addresses import DatabaseAddress
from infragraph.runtime.databases.driver import Driver
from infragraph.runtime.databases.outbox import OutboxWriter
from infragraph.runtime.envelope import Envelope
from infragraph.sdk.message import Message
from tests.runtime.conformance.brokers import broker_of
from tests.runtime.conformance.effects import attempts, database, effect, relay
from tests.runtime.conformance.harness import message

WRITTEN = 20


class Dying:
    """Ends the process once an attempt is committed."""

    def __init__(self, driver: Driver) -> None:
        self._attempts = attempts(driver)

    @asynccontextmanager
    async def handling(self, channel: Channel, delivery: Delivery) -> AsyncGenerator[Handling]:
        async with self._attempts.handling(channel, delivery) as handling:
            yield handling
        _die()


class DyingBroker:
    """Ends the process once a publish is confirmed."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    async def publish(
        self, topic: str, address: Mapping[str, object], messages: Sequence[Envelope]
    ) -> None:
        await self._broker.publish(topic, address, messages)
        _die()


async def handle(address: DatabaseAddress, settings: Mapping[str, Any], channel: Channel) -> None:
    broker = broker_of(settings)
    await broker.open()
    async with database(address) as driver:

        async def affect(it: Message[Any]) -> None:
            await effect(driver, it.id)

        Consumer(
            consumed=Consumed(
                channel=channel,
                codec=codec(Any),
                handle=affect,
                takes_message=True,
                min_backoff=0.05,
                max_backoff=0.05,
            ),
            broker=broker,
            clock=SystemClock(),
            around=Dying(driver),
            random=Random(1),  # noqa: S311 - jitter
        ).start()
        await asyncio.Event().wait()


async def write(address: DatabaseAddress, _settings: Mapping[str, Any], channel: Channel) -> None:
    outbox = OutboxWriter(SystemClock())
    async with database(address) as driver:
        async with driver.transaction() as transaction:
            sent = [message(it, key=f"k{it % 3}") for it in range(WRITTEN)]
            await outbox.write(cast("Any", transaction), channel.topic, sent, None)
        async with driver.transaction() as transaction:
            await outbox.write(cast("Any", transaction), channel.topic, [message("never")], None)
            _die()


async def publish(address: DatabaseAddress, settings: Mapping[str, Any], channel: Channel) -> None:
    broker = broker_of(settings)
    await broker.open()
    relay(address, cast("Broker", DyingBroker(broker)), channel).start()
    await asyncio.Event().wait()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    mode, *given = sys.argv[1:]
    where, settings, channel = map(json.loads, given)
    run = {"handle": handle, "write": write, "relay": publish}[mode]
    asyncio.run(run(DatabaseAddress(**where), settings, Channel(**channel)))
