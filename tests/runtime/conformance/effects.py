"""Messages whose effects are rows, in a database of a test's own."""

import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from infragraph.runtime.attempts import Attempts
from infragraph.runtime.brokers.broker import Broker, Channel
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.databases.addresses import DatabaseAddress
from infragraph.runtime.databases.driver import Driver
from infragraph.runtime.databases.inbox import inbox
from infragraph.runtime.databases.pool import Pool, static_password
from infragraph.runtime.databases.relay import Relay
from infragraph.runtime.tracing.spans import NoSpans

_ID = "database:effects"


@asynccontextmanager
async def database(address: DatabaseAddress) -> AsyncGenerator[Driver]:
    """A block in which it can be asked."""
    pool = Pool(address, static_password, "conformance")
    token = RUNNING.set(Running(service="tests"))
    try:
        yield Driver(_ID, lambda: pool, NoSpans())
    finally:
        with contextlib.suppress(ValueError):
            RUNNING.reset(token)
        await pool.close()


def attempts(driver: Driver) -> Attempts:
    """What runs within one transaction with the inbox's mark."""
    return Attempts(service="tests", spans=NoSpans(), inbox=inbox(_ID, driver))


async def effect(driver: Driver, identity: str) -> None:
    """What a message does."""
    await driver.execute("insert into effects (id) values ($1)", identity)


async def effects(driver: Driver) -> list[str]:
    """What messages did, each as often as it was done."""
    return sorted(str(row["id"]) for row in await driver.fetch("select id from effects"))


@asynccontextmanager
async def relayed(
    address: DatabaseAddress, broker: Broker, channel: Channel
) -> AsyncGenerator[None]:
    """A block in which the outbox is published."""
    made = relay(address, broker, channel)
    made.start()
    try:
        yield
    finally:
        await made.stop()


def relay(address: DatabaseAddress, broker: Broker, channel: Channel) -> Relay:
    """What publishes the outbox to the topic of one channel."""
    return Relay(
        Pool(address, static_password, "conformance"),
        broker,
        Configuration(
            application="conformance",
            environment="test",
            provider="test",
            resources={channel.topic: {}},
            settings={},
        ),
        SystemClock(),
    )
