"""NATS JetStream: a stream a topic, a durable consumer a subscription.

An ordered topic has a fixed number of partitions, and an ordered subscription a consumer for each
that hands out one message at a time: JetStream orders a stream, and knows no keys.
"""

import asyncio
import contextlib
import json
import zlib
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import unquote

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js import api
from nats.js.errors import NotFoundError

from infragraph.runtime.brokers.broker import BrokerError, Channel, DeadLetter, Delivery, Features
from infragraph.runtime.brokers.dead_letters import ROOM, letter_headers
from infragraph.runtime.brokers.nats_publishing import MESSAGE_ID, Confirmed, Outgoing, encoded
from infragraph.runtime.envelope import PREFIX, Envelope, headers, read

PARTITIONS = 8
"""How many keys of an ordered subscription are at work at a time; it is part of the subjects."""

_FEATURES = Features(ordered=True, persistent=True, max_body=1 << 20)
_TRY_SECONDS = 2.0
_PULL_SECONDS = 5.0
_AGAIN_SECONDS = 0.25
_MAX_AGE_SECONDS = 7 * 86400.0
_DUPLICATE_SECONDS = 120.0
_IN_FLIGHT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class NatsAddress:
    """`servers` are tried in turn; `credentials` is a file, None where the server wants none."""

    servers: tuple[str, ...]
    credentials: str | None
    name: str


