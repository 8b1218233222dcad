"""The messages that a run's NATS server holds: read as they lie, published, and sent again."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import quote, unquote

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from infragraph.local.dashboard.queues import QueueError
from infragraph.runtime.brokers.broker import BrokerError, DeadLetter
from infragraph.runtime.brokers.dead_letters import REDRIVE, read_letter
from infragraph.runtime.brokers.nats import NatsAddress, NatsBroker, dead_letter_stream, subject
from infragraph.runtime.envelope import PREFIX, Envelope, headers, read

_MESSAGE_ID = "Nats-Msg-Id"
_SECONDS = 2.0
_SAFE = " !\"#$&'()*+,/:;<=>?@[\\]^`{|}~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A message where it lies; `sequence` is its place in its stream."""

    sequence: int
    envelope: Envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLetter:
    """A dead letter where it lies."""

    sequence: int
    letter: DeadLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class Streams:
    """A connection to the run's server; `topic` is a topic's name, which its stream has too."""

    client: Client
    broker: NatsBroker

    async def messages(self, topic: str, before: int, count: int) -> list[Stored]:
        """The newest first; `before` is a sequence, 0 for the end of the stream."""
        return [
            Stored(
                sequence=message.seq,
                envelope=read(
                    _plain(message.headers),
                    message.data or b"",
                    otherwise_id=f"{topic}-{message.seq}",
                    otherwise_at=message.time,
                ),
            )
            for message in await self._newest(topic, before, count)
        ]

    async def letters(self, topic: str, subscription: str) -> list[StoredLetter]:
        """All dead letters of a subscription, the newest first, up to a few hundred."""
        stream = dead_letter_stream(topic, subscription)
        return [
            StoredLetter(
                sequence=message.seq,
                letter=read_letter(
                    _plain(message.headers),
                    message.data or b"",
                    otherwise_id=f"{stream}-{message.seq}",
                    otherwise_at=message.time,
                ),
            )
            for message in await self._newest(stream, 0, 300)
        ]

    async def counts(self, names: Sequence[str]) -> dict[str, int]:
        """How many messages the streams hold, by name; a stream that is not there holds none."""
        infos = await asyncio.gather(*(self._state(name) for name in names))
        return {
            name: 0 if state is None else state.messages
            for name, state in zip(names, infos, strict=True)
        }

    async def publish(self, topic: str, message: Envelope) -> None:
        """Returns once the server has confirmed it.

        Raises:
            QueueError: it has not.
        """
        written = {name: quote(it, safe=_SAFE) for name, it in headers(message).items()}
        # Not the message's id: what is sent again would be taken for a duplicate.
        written[_MESSAGE_ID] = secrets.token_hex(16)
        try:
            await self.broker.ensure_stream(topic)
            await self._jetstream().publish(
                subject(topic, message), message.body, headers=written, timeout=_SECONDS
            )
        except (NatsError, BrokerError, TimeoutError, OSError) as error:
            text = f"topic {topic!r} did not take the message: {str(error) or type(error).__name__}"
            raise QueueError(text) from error

    async def original(self, topic: str, subscription: str, sequence: int) -> bytes:
        """The body of a dead letter, as it is.

        Raises:
            QueueError: there is none.
        """
        return (await self._letter(topic, subscription, sequence)).letter.envelope.body

    async def redrive(
        self, topic: str, subscription: str, sequence: int, body: bytes | None
    ) -> Envelope:
        """Send a dead letter to its subscription again, changed or not; it is then no more.

        Raises:
            QueueError: there is none, or it was not taken; then it stays.
        """
        stream = dead_letter_stream(topic, subscription)
        original = (await self._letter(topic, subscription, sequence)).letter.envelope
        again = replace(
            original,
            body=original.body if body is None else body,
            attributes={**original.attributes, REDRIVE: subscription},
        )
        await self.publish(topic, again)
        # Killed here it is there twice, which at-least-once allows; the other order would lose it.
        await self._jetstream().delete_msg(stream, sequence)
        return again

    async def discard(self, topic: str, subscription: str, sequence: int) -> None:
        """Remove a dead letter for good.

        Raises:
            QueueError: there is none.
        """
        try:
            await self._jetstream().delete_msg(dead_letter_stream(topic, subscription), sequence)
        except (NatsError, TimeoutError) as error:
            message = f"there is no dead letter {sequence} of {subscription}"
            raise QueueError(message) from error

    async def _letter(self, topic: str, subscription: str, sequence: int) -> StoredLetter:
        for it in await self.letters(topic, subscription):
            if it.sequence == sequence:
                return it
        message = f"there is no dead letter {sequence} of {subscription}"
        raise QueueError(message)

    async def _newest(self, stream: str, before: int, count: int) -> list[Any]:
        state = await self._state(stream)
        if state is None or not state.messages:
            return []
        end = min(before or state.last_seq + 1, state.last_seq + 1)
        numbers = range(end - 1, max(state.first_seq, end - count) - 1, -1)
        found = await asyncio.gather(*(self._message(stream, number) for number in numbers))
        return [message for message in found if message is not None]

    async def _message(self, stream: str, sequence: int) -> Any:
        """None where it was removed."""
        try:
            return await self._jetstream().get_msg(stream, sequence)
        except (NatsError, TimeoutError):
            return None

    async def _state(self, stream: str) -> Any:
        try:
            return (await self._jetstream().stream_info(stream)).state
        except (NotFoundError, NatsError, TimeoutError):
            return None

    def _jetstream(self) -> Any:
        """The client's interface, whose types are partly unknown."""
        return cast("Any", self.client).jetstream(timeout=_SECONDS)


@asynccontextmanager
async def connected(servers: Sequence[str]) -> AsyncGenerator[Streams]:
    """A block in which the streams can be read."""
    client = Client()
    await cast("Any", client).connect(
        servers=list(servers), name="infragraph dashboard", max_reconnect_attempts=-1
    )
    broker = NatsBroker(
        NatsAddress(servers=tuple(servers), credentials=None, name="infragraph dashboard"), {}
    )
    try:
        await broker.open()
        yield Streams(client=client, broker=broker)
    finally:
        await broker.close()
        with contextlib.suppress(NatsError, TimeoutError):
            await client.close()


def _plain(written: Mapping[str, str] | None) -> dict[str, str]:
    """What is ours is percent-encoded; a foreign publisher's is as it is."""
    found = dict(written or {})
    found.pop(_MESSAGE_ID, None)
    if f"{PREFIX}source" not in found:
        return found
    return {name: unquote(value) for name, value in found.items()}
