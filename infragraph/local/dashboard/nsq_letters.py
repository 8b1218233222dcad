"""Messages for an nsqd, and dead letters in it.

nsqd shows nothing that it does not hand out: so a dead letter is looked for by taking all of its
topic, and giving back what is not it.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from infragraph.runtime.brokers.broker import BrokerError, DeadLetter
from infragraph.runtime.brokers.dead_letters import read_letter
from infragraph.runtime.brokers.nsq.broker import NsqBroker, dead_letter_topic, nsq_address
from infragraph.runtime.brokers.nsq.connection import Connection, LostError, Settings, connect
from infragraph.runtime.brokers.nsq.envelopes import unwrapped
from infragraph.runtime.brokers.nsq.frames import Message, NsqError, about, command
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.envelope import Envelope

CHANNEL = "infragraph"
"""Of dead-letter topics: what no other channel has taken is in it."""

_NAME = "infragraph dashboard"
_MOST = 2000
_SECONDS = 10.0
# nsqd hands out what it has at once; how long none has to come until there is no more.
_QUIET_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class NsqLetters:
    """`nsqd` is its HOST:PORT."""

    nsqd: str
    broker: NsqBroker

    async def publish(self, topic: str, message: Envelope) -> None:
        await self.broker.publish(f"topic:{topic}", {}, [message])

    async def letter(self, topic: str, subscription: str, message: str) -> DeadLetter | None:
        return await self._found(topic, subscription, message, is_taken=False)

    async def remove(self, topic: str, subscription: str, message: str) -> None:
        await self._found(topic, subscription, message, is_taken=True)

    async def _found(
        self, topic: str, subscription: str, message: str, *, is_taken: bool
    ) -> DeadLetter | None:
        came: asyncio.Queue[Message] = asyncio.Queue()

        def hear(_connection: Connection, what: Message | NsqError) -> None:
            if isinstance(what, Message):
                came.put_nowait(what)

        try:
            connection = await connect(self.nsqd, Settings(name=_NAME, deadline=60), hear)
            try:
                place = dead_letter_topic(topic, subscription)
                await connection.ask(command("SUB", place, CHANNEL))
                connection.tell(command("RDY", str(_MOST)))
                return await _searched(connection, came, message, is_taken=is_taken)
            finally:
                await connection.close()
        except (LostError, NsqError) as error:
            raise BrokerError(str(error)) from error


class _Names(dict[str, str]):
    """Every topic is called as its id says, also one that a reload has added."""

    def __missing__(self, topic: str) -> str:
        return topic.removeprefix("topic:")


async def _searched(
    connection: Connection, came: asyncio.Queue[Message], message: str, *, is_taken: bool
) -> DeadLetter | None:
    passed: list[Message] = []
    found: DeadLetter | None = None
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_SECONDS):
            while found is None and len(passed) < _MOST:
                one = await asyncio.wait_for(came.get(), _QUIET_SECONDS)
                written, body = unwrapped(one.body)
                letter = read_letter(
                    written, body, otherwise_id=one.id.decode(), otherwise_at=datetime.now(UTC)
                )
                if letter.envelope.id == message:
                    found = letter
                if found is not None and is_taken:
                    connection.tell(about("FIN", one.id))
                else:
                    passed.append(one)
    connection.tell(command("RDY", "0"))
    while not came.empty():
        passed.append(came.get_nowait())
    for one in passed:
        connection.tell(about("REQ", one.id, "0"))
    await connection.drained()
    return found


@asynccontextmanager
async def nsq_letters(said: Mapping[str, Any]) -> AsyncGenerator[NsqLetters]:
    """A block in which an nsqd can be asked; `said` is the entry of the runtime configuration."""
    broker = NsqBroker(nsq_address(said, _NAME), _Names(), SystemClock())
    # One that is away just now is connected to when it is used.
    with contextlib.suppress(BrokerError):
        await broker.open()
    try:
        yield NsqLetters(nsqd=str(said["nsqd"]), broker=broker)
    finally:
        await broker.close()
