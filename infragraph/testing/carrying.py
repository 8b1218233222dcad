"""What fills the SDK's slot in a test: the runtime's own parts, and what is told of their use."""

import asyncio
import inspect
from collections.abc import AsyncGenerator, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from infragraph.runtime.context import RUNNING
from infragraph.sdk.auth import AuthHandler
from infragraph.sdk.bucket import Bucket, ObjectStore
from infragraph.sdk.database import Connection, DatabaseDriver, Row, SQLDatabase, Transaction
from infragraph.sdk.endpoint import Endpoint
from infragraph.sdk.secret import Secret
from infragraph.sdk.slot import Environment
from infragraph.sdk.topic import Outbox, Publisher, Topic
from infragraph.testing.broker import WatchedBroker
from infragraph.testing.failures import Failures
from infragraph.testing.outboxes import Outboxes
from infragraph.testing.trace import Recorder


@dataclass(frozen=True, slots=True, kw_only=True)
class TestedEnvironment:
    """`carrying` is what the runtime fills the slot with."""

    carrying: Environment
    recorder: Recorder
    broker: WatchedBroker
    outboxes: Outboxes
    failures: Failures
    loop: asyncio.AbstractEventLoop

    def publisher(self, topic: Topic[Any]) -> Publisher:
        return _Publishing(self, topic, self.carrying.publisher(topic))

    def database(self, database: SQLDatabase) -> DatabaseDriver:
        return _Asking(self.carrying.database(database), self.outboxes)

    def object_store(self, bucket: Bucket) -> ObjectStore:
        return self.carrying.object_store(bucket)

    def secret(self, secret: Secret) -> str:
        return self.carrying.secret(secret)

    def caller(self, handler: AuthHandler[Any]) -> Any:
        return self.carrying.caller(handler)

    def call(
        self, endpoint: Endpoint[..., Any], arguments: tuple[Any, ...], keywords: Mapping[str, Any]
    ) -> Any:
        """As production calls in one process; at its end what was committed is published."""
        node = f"endpoint:{endpoint.service}/{endpoint.name}"
        if inspect.iscoroutinefunction(endpoint.handler):
            return self._called(node, endpoint, arguments, keywords)
        with self.recorder.step("call", node):
            self.failures.strike(node)
            return self.carrying.call(endpoint, arguments, keywords)

    async def _called(
        self,
        node: str,
        endpoint: Endpoint[..., Any],
        arguments: tuple[Any, ...],
        keywords: Mapping[str, Any],
    ) -> Any:
        is_outermost = RUNNING.get() is None
        with self.recorder.step("call", node):
            self.failures.strike(node)
            result = await self.carrying.call(endpoint, arguments, keywords)
        if is_outermost:
            await self.outboxes.flush()
        return result

    def running(self, service: str, *, consume: bool) -> AbstractAsyncContextManager[None]:
        """Every service is carried already, and what a program consumes is drained by the test."""
        del service, consume
        return nullcontext()


class _Publishing:
    """A topic's verbs, recorded with what is published."""

    def __init__(self, test: TestedEnvironment, topic: Topic[Any], carrying: Publisher) -> None:
        self._test = test
        self._topic = topic
        self._carrying = carrying

    async def publish(
        self, events: Sequence[object], outbox: Outbox | None, not_before: datetime | None
    ) -> list[str]:
        said = (", ".join(map(repr, events)) or "nothing") + (
            "" if outbox is None else ", by the outbox"
        )
        with self._test.recorder.step("publish", f"topic:{self._topic.name}", said):
            return await self._carrying.publish(events, outbox, not_before)

    def publish_sync(
        self, event: object, outbox: Outbox | None, not_before: datetime | None
    ) -> str:
        publishing = self.publish((event,), outbox, not_before)
        if _is_in(self._test.loop):
            with self._test.broker.deferring():
                return _at_once(publishing, self._topic)[0]
        return asyncio.run_coroutine_threadsafe(publishing, self._test.loop).result()[0]


class _Asking:
    """A database's verbs; what a transaction leaves in the outbox is published at its commit."""

    def __init__(self, carrying: DatabaseDriver, outboxes: Outboxes) -> None:
        self._carrying = carrying
        self._outboxes = outboxes

    async def execute(self, sql: str, *args: object) -> int:
        return await self._carrying.execute(sql, *args)

    async def fetch(self, sql: str, *args: object) -> list[Row]:
        return await self._carrying.fetch(sql, *args)

    async def fetch_one(self, sql: str, *args: object) -> Row | None:
        return await self._carrying.fetch_one(sql, *args)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Transaction]:
        async with self._carrying.transaction() as transaction:
            yield transaction
        await self._outboxes.flush()

    @asynccontextmanager
    async def connect(self) -> AsyncGenerator[Connection]:
        async with self._carrying.connect() as connection:
            yield connection
        await self._outboxes.flush()

    async def driver_connection(self) -> Any:
        return await self._carrying.driver_connection()

    def url(self) -> str:
        return self._carrying.url()


def _is_in(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether this is the loop's own thread."""
    try:
        return asyncio.get_running_loop() is loop
    except RuntimeError:
        return False


def _at_once(publishing: Coroutine[Any, Any, list[str]], topic: Topic[Any]) -> list[str]:
    """A plain function that a test calls runs in the loop's thread, where nothing can be awaited.

    An outbox would be: its database answers later.
    """
    try:
        publishing.send(None)
    except StopIteration as done:
        found: list[str] = done.value
        return found
    publishing.close()
    message = (
        f"publish_sync on topic {topic.name!r} would block the event loop: call the plain function "
        "from a thread, such as by anyio.to_thread.run_sync"
    )
    raise RuntimeError(message)
