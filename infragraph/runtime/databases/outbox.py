"""The outbox: messages are written with a transaction, to be published once that commits."""

import json
from collections.abc import Sequence
from datetime import datetime

from infragraph.runtime.clock import Clock
from infragraph.runtime.databases.outsiders import executor
from infragraph.runtime.envelope import Envelope
from infragraph.sdk.topic import Outbox

COLUMNS = (
    "topic",
    "message_id",
    "source",
    "type",
    "body",
    "attributes",
    "schema",
    "ordering_key",
    "traceparent",
    "published_at",
    "not_before",
)
NOTIFICATION = "infragraph_outbox"
"""The channel on which the relay is told of new messages, at their commit."""


class OutboxWriter:
    """Writes with whatever transaction the application has."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def write(
        self, outbox: Outbox, topic: str, messages: Sequence[Envelope], not_before: datetime | None
    ) -> None:
        execute = executor(outbox)
        due = not_before or self._clock.now()
        for message in messages:
            await execute(
                f"insert into infragraph.outbox ({', '.join(COLUMNS)})",
                _values(topic, message, due),
            )
        await execute(f"select pg_notify('{NOTIFICATION}', '')", ())


def _values(topic: str, message: Envelope, due: datetime) -> tuple[object, ...]:
    """In the order of `COLUMNS`."""
    return (
        topic,
        message.id,
        message.source,
        message.type,
        message.body,
        json.dumps(dict(message.attributes), sort_keys=True),
        message.schema,
        message.ordering_key,
        message.traceparent,
        message.published_at,
        due,
    )
