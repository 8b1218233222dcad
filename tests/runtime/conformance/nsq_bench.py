"""A real nsqd of its own for each case."""

import asyncio
import signal
from collections import defaultdict
from collections.abc import AsyncGenerator, Collection, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, cast

from infragraph.runtime.brokers.broker import Broker, Channel, DeadLetter
from infragraph.runtime.brokers.dead_letters import read_letter
from infragraph.runtime.brokers.nsq.broker import NsqAddress, NsqBroker, dead_letter_topic
from infragraph.runtime.brokers.nsq.connection import Connection, Settings, connect
from infragraph.runtime.brokers.nsq.envelopes import unwrapped
from infragraph.runtime.brokers.nsq.frames import Message, NsqError, about, command
from infragraph.runtime.clock import SystemClock
from tests.runtime.conformance.benches import Names
from tests.runtime.conformance.harness import REPLAY, Tally
from tests.runtime.nsqd import Nsqd


class NsqBench:
    name = "nsq"
    share = 1.0
    lacks: Mapping[str, str] = {
        "replay": REPLAY,
        "order": "NSQ has no order per key",
        "order after refusals": "NSQ has no order per key",
    }

    def __init__(self, server: Nsqd) -> None:
        self.tally = Tally()
        self._server = server
        self._letters: dict[str, list[DeadLetter]] = defaultdict(list)

    @asynccontextmanager
    async def connection(self) -> AsyncGenerator[Broker]:
        broker = nsq_broker(self.settings())
        await broker.open()
        try:
            yield broker
        finally:
            await broker.close()

    async def prepare(self, broker: Broker, *channels: Channel) -> None:
        for channel in channels:
            await cast("NsqBroker", broker).ensure(channel)

    async def letters(self, channel: Channel) -> list[DeadLetter]:
        """A consumer of its own takes them, and those that were taken are remembered."""
        topic = dead_letter_topic(Names()[channel.topic], channel.id)
        letters = self._letters[topic]

        def take(connection: Connection, what: Message | NsqError) -> None:
            assert isinstance(what, Message), what
            written, body = unwrapped(what.body)
            letters.append(
                read_letter(written, body, otherwise_id="", otherwise_at=datetime.now(UTC))
            )
            connection.tell(about("FIN", what.id))

        connection = await connect(self._server.address, Settings(name="tests"), take)
        await connection.ask(command("SUB", topic, "tests"))
        connection.tell(command("RDY", "100"))
        await asyncio.sleep(0.3)
        await connection.close()
        return list(letters)

    async def restart(self) -> None:
        """Asked to end: an nsqd that is killed takes with it what was handed out or held back."""
        await self._server.stop(signal.SIGTERM)
        await self._server.start()

    @asynccontextmanager
    async def outage(self) -> AsyncGenerator[None]:
        """As `restart`."""
        await self._server.stop(signal.SIGTERM)
        try:
            yield
        finally:
            await self._server.start()

    async def publish_foreign(self, channel: Channel, body: bytes) -> None:
        def ignore(_connection: Connection, _what: Message | NsqError) -> None:
            pass

        connection = await connect(self._server.address, Settings(name="foreign"), ignore)
        await connection.ask(command("PUB", Names()[channel.topic], body=body))
        await connection.close()

    def settings(self) -> Mapping[str, Any]:
        return {"broker": "nsq", "nsqd": self._server.address}

    def secrets(self) -> Collection[str]:
        """Without TLS and its auth server nsqd lets everyone in."""
        return ()


def nsq_broker(settings: Mapping[str, Any]) -> NsqBroker:
    address = NsqAddress(nsqd=settings["nsqd"], nsqlookupd=(), name="conformance")
    return NsqBroker(address, Names(), SystemClock())