class NatsBroker:
    """Streams and consumers are made when they are first used, and left as they are when there."""

    def __init__(self, address: NatsAddress, topics: Mapping[str, str]) -> None:
        """`topics` are the streams' names by the ids of topics."""
        self._address = address
        self._topics = topics
        self._client = Client()
        self._confirmed = Confirmed(self._client)
        self._connections = 0
        self._known: set[str] = set()
        self._making = asyncio.Lock()

    @property
    def features(self) -> Features:
        return _FEATURES

    async def open(self) -> None:
        address = self._address
        try:
            await cast("Any", self._client).connect(
                servers=list(address.servers),
                name=address.name,
                user_credentials=address.credentials,
                max_reconnect_attempts=-1,
                reconnect_time_wait=_AGAIN_SECONDS,
                connect_timeout=2,
                # A server that says nothing is given up after 8 s.
                ping_interval=2,
                max_outstanding_pings=2,
                error_cb=_untold,
                reconnected_cb=self._connected_again,
            )
            await self._confirmed.open()
        except (NatsError, OSError) as error:
            places = ", ".join(map(_shown, address.servers))
            message = f"no NATS server answers at {places}: {error}"
            raise BrokerError(message) from error

    async def close(self) -> None:
        if not self._client.is_closed:
            with contextlib.suppress(NatsError, TimeoutError):
                await self._client.flush(1)
            # A server that is away is no reason not to end.
            with contextlib.suppress(OSError):
                await self._client.close()

    async def publish(
        self, topic: str, address: Mapping[str, object], messages: Sequence[Envelope]
    ) -> None:
        del address  # `topics` has it, for those who receive as well
        stream = self._topics[topic]
        await self.ensure_stream(stream)
        sent = [
            Outgoing(subject(stream, it), it.body, encoded(headers(it), it.id)) for it in messages
        ]
        await self._confirmed.send(sent, room=ROOM)

    async def receive(self, channel: Channel) -> AsyncIterator[Delivery]:
        queue: asyncio.Queue[Delivery] = asyncio.Queue()
        stream = self._topics[channel.topic]
        pulls = [
            asyncio.create_task(self._pull(channel, f"{stream}.{consumer}", _Places(limit), queue))
            for consumer, _, limit in _consumers(stream, channel)
        ]
        try:
            while True:
                yield await queue.get()
        finally:
            for task in pulls:
                task.cancel()
            await asyncio.gather(*pulls, return_exceptions=True)
            while not queue.empty():
                with contextlib.suppress(BrokerError):
                    await queue.get_nowait().retry(0)

    async def bury(self, channel: Channel, letter: DeadLetter) -> None:
        stream = dead_letter_stream(self._topics[channel.topic], channel.id)
        await self.ensure_stream(stream)
        written = encoded(letter_headers(letter), None)
        await self._confirmed.send([Outgoing(f"{stream}.0", letter.envelope.body, written)])

    async def ensure(self, channel: Channel) -> None:
        """Make a subscription: it gets what is published from now on.

        Raises:
            BrokerError: the server refused, or did not answer.
        """
        stream = self._topics[channel.topic]
        await self.ensure_stream(stream)
        for consumer, subject, limit in _consumers(stream, channel):
            await self._ensure_consumer(stream, consumer, subject, limit, channel)

    async def _pull(
        self, channel: Channel, consumer: str, places: "_Places", queue: asyncio.Queue[Delivery]
    ) -> None:
        """Asks for as many as are free, for as long as the process consumes."""
        while True:
            try:
                await self.ensure(channel)
                await self._session(consumer, places, queue)
            except (NatsError, BrokerError, TimeoutError, OSError):
                # The server is away, or a consumer has gone with its memory: both come back.
                await asyncio.sleep(_AGAIN_SECONDS)
            self._known.clear()

    async def _session(
        self, consumer: str, places: "_Places", queue: asyncio.Queue[Delivery]
    ) -> None:
        """Until the server has forgotten what it was asked for."""
        inbox = self._client.new_inbox()
        asked = _Asked(places, queue)
        connection = self._connections
        client = cast("Any", self._client)  # its types are partly unknown
        subscription = await client.subscribe(inbox, cb=asked.answered)
        try:
            while not asked.is_refused and connection == self._connections:
                places.changed.clear()
                free = places.take()
                if free:
                    request = json.dumps({"batch": free, "expires": int(_PULL_SECONDS * 1e9)})
                    asked.count += free
                    await self._client.publish(
                        f"$JS.API.CONSUMER.MSG.NEXT.{consumer}", request.encode(), reply=inbox
                    )
                try:
                    async with asyncio.timeout(_PULL_SECONDS + _TRY_SECONDS):
                        await places.changed.wait()
                except TimeoutError:
                    # Every request is answered in time, if only by saying that it has expired.
                    asked.is_refused = asked.count > 0
        finally:
            asked.is_closing = True
            # What the server sends until it knows that nobody listens any more is given back.
            with contextlib.suppress(NatsError, TimeoutError, OSError):
                await asyncio.wait_for(subscription.drain(), _TRY_SECONDS)
            places.give(asked.count)

    async def _connected_again(self) -> None:
        """The server knows nothing of what was asked before."""
        self._connections += 1

    def _jetstream(self) -> Any:
        """The client's interface, whose types are partly unknown."""
        return cast("Any", self._client).jetstream(timeout=_TRY_SECONDS)

    async def ensure_stream(self, stream: str) -> None:
        """Make a stream, where it is not there.

        Raises:
            BrokerError: the server refused, or did not answer.
        """
        if stream in self._known:
            return
        async with self._making:
            configuration = api.StreamConfig(
                name=stream,
                subjects=[f"{stream}.*"],
                storage=api.StorageType.FILE,
                retention=api.RetentionPolicy.LIMITS,
                max_age=_MAX_AGE_SECONDS,
                duplicate_window=_DUPLICATE_SECONDS,
            )
            try:
                try:
                    await self._jetstream().stream_info(stream)
                except NotFoundError:
                    await self._jetstream().add_stream(configuration)
            except (NatsError, TimeoutError, OSError) as error:
                message = f"stream {stream} cannot be made: {_said(error)}"
                raise BrokerError(message) from error
            self._known.add(stream)

    async def _ensure_consumer(
        self, stream: str, consumer: str, subject: str, limit: int, channel: Channel
    ) -> None:
        if consumer in self._known:
            return
        configuration = api.ConsumerConfig(
            durable_name=consumer,
            filter_subject=subject,
            deliver_policy=api.DeliverPolicy.NEW,
            ack_policy=api.AckPolicy.EXPLICIT,
            ack_wait=channel.ack_deadline,
            # Attempts are counted by the runtime: a worker that dies at the last one loses nothing.
            max_deliver=-1,
            max_ack_pending=1 if channel.ordered else max(_IN_FLIGHT, limit),
        )
        try:
            try:
                await self._jetstream().consumer_info(stream, consumer)
            except NotFoundError:
                await self._jetstream().add_consumer(stream, configuration)
        except (NatsError, TimeoutError, OSError) as error:
            message = f"consumer {consumer} cannot be made: {_said(error)}"
            raise BrokerError(message) from error
        self._known.add(consumer)


