"""The brokers that the suite runs on."""

from collections.abc import AsyncGenerator, Collection, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import nats as client
from nats.js.errors import NotFoundError

from infragraph.local.nats import NatsServer, started
from infragraph.local.ports import free_port
from infragraph.runtime.brokers.broker import Broker, Channel, DeadLetter
from infragraph.runtime.brokers.dead_letters import read_letter
from infragraph.runtime.brokers.memory import MemoryBroker
from infragraph.runtime.brokers.nats import NatsAddress, NatsBroker, dead_letter_stream
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.envelope import Envelope
from tests.runtime.conformance.harness import REPLAY, Tally


class MemoryBench:
    """One broker, which all connections share: it is its process."""

    name = "memory"
    share = 0.4
    lacks: Mapping[str, str] = {
        "replay": REPLAY,
        "processes": "what is in memory ends with its process",
        "outages": "what is in memory is never away",
        "largest body": "memory takes bodies of any size",
    }

    def __init__(self) -> None:
        self.tally = Tally()
        self._broker = MemoryBroker(SystemClock())

    @asynccontextmanager
    async def connection(self) -> AsyncGenerator[Broker]:
        await self._broker.open()
        yield self._broker

    async def prepare(self, broker: Broker, *channels: Channel) -> None:
        del broker
        for channel in channels:
            self._broker.attach(channel)

    async def letters(self, channel: Channel) -> list[DeadLetter]:
        return list(self._broker.dead.get(channel.id, ()))

    async def restart(self) -> None:
        raise NotImplementedError(self.lacks["processes"])

    @asynccontextmanager
    async def outage(self) -> AsyncGenerator[None]:
        raise NotImplementedError(self.lacks["outages"])
        yield

    async def publish_foreign(self, channel: Channel, body: bytes) -> None:
        foreign = Envelope(
            id="foreign", source="", type="", published_at=datetime.now(UTC), body=body
        )
        await self._broker.publish(channel.topic, {}, [foreign])

    def settings(self) -> Mapping[str, Any]:
        raise NotImplementedError(self.lacks["processes"])

    def secrets(self) -> Collection[str]:
        return ()


class Names(Mapping[str, str]):
    """Every topic is called as its id says."""

    def __getitem__(self, topic: str) -> str:
        return topic.removeprefix("topic:")

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 0


class NatsBench:
    """A server of its own, which can be killed."""

    name = "nats"
    share = 1.0
    lacks: Mapping[str, str] = {"replay": REPLAY}

    def __init__(self, folder: Path) -> None:
        self.tally = Tally()
        self._token = f"token-{uuid4().hex}"
        self._folder = folder
        self._port = free_port("127.0.0.1")
        self.server: NatsServer | None = None

    async def start(self) -> None:
        self.server = await started(self._folder, self._port, self._token)

    async def stop(self) -> None:
        if self.server is not None:
            await self.server.child.stop(0)

    @asynccontextmanager
    async def connection(self) -> AsyncGenerator[Broker]:
        broker = nats_broker(self.settings())
        await broker.open()
        try:
            yield broker
        finally:
            await broker.close()

    async def prepare(self, broker: Broker, *channels: Channel) -> None:
        for channel in channels:
            await cast("NatsBroker", broker).ensure(channel)

    async def letters(self, channel: Channel) -> list[DeadLetter]:
        stream = dead_letter_stream(Names()[channel.topic], channel.id)
        connection: Any = await cast("Any", client).connect(self._url)
        jetstream = connection.jetstream()
        letters: list[DeadLetter] = []
        try:
            state = (await jetstream.stream_info(stream)).state
            for sequence in range(max(1, state.first_seq), state.last_seq + 1):
                kept = await jetstream.get_msg(stream, sequence)
                letters.append(
                    read_letter(
                        kept.headers or {},
                        kept.data or b"",
                        otherwise_id=str(sequence),
                        otherwise_at=datetime.now(UTC),
                    )
                )
        except NotFoundError:
            return []
        finally:
            await connection.close()
        return letters

    async def restart(self) -> None:
        assert self.server is not None, "it is up"
        self.server.child.process.kill()
        await self.server.child.process.wait()
        await self.start()

    @asynccontextmanager
    async def outage(self) -> AsyncGenerator[None]:
        assert self.server is not None, "it is up"
        self.server.child.process.kill()
        await self.server.child.process.wait()
        try:
            yield
        finally:
            await self.start()

    async def publish_foreign(self, channel: Channel, body: bytes) -> None:
        connection: Any = await cast("Any", client).connect(self._url)
        await connection.jetstream().publish(f"{Names()[channel.topic]}.0", body)
        await connection.close()

    def identity(self) -> str:
        """The name that this server's process greets with, made anew at each start."""
        assert self.server is not None, "it is up"
        return self.server.name

    def settings(self) -> Mapping[str, Any]:
        return {"broker": "nats", "url": self._url}

    def secrets(self) -> Collection[str]:
        return (self._token,)

    @property
    def _url(self) -> str:
        return f"nats://{self._token}@127.0.0.1:{self._port}"


def nats_broker(settings: Mapping[str, Any]) -> NatsBroker:
    return NatsBroker(
        NatsAddress(servers=(settings["url"],), credentials=None, name="conformance"), Names()
    )
