"""Messages that are known by what services tell of them, on brokers that show none."""

import asyncio
import json
from dataclasses import dataclass, replace
from typing import Protocol

from infragraph.local.dashboard.queues import QueueError
from infragraph.local.telemetry.messages import MessageRecord
from infragraph.local.telemetry.store import Store
from infragraph.runtime.brokers.broker import BrokerError, DeadLetter
from infragraph.runtime.brokers.dead_letters import REDRIVE
from infragraph.runtime.envelope import Envelope


class Kept(Protocol):
    """Where messages go, and where dead letters lie as they are."""

    async def publish(self, topic: str, message: Envelope) -> None:
        """Raises BrokerError where it was not taken."""
        ...

    async def letter(self, topic: str, subscription: str, message: str) -> DeadLetter | None:
        """The dead letter of the message of that id; raises BrokerError."""
        ...

    async def remove(self, topic: str, subscription: str, message: str) -> None:
        """Take it away, where it is there; raises BrokerError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """`store` has what is shown, which is masked; `kept` has the messages themselves."""

    store: Store
    kept: Kept

    async def publish(self, topic: str, message: Envelope) -> None:
        try:
            await self.kept.publish(topic, message)
        except BrokerError as error:
            text = f"topic {topic!r} did not take the message: {error}"
            raise QueueError(text) from error
        record = MessageRecord(
            topic=f"topic:{topic}", subscription=None, envelope=message, reason="", attempts=0
        )
        await asyncio.to_thread(self.store.add_messages, [record])

    async def original(self, topic: str, subscription: str, sequence: int) -> bytes:
        return (await self._letter(topic, subscription, sequence)).envelope.body

    async def redrive(
        self, topic: str, subscription: str, sequence: int, body: bytes | None
    ) -> Envelope:
        original = (await self._letter(topic, subscription, sequence)).envelope
        again = replace(
            original,
            body=original.body if body is None else body,
            attributes={**original.attributes, REDRIVE: subscription},
        )
        await self.publish(topic, again)
        # Killed here it is there twice, which at-least-once allows; the other order would lose it.
        await self.discard(topic, subscription, sequence)
        return again

    async def discard(self, topic: str, subscription: str, sequence: int) -> None:
        message = await self._message(subscription, sequence)
        try:
            await self.kept.remove(topic, subscription, message)
        except BrokerError as error:
            raise QueueError(str(error)) from error
        await asyncio.to_thread(self.store.remove_message, sequence)

    async def _letter(self, topic: str, subscription: str, sequence: int) -> DeadLetter:
        message = await self._message(subscription, sequence)
        try:
            found = await self.kept.letter(topic, subscription, message)
        except BrokerError as error:
            raise QueueError(str(error)) from error
        if found is None:
            text = f"the broker has no dead letter {message} of {subscription} any more"
            raise QueueError(text)
        return found

    async def _message(self, subscription: str, sequence: int) -> str:
        """The id of a message that a service told of."""
        rows = await asyncio.to_thread(
            self.store.query,
            "select shown from messages where sequence = ? and subscription = ?",
            (sequence, subscription),
        )
        if not rows:
            text = f"there is no dead letter {sequence} of {subscription}"
            raise QueueError(text)
        return str(json.loads(rows[0]["shown"])["id"])
