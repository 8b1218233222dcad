"""NSQ as a broker: a topic a topic, a channel a subscription, made by whoever first uses them.

NSQ has no order, no headers and no dead letters of its own, and what an nsqd holds in memory ends
with it when it is killed.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ssl import SSLContext, SSLError, create_default_context
from typing import Any

from infragraph.runtime.brokers.broker import BrokerError, Channel, DeadLetter, Delivery, Features
from infragraph.runtime.brokers.dead_letters import REDRIVE, ROOM, letter_headers
from infragraph.runtime.brokers.nsq.carrying import Carrying
from infragraph.runtime.brokers.nsq.connection import LostError, Settings, connect
from infragraph.runtime.brokers.nsq.discovery import nsqds
from infragraph.runtime.brokers.nsq.envelopes import unwrapped, wrapped
from infragraph.runtime.brokers.nsq.frames import Message, NsqError, about, command
from infragraph.runtime.brokers.nsq.publisher import Publisher
from infragraph.runtime.brokers.nsq.subscriber import Handed, Subscriber
from infragraph.runtime.clock import Clock
from infragraph.runtime.configuration import ConfigurationError
from infragraph.runtime.envelope import Envelope, headers, read

LOG = logging.getLogger("infragraph.nsq")

# nsqd's own limits unless it is started with others: https://nsq.io/components/nsqd.html (read
# 2026-11-25)
_LARGEST = 1 << 20
_LONGEST_DELAY = 3600.0
_LONGEST_DEADLINE = 900.0
_LONGEST_NAME = 64
_ENDING_SECONDS = 2.0
_DIGITS = 10
_DELIVERIES = "infragraph-deliveries"
"""The header of a message that was put back: how often it was handed out before that."""

_FEATURES = Features(ordered=False, persistent=True, max_delay=_LONGEST_DELAY, max_body=_LARGEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class NsqAddress:
    """`nsqd` is published to; it alone is consumed from where there is no `nsqlookupd`."""

    nsqd: str
    nsqlookupd: tuple[str, ...]
    name: str
    tls: SSLContext | None = None
    auth_secret: str | None = None


@dataclass(slots=True)
class _Held:
    """A message that is due after more than nsqd holds it back; `extra` are deliveries before."""

    due: datetime
    extra: int


_Key = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class _Later:
    """What is held back for more than an hour, which this process alone knows.

    `carrying` has what waits for less, `put_back` takes what nsqd may have lost.
    """

    clock: Clock
    held: dict[_Key, _Held]
    carrying: Carrying
    put_back: Callable[[Handed], Awaitable[None]]


class NsqBroker:
    """Topics' names are in their addresses; those of channels follow from subscriptions."""

    def __init__(self, address: NsqAddress, topics: Mapping[str, str], clock: Clock) -> None:
        """`topics` are the names by the ids of topics."""
        self._clock = clock
        self._address = address
        self._topics = topics
        self._publisher = Publisher(address.nsqd, self._settings(None))
        self._subscribers: list[Subscriber] = []

    @property
    def features(self) -> Features:
        return _FEATURES

    async def open(self) -> None:
        await self._publisher.open()

    async def close(self) -> None:
        await asyncio.gather(*(it.close() for it in self._subscribers))
        self._subscribers.clear()
        await self._publisher.close()

    async def publish(
        self, topic: str, address: Mapping[str, object], messages: Sequence[Envelope]
    ) -> None:
        del address  # `topics` has it, for those who receive as well
        bodies = [_fitting(topic, wrapped(headers(it), it.body)) for it in messages]
        await self._publisher.publish(self._topics[topic], bodies)

    async def receive(self, channel: Channel) -> AsyncIterator[Delivery]:
        topic = self._topics[channel.topic]
        if channel.ordered:
            LOG.warning("%s: NSQ keeps no order, and its topic asks for one", channel.id)
        lookups = self._address.nsqlookupd

        async def look() -> frozenset[str]:
            return await nsqds(lookups, topic) if lookups else frozenset({self._address.nsqd})

        settings = self._settings(channel.ack_deadline)
        subscriber = Subscriber(
            look, settings, topic, channel_name(channel.id), channel.concurrency
        )
        self._subscribers.append(subscriber)
        putting: set[asyncio.Task[None]] = set()

        async def put_back(handed: Handed) -> None:
            try:
                # A process that ends does not wait for long.
                async with asyncio.timeout(_ENDING_SECONDS if subscriber.is_stopping else None):
                    await self._put_back(channel, handed)
            except (BrokerError, TimeoutError) as error:
                LOG.warning("%s: a message is lost unless nsqd has it: %s", channel.id, error)

        def put_back_soon(handed: Handed) -> None:
            task = asyncio.create_task(put_back(handed))
            putting.add(task)
            task.add_done_callback(putting.discard)

        carrying = Carrying(put_back_soon)
        later = _Later(self._clock, {}, carrying, put_back)
        subscriber.start()
        try:
            while True:
                handed = await subscriber.next()
                carrying.forget(handed)
                delivery = _Delivery(handed, subscriber, later)
                if not await delivery.is_held_back():
                    yield delivery
        finally:
            await subscriber.stop()
            for left in [*carrying.stop(), *subscriber.left]:
                put_back_soon(left)
            await asyncio.gather(*putting)

    async def bury(self, channel: Channel, letter: DeadLetter) -> None:
        topic = dead_letter_topic(self._topics[channel.topic], channel.id)
        body = wrapped(letter_headers(letter), letter.envelope.body)
        await self._publisher.publish(topic, [body])

    async def ensure(self, channel: Channel) -> None:
        """Make a subscription at the nsqd: it gets what is published from now on.

        Raises:
            BrokerError: nsqd refused, or did not answer.
        """
        try:
            connection = await connect(self._address.nsqd, self._settings(None), _unheard)
            name = channel_name(channel.id)
            await connection.ask(command("SUB", self._topics[channel.topic], name))
            await connection.close()
        except (LostError, NsqError) as error:
            raise BrokerError(str(error)) from error

    async def _put_back(self, channel: Channel, handed: Handed) -> None:
        """Publish what its nsqd may have lost, for one subscription and with its attempts."""
        written, body = unwrapped(handed.message.body)
        before = _deliveries(written) + handed.message.attempts
        again = wrapped({**written, REDRIVE: channel.id, _DELIVERIES: str(before)}, body)
        await self._publisher.publish(self._topics[channel.topic], [again])

    def _settings(self, deadline: float | None) -> Settings:
        return Settings(
            name=self._address.name,
            tls=self._address.tls,
            auth_secret=self._address.auth_secret,
            deadline=None if deadline is None else min(deadline, _LONGEST_DEADLINE),
        )


