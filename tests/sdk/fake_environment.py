"""An environment that answers from memory, for tests of what reaches the slot."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Mapping, Sequence
    from datetime import datetime

    from infragraph import AuthHandler, Bucket, Endpoint, Row, Secret, SQLDatabase, Topic
    from infragraph.sdk.quantities import Duration
    from infragraph.sdk.topic import Outbox


class Asked(NamedTuple):
    """One request: of which declaration, for what, with which arguments."""

    of: object
    verb: str
    arguments: tuple[object, ...]


class FakeEnvironment:
    """Writes down every request, in order, and gives back something of the right type."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def publisher(self, topic: Topic[Any]) -> FakePublisher:
        return FakePublisher(topic, self.asked)

    def database(self, database: SQLDatabase) -> FakeDatabase:
        return FakeDatabase(database, self.asked)

    def object_store(self, bucket: Bucket) -> FakeStore:
        return FakeStore(bucket, self.asked)

    def secret(self, secret: Secret) -> str:
        self.asked.append(Asked(secret, "secret", ()))
        return "the value"

    def caller(self, handler: AuthHandler[Any]) -> str:
        self.asked.append(Asked(handler, "caller", ()))
        return "the caller"

    def call(
        self, endpoint: Endpoint[..., Any], arguments: tuple[Any, ...], keywords: Mapping[str, Any]
    ) -> str:
        self.asked.append(Asked(endpoint, "call", (arguments, dict(keywords))))
        return "the answer"

    @asynccontextmanager
    async def running(self, service: str, *, consume: bool) -> AsyncGenerator[None]:
        self.asked.append(Asked(service, "start", (consume,)))
        try:
            yield
        finally:
            self.asked.append(Asked(service, "stop", ()))


class FakePublisher:
    def __init__(self, topic: Topic[Any], asked: list[Asked]) -> None:
        self._topic = topic
        self._asked = asked

    async def publish(
        self, events: Sequence[object], outbox: Outbox | None, not_before: datetime | None
    ) -> list[str]:
        self._asked.append(Asked(self._topic, "publish", (tuple(events), outbox, not_before)))
        return [f"id-{event}" for event in events]

    def publish_sync(
        self, event: object, outbox: Outbox | None, not_before: datetime | None
    ) -> str:
        self._asked.append(Asked(self._topic, "publish_sync", (event, outbox, not_before)))
        return f"id-{event}"


class FakeDatabase:
    """A database whose connections and transactions are itself."""

    def __init__(self, database: SQLDatabase, asked: list[Asked]) -> None:
        self._database = database
        self._asked = asked

    async def execute(self, sql: str, *args: object) -> int:
        self._asked.append(Asked(self._database, "execute", (sql, *args)))
        return 1

    async def fetch(self, sql: str, *args: object) -> list[Row]:
        self._asked.append(Asked(self._database, "fetch", (sql, *args)))
        return [{"n": 1}]

    async def fetch_one(self, sql: str, *args: object) -> Row | None:
        self._asked.append(Asked(self._database, "fetch_one", (sql, *args)))
        return {"n": 1}

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[FakeDatabase]:
        self._asked.append(Asked(self._database, "transaction", ()))
        yield self

    @asynccontextmanager
    async def connect(self) -> AsyncGenerator[FakeDatabase]:
        self._asked.append(Asked(self._database, "connect", ()))
        yield self

    async def driver_connection(self) -> object:
        self._asked.append(Asked(self._database, "driver_connection", ()))
        return self

    def url(self) -> str:
        self._asked.append(Asked(self._database, "url", ()))
        return "postgresql://"


class FakeStore:
    def __init__(self, bucket: Bucket, asked: list[Asked]) -> None:
        self._bucket = bucket
        self._asked = asked

    async def upload(
        self, key: str, data: bytes | AsyncIterable[bytes], content_type: str | None
    ) -> None:
        self._asked.append(Asked(self._bucket, "upload", (key, data, content_type)))

    async def download(self, key: str) -> bytes:
        self._asked.append(Asked(self._bucket, "download", (key,)))
        return b"the object"

    async def delete(self, key: str) -> None:
        self._asked.append(Asked(self._bucket, "delete", (key,)))

    async def list(self, prefix: str) -> AsyncIterator[str]:
        self._asked.append(Asked(self._bucket, "list", (prefix,)))
        yield f"{prefix}key"

    async def exists(self, key: str) -> bool:
        self._asked.append(Asked(self._bucket, "exists", (key,)))
        return True

    async def signed_url(self, key: str, method: Literal["GET", "PUT"], expires: Duration) -> str:
        self._asked.append(Asked(self._bucket, "signed_url", (key, method, expires)))
        return "https://"
