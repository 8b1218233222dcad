"""The relay: publishes what outboxes hold, in order per key, and forgets it once confirmed.

A message that cannot be published, such as one too large for the broker, waits by itself: it holds
up those of its key alone.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import asyncpg

from infragraph.runtime.brokers.broker import Broker
from infragraph.runtime.clock import Clock
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.databases.outbox import NOTIFICATION
from infragraph.runtime.databases.pool import Pool
from infragraph.runtime.envelope import Envelope

LOG = logging.getLogger("infragraph.outbox")

_FAULTS = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What passes: a database that is away."""

_BATCH = 100
_POLL_SECONDS = 1.0
_BROKEN_SECONDS = 2.0
_LONGEST_BROKEN = 60.0
_INBOX_KEPT = timedelta(days=32)
"""Longer than any broker keeps a message, so that no mark goes before its message's last copy."""

# The first of each key alone, and none that another relay is at: order holds with any number.
_DUE = """
select o.* from infragraph.outbox o
where o.not_before <= $1 and o.id <> all($3) and (o.ordering_key is null or not exists (
    select 1 from infragraph.outbox e
    where e.topic = o.topic and e.ordering_key = o.ordering_key and e.id < o.id
        and e.not_before <= $1
))
order by o.id limit $2 for update skip locked
"""
_DONE = "delete from infragraph.outbox where id = any($1)"
_FORGET = "delete from infragraph.inbox where handled_at < $1"


class Relay:
    """Works for one database until it is stopped; any number may work for the same one."""

    def __init__(
        self, pool: Pool, broker: Broker, configuration: Configuration, clock: Clock
    ) -> None:
        self._pool = pool
        self._broker = broker
        self._configuration = configuration
        self._clock = clock
        self._told = asyncio.Event()
        self._is_stopping = False
        self._held: dict[int, tuple[float, float]] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name=f"outbox of {self._pool.address.name}")

    async def stop(self, grace: float = 10.0) -> None:
        """What is being published is finished first, within `grace` seconds."""
        if self._task is None:
            return
        self._is_stopping = True
        self._told.set()
        await asyncio.wait((self._task,), timeout=grace)
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def relay(self, connection: Any) -> int:
        """Publish one batch, and give how many were published.

        Rows stay locked until the broker has confirmed, and stay if it does not.
        """
        async with connection.transaction():
            rows = await connection.fetch(_DUE, self._clock.now(), _BATCH, self._waiting())
            by_topic: dict[str, list[Any]] = {}
            for row in rows:
                by_topic.setdefault(row["topic"], []).append(row)
            done: list[int] = []
            for topic, group in by_topic.items():
                done += await self._published(topic, group)
            await connection.execute(_DONE, done)
        return len(done)

    async def _published(self, topic: str, rows: list[Any]) -> list[int]:
        """The ids of those that the broker confirmed.

        Where it does not confirm all, each is tried alone until one is refused: one after the
        other, the broker may be away, and to find that out takes it a while.
        """
        if await self._is_confirmed(topic, rows):
            return [row["id"] for row in rows]
        done: list[int] = []
        for row in rows if len(rows) > 1 else ():
            if not await self._is_confirmed(topic, [row]):
                break
            done.append(row["id"])
        return done

    async def _is_confirmed(self, topic: str, rows: list[Any]) -> bool:
        try:
            address = self._configuration.address(topic)
            await self._broker.publish(topic, address, [_envelope(row) for row in rows])
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, others flow
            if len(rows) == 1:
                self._hold(topic, rows[0], error)
            return False
        for row in rows:
            self._held.pop(row["id"], None)
        return True

    def _hold(self, topic: str, row: Any, error: Exception) -> None:
        _, before = self._held.get(row["id"], (0.0, _BROKEN_SECONDS / 2))
        seconds = min(before * 2, _LONGEST_BROKEN)
        self._held[row["id"]] = self._clock.now().timestamp() + seconds, seconds
        LOG.warning(
            "message %s of %s waits in the outbox of %s, and is tried again in %g s: %s",
            *(row["message_id"], topic, self._pool.address.name, seconds, error),
        )

    def _waiting(self) -> list[int]:
        """The rows that it is too soon to try again."""
        now = self._clock.now().timestamp()
        return [row for row, (due, _) in sorted(self._held.items()) if due > now]

    async def _run(self) -> None:
        while not self._is_stopping:
            try:
                await self._listen()
            except _FAULTS as error:
                LOG.warning("the outbox of %s waits: %s", self._pool.address.name, error)
                await self._wait(_BROKEN_SECONDS)
            except Exception:
                LOG.exception("the outbox of %s waits", self._pool.address.name)
                await self._wait(_BROKEN_SECONDS)

    async def _listen(self) -> None:
        connection = await self._pool.connect()
        try:
            await connection.add_listener(NOTIFICATION, self._tell)
            await connection.execute(_FORGET, self._clock.now() - _INBOX_KEPT)
            while not self._is_stopping:
                self._told.clear()
                while await self.relay(connection) and not self._is_stopping:
                    pass
                await self._wait(_POLL_SECONDS)
        finally:
            await connection.close()

    async def _wait(self, seconds: float) -> None:
        """Until something is to be done, or the time has passed."""
        if self._is_stopping:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._told.wait()

    def _tell(self, *_told: object) -> None:
        self._told.set()


def _envelope(row: Mapping[str, Any]) -> Envelope:
    return Envelope(
        id=row["message_id"],
        source=row["source"],
        type=row["type"],
        published_at=row["published_at"],
        body=row["body"],
        attributes=json.loads(row["attributes"]),
        schema=row["schema"],
        ordering_key=row["ordering_key"],
        traceparent=row["traceparent"],
    )