class _Places:
    """How many messages of a consumer may still be handed out; `changed` tells of more."""

    def __init__(self, limit: int) -> None:
        self._free = limit
        self.changed = asyncio.Event()

    def take(self) -> int:
        """All that are free."""
        taken, self._free = self._free, 0
        return taken

    def give(self, count: int) -> None:
        self._free += count
        self.changed.set()


class _Asked:
    """Requests that wait for messages; `count` are those that the server still owes."""

    def __init__(self, places: _Places, queue: asyncio.Queue[Delivery]) -> None:
        self._places = places
        self._queue = queue
        self.count = 0
        self.is_refused = False
        self.is_closing = False

    async def answered(self, message: Msg) -> None:
        # A message has a subject to acknowledge on; what the server says of a request has none.
        if not message.reply:
            self._said(message.headers or {})
            return
        self.count -= 1
        delivery = _Delivery(message, self._places)
        if self.is_closing:
            with contextlib.suppress(BrokerError):
                await delivery.retry(0)
        else:
            self._queue.put_nowait(delivery)

    def _said(self, said: Mapping[str, str]) -> None:
        match said.get("Status"):
            case "404" | "408":
                unused = min(self.count, int(said.get("Nats-Pending-Messages", self.count)))
                self.count -= unused
                self._places.give(unused)
            case "100":
                return
            case _:
                self.is_refused = True
                self._places.changed.set()


class _Delivery:
    """One attempt; its place is free once it is settled."""

    def __init__(self, message: Msg, places: _Places) -> None:
        self._message = message
        self._places = places
        self._is_settled = False
        metadata = message.metadata
        written = dict(message.headers or {})
        if written.pop(MESSAGE_ID, None) is not None and f"{PREFIX}source" in written:
            written = {name: unquote(value) for name, value in written.items()}
        self.attempt = metadata.num_delivered
        self.envelope = read(
            written,
            message.data,
            otherwise_id=f"{metadata.stream}-{metadata.sequence.stream}",
            otherwise_at=metadata.timestamp,
        )

    async def acknowledge(self) -> None:
        await self._settle(self._message.ack())

    async def retry(self, delay: float) -> None:
        # Without a delay JetStream hands it out at once, whatever the consumer's backoff.
        await self._settle(self._message.nak(delay if delay > 0 else None))

    async def extend(self) -> None:
        await _told(self._message.in_progress())

    async def _settle(self, telling: Awaitable[None]) -> None:
        try:
            await _told(telling)
        finally:
            if not self._is_settled:
                self._is_settled = True
                self._places.give(1)


async def _told(telling: Awaitable[None]) -> None:
    try:
        await telling
    except (NatsError, OSError) as error:
        message = f"the server was not told: {_said(error)}"
        raise BrokerError(message) from error


def dead_letter_stream(stream: str, subscription: str) -> str:
    """Where a subscription's dead letters lie; `subscription` is its id."""
    return f"{stream}-dlq-{subscription.rpartition('/')[2]}"


def subject(stream: str, envelope: Envelope) -> str:
    """By partition: every message of a key has the same one."""
    key = envelope.ordering_key
    return f"{stream}.{0 if key is None else zlib.crc32(key.encode()) % PARTITIONS}"


def _consumers(stream: str, channel: Channel) -> list[tuple[str, str, int]]:
    """Name, subject and limit of each consumer of a subscription."""
    name = channel.id.rpartition("/")[2]
    if not channel.ordered:
        return [(name, f"{stream}.*", channel.concurrency)]
    return [(f"{name}-{it}", f"{stream}.{it}", 1) for it in range(PARTITIONS)]


def _shown(server: str) -> str:
    """A server's address without a user, a password or a token."""
    scheme, separator, rest = server.rpartition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"


def _said(error: Exception) -> str:
    """Some of the client's errors have no text."""
    return str(error) or type(error).__name__


async def _untold(_error: Exception) -> None:
    """What goes wrong is told by whoever asked for something."""
