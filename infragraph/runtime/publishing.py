"""A topic's verbs: payloads become envelopes, and a broker confirms them."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any, Protocol

from infragraph.runtime.brokers.broker import Broker
from infragraph.runtime.clock import Clock
from infragraph.runtime.codec import codec
from infragraph.runtime.context import service_at_work
from infragraph.runtime.envelope import Envelope
from infragraph.runtime.payload_types import attributes, field
from infragraph.runtime.tracing.spans import Spans
from infragraph.sdk.topic import Outbox, Topic


class OutboxWriter(Protocol):
    """Writes messages with a transaction, to be published once that commits."""

    async def write(
        self, outbox: Outbox, topic: str, messages: Sequence[Envelope], not_before: datetime | None
    ) -> None:
        """Write them with it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """What carries a topic's verbs; `loop` is where coroutines run."""

    topic: Topic[Any]
    address: Mapping[str, object]
    broker: Broker
    clock: Clock
    spans: Spans
    outbox: OutboxWriter
    loop: asyncio.AbstractEventLoop

    async def publish(
        self, events: Sequence[object], outbox: Outbox | None, not_before: datetime | None
    ) -> list[str]:
        _check(not_before, outbox)
        source = service_at_work()
        with self.spans.publishing(self.node, len(events)) as traceparent:
            messages = [self._envelope(event, source, traceparent) for event in events]
            await self._hand_over(messages, outbox, not_before)
        return [message.id for message in messages]

    def publish_sync(
        self, event: object, outbox: Outbox | None, not_before: datetime | None
    ) -> str:
        try:
            running = asyncio.get_running_loop()
        except RuntimeError:
            running = None
        if running is self.loop:
            message = (
                f"publish_sync on topic {self.topic.name!r} would block the event loop: "
                "await publish instead"
            )
            raise RuntimeError(message)
        waiting = asyncio.run_coroutine_threadsafe(
            self.publish((event,), outbox, not_before), self.loop
        )
        return waiting.result()[0]

    @property
    def node(self) -> str:
        """The topic's id in the graph."""
        return f"topic:{self.topic.name}"

    def _hand_over(
        self, messages: Sequence[Envelope], outbox: Outbox | None, not_before: datetime | None
    ) -> Awaitable[None]:
        if outbox is not None:
            return self.outbox.write(outbox, self.node, messages, not_before)
        return self.broker.publish(self.node, self.address, messages)

    def _envelope(self, event: object, source: str, traceparent: str | None) -> Envelope:
        payload = self.topic.payload_type
        used = codec(payload)
        key = self.topic.ordering_key
        return Envelope(
            id=token_hex(16),
            source=f"service:{source}",
            type=used.type_of(event),
            published_at=self.clock.now(),
            body=used.encode(event),
            attributes=attributes(payload, event),
            ordering_key=None if key is None else _key(self.topic, field(event, key)),
            traceparent=traceparent,
        )


def _check(not_before: datetime | None, outbox: Outbox | None) -> None:
    if not_before is None:
        return
    if outbox is None:
        message = "not_before needs an outbox, which holds the message until then"
        raise ValueError(message)
    if not_before.tzinfo is None:
        message = "not_before needs a time zone, such as datetime.now(UTC)"
        raise ValueError(message)


def _key(topic: Topic[Any], value: object) -> str:
    if value is None or value == "":
        message = f"topic {topic.name!r} is ordered by {topic.ordering_key!r}, which is empty here"
        raise ValueError(message)
    return str(value)