class _Delivery:
    """One attempt; nsqd confirms nothing of it, and says so when it came too late."""

    def __init__(self, handed: Handed, subscriber: Subscriber, later: _Later) -> None:
        self._handed = handed
        self._subscriber = subscriber
        self._later = later
        self._is_settled = False
        self._key = (handed.address, handed.message.id)
        held = later.held.get(self._key)
        message = handed.message
        written, body = unwrapped(message.body)
        self.attempt = message.attempts - (0 if held is None else held.extra)
        self._before = _deliveries(written)
        self.attempt += self._before
        written.pop(_DELIVERIES, None)
        self.envelope = read(
            written,
            body,
            otherwise_id=message.id.decode(errors="replace"),
            otherwise_at=datetime.fromtimestamp(message.timestamp / 1e9, UTC),
        )

    async def acknowledge(self) -> None:
        self._later.held.pop(self._key, None)
        await self._settle(about("FIN", self._handed.message.id))

    async def retry(self, delay: float) -> None:
        self._later.held.pop(self._key, None)
        if delay > _LONGEST_DELAY:
            # nsqd holds it back for an hour at a time: this process knows for how long in all.
            due = self._later.clock.now() + timedelta(seconds=delay)
            extra = self._before + self._handed.message.attempts - self.attempt
            self._later.held[self._key] = _Held(due, extra)
        await self._requeue(delay)

    async def extend(self) -> None:
        await self._tell(about("TOUCH", self._handed.message.id))

    async def is_held_back(self) -> bool:
        """Whether it came before its time, and was put back."""
        held = self._later.held.get(self._key)
        if held is None:
            return False
        left = (held.due - self._later.clock.now()).total_seconds()
        if left <= 0:
            del self._later.held[self._key]
            return False
        held.extra += 1
        await self._requeue(left)
        return True

    async def _requeue(self, delay: float) -> None:
        if self._handed.is_lost:
            await self._later.put_back(self._handed)
            self._done()
            return
        self._later.carrying.keep(self._handed, delay)
        milliseconds = int(min(max(delay, 0), _LONGEST_DELAY) * 1000)
        await self._settle(about("REQ", self._handed.message.id, str(milliseconds)))

    async def _settle(self, sent: bytes) -> None:
        try:
            await self._tell(sent)
        finally:
            self._done()

    def _done(self) -> None:
        if not self._is_settled:
            self._is_settled = True
            self._subscriber.settled()

    async def _tell(self, sent: bytes) -> None:
        try:
            self._handed.connection.tell(sent)
            await self._handed.connection.drained()
        except LostError as error:
            message = f"nsqd was not told: {error}"
            raise BrokerError(message) from error


def nsq_address(said: Mapping[str, Any], name: str) -> NsqAddress:
    """The entry `broker` of a runtime configuration.

    Raises:
        ConfigurationError: a file of certificates cannot be read.
    """
    tls = None
    if said.get("tls") or said.get("certificate_authority"):
        try:
            tls = create_default_context(cafile=said.get("certificate_authority"))
        except (OSError, SSLError) as error:
            message = f"the certificates {said['certificate_authority']} cannot be read: {error}"
            raise ConfigurationError(message) from error
    return NsqAddress(
        nsqd=str(said["nsqd"]),
        nsqlookupd=tuple(map(str, said.get("nsqlookupd", ()))),
        name=name,
        tls=tls,
        auth_secret=said.get("auth_secret"),
    )


def channel_name(subscription: str) -> str:
    """The channel of a subscription, whose id is given."""
    return subscription.rpartition("/")[2]


def dead_letter_topic(topic: str, subscription: str) -> str:
    """Where a subscription's dead letters lie; `subscription` is its id."""
    name = f"{topic}-dlq-{channel_name(subscription)}"
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[: _LONGEST_NAME - 9]}-{sha256(name.encode()).hexdigest()[:8]}"


def _deliveries(written: Mapping[str, str]) -> int:
    """How often a message that was put back was handed out before."""
    said = written.get(_DELIVERIES, "")
    return int(said) if said.isdecimal() and len(said) < _DIGITS else 0


def _fitting(topic: str, body: bytes) -> bytes:
    largest = _LARGEST - ROOM
    if len(body) > largest:
        message = f"a message of {topic} has {len(body)} bytes, and {largest} is the most"
        raise BrokerError(message)
    return body


def _unheard(_connection: object, _what: Message | NsqError) -> None:
    """Nothing was asked for."""
