"""The outboxes of a test's databases, whose messages are published when the test's time says so."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from infragraph.runtime.brokers.broker import BrokerError
from infragraph.runtime.databases.outbox import OutboxWriter
from infragraph.runtime.databases.pool import Pool
from infragraph.runtime.databases.relay import Relay
from infragraph.runtime.envelope import Envelope
from infragraph.sdk.topic import Outbox

_NEXT = "select min(not_before) from infragraph.outbox"

Source = tuple[Pool, Relay]
"""A database with what publishes its outbox."""


@dataclass(slots=True, kw_only=True)
class Outboxes:
    """`sources` gives the databases that the test has used.

    Nothing is looked for before the first message is written. `is_failing` where what is due could
    not be published.
    """

    writer: OutboxWriter
    sources: Callable[[], Iterable[Source]]
    is_failing: bool = False
    _is_used: bool = field(default=False)

    async def write(
        self, outbox: Outbox, topic: str, messages: Sequence[Envelope], not_before: datetime | None
    ) -> None:
        self._is_used = True
        await self.writer.write(outbox, topic, messages, not_before)

    async def flush(self) -> bool:
        """Publish what is committed and due; gives whether anything was."""
        self.is_failing = False
        published = 0
        for pool, relay in self._used():
            async with pool.acquire() as connection:
                try:
                    while count := await relay.relay(connection):
                        published += count
                except BrokerError:
                    self.is_failing = True
        return published > 0

    async def next_due(self) -> float | None:
        """When the next message may be published, in seconds since the epoch."""
        found: list[float] = []
        for pool, _ in self._used():
            async with pool.acquire() as connection:
                due: datetime | None = await connection.fetchval(_NEXT)
                if due is not None:
                    found.append(due.timestamp())
        return min(found, default=None)

    def _used(self) -> Iterable[Source]:
        return self.sources() if self._is_used else ()
