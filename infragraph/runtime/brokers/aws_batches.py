"""What SQS is told of many messages by one request, without any of them waiting for others.

What comes up while requests are under way goes together in the next one: alone when there is
little to do, ten at a time when there is much.
"""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from infragraph.runtime.brokers.broker import BrokerError
from infragraph.runtime.clouds.aws import AwsError, AwsService

_BATCH = 10
_UNDER_WAY = 4

_Told = tuple[Mapping[str, object], asyncio.Future[None]]


class Batches:
    """One operation on one queue, such as DeleteMessageBatch."""

    def __init__(self, queues: AwsService, operation: str, queue: str) -> None:
        self._queues = queues
        self._operation = operation
        self._queue = queue
        self._waiting: deque[_Told] = deque()
        self._under_way: set[asyncio.Task[None]] = set()

    async def tell(self, entry: Mapping[str, object]) -> None:
        """Returns once SQS knows.

        Raises:
            BrokerError: it was not told, or refused.
        """
        loop = asyncio.get_running_loop()
        told: asyncio.Future[None] = loop.create_future()
        self._waiting.append((entry, told))
        loop.call_soon(self._start)
        await told

    def _start(self) -> None:
        while self._waiting and len(self._under_way) < _UNDER_WAY:
            batch = [self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))]
            task = asyncio.create_task(self._send(batch))
            self._under_way.add(task)
            task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._start()

    async def _send(self, batch: Sequence[_Told]) -> None:
        entries = [{"Id": str(number), **entry} for number, (entry, _) in enumerate(batch)]
        request = {"QueueUrl": self._queue, "Entries": entries}
        answer: Mapping[str, Any] = {}
        said = ""
        try:
            answer = await self._queues.call(self._operation, request)
        except AwsError as error:
            said = str(error)
        confirmed = {str(it["Id"]) for it in answer.get("Successful", ())}
        refused = {str(it["Id"]): f"{it['Code']}" for it in answer.get("Failed", ())}
        for number, (_, told) in enumerate(batch):
            if told.done():
                continue
            if str(number) in confirmed:
                told.set_result(None)
            else:
                why = refused.get(str(number), said)
                told.set_exception(BrokerError(f"SQS was not told of a message: {why}"))
