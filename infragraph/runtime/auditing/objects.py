"""Records as objects of a bucket, by date; none is ever written twice."""

import asyncio
import secrets
from collections.abc import AsyncIterable, Iterable, Sequence
from datetime import UTC
from typing import Protocol

from infragraph.runtime.auditing.records import AuditError, Record, line

_LARGEST = 1000


class Uploads(Protocol):
    """What of a bucket's store is needed: S3's, Google Cloud Storage's and a folder's have it."""

    async def upload(
        self, key: str, data: bytes | AsyncIterable[bytes], content_type: str | None
    ) -> None:
        """Store one object."""
        ...


class ObjectLog:
    """Whoever appends waits until the object is there; what comes meanwhile shares the next one."""

    def __init__(self, store: Uploads, prefix: str) -> None:
        self._store = store
        self._prefix = prefix
        self._waiting: list[tuple[Sequence[Record], asyncio.Future[None]]] = []
        self._turn = asyncio.Lock()

    async def append(self, records: Iterable[Record]) -> None:
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((tuple(records), kept))
        async with self._turn:
            if not kept.done():
                await self._store_next()
        await kept

    async def _store_next(self) -> None:
        """The first of those that wait, and what fits beside it."""
        batch: list[Record] = []
        told: list[asyncio.Future[None]] = []
        while self._waiting and (not batch or len(batch) + len(self._waiting[0][0]) <= _LARGEST):
            records, kept = self._waiting.pop(0)
            batch.extend(records)
            told.append(kept)
        try:
            await self._store.upload(
                self._key(batch[0]),
                b"".join(line(it) for it in batch),
                "application/x-ndjson",
            )
        except BaseException as error:
            # Whoever waits is told, whatever the store raised; the first of them raises it.
            for kept in told:
                if not kept.done():
                    kept.set_exception(AuditError(f"the audit record is not kept: {error}"))
                    kept.exception()
            if not isinstance(error, Exception):
                raise
            return
        for kept in told:
            if not kept.done():
                kept.set_result(None)

    def _key(self, first: Record) -> str:
        """Ordered by time, and no other process's."""
        time = first.time.astimezone(UTC)
        return f"{self._prefix}{time:%Y/%m/%d/%H%M%S.%f}-{secrets.token_hex(8)}.jsonl"
