"""Where records are made: around the broker, and around each attempt at a message."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from infragraph.runtime.attempts import Inbox
from infragraph.runtime.auditing.records import (
    AuditError,
    AuditLog,
    attempted,
    given_up,
    published,
)
from infragraph.runtime.brokers.broker import (
    Broker,
    BrokerError,
    Channel,
    DeadLetter,
    Delivery,
    Features,
)
from infragraph.runtime.clock import Clock
from infragraph.runtime.envelope import Envelope
from infragraph.sdk.subscription import Subscription

Inboxes = Callable[[Subscription[Any]], Inbox | None]
"""What gives a subscription its inbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Auditing:
    """`topics` are the ids of those whose messages are recorded."""

    log: AuditLog
    topics: frozenset[str]
    clock: Clock

    def broker(self, carrying: Broker) -> Broker:
        """The same broker, whose messages are recorded."""
        return _AuditedBroker(self, carrying)

    def inboxes(self, given: Inboxes) -> Inboxes:
        """What each attempt at a message runs within: its inbox, and a record around it."""

        def audited(subscription: Subscription[Any]) -> Inbox | None:
            inbox = given(subscription)
            if f"topic:{subscription.topic.name}" not in self.topics:
                return inbox
            return self._around(inbox)

        return audited

    def _around(self, inbox: Inbox | None) -> Inbox:
        @asynccontextmanager
        async def handling(channel: Channel, delivery: Delivery) -> AsyncGenerator[bool]:
            try:
                if inbox is None:
                    yield False
                else:
                    async with inbox(channel, delivery) as is_handled:
                        yield is_handled
            except Exception as failure:
                await self.log.append([attempted(channel, delivery, self.clock.now(), failure)])
                raise
            # Not acknowledged yet: a record that is not kept makes the message come again.
            await self.log.append([attempted(channel, delivery, self.clock.now(), None)])

        return handling


class _AuditedBroker:
    """A message is recorded first: the record lacks none that a broker has.

    It may hold one that the broker then refused.
    """

    def __init__(self, auditing: Auditing, carrying: Broker) -> None:
        self._auditing = auditing
        self._carrying = carrying

    @property
    def features(self) -> Features:
        return self._carrying.features

    async def open(self) -> None:
        await self._carrying.open()

    async def close(self) -> None:
        await self._carrying.close()

    async def publish(
        self, topic: str, address: Mapping[str, object], messages: Sequence[Envelope]
    ) -> None:
        auditing = self._auditing
        if topic in auditing.topics:
            now = auditing.clock.now()
            try:
                await auditing.log.append([published(topic, it, now) for it in messages])
            except AuditError as error:
                message = f"nothing is published to {topic}: {error}"
                raise BrokerError(message) from error
        await self._carrying.publish(topic, address, messages)

    def receive(self, channel: Channel) -> AsyncIterator[Delivery]:
        return self._carrying.receive(channel)

    async def bury(self, channel: Channel, letter: DeadLetter) -> None:
        auditing = self._auditing
        if channel.topic in auditing.topics:
            record = given_up(channel, letter, auditing.clock.now())
            try:
                await auditing.log.append([record])
            except AuditError as error:
                message = f"{channel.id} gives nothing up: {error}"
                raise BrokerError(message) from error
        await self._carrying.bury(channel, letter)
