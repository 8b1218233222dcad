"""What carries this process: the SDK's verbs, each handed to the part that acts."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

from infragraph.sdk.auth import AuthHandler
from infragraph.sdk.bucket import Bucket, ObjectStore
from infragraph.sdk.database import DatabaseDriver, SQLDatabase
from infragraph.sdk.endpoint import Endpoint
from infragraph.sdk.secret import Secret
from infragraph.sdk.topic import Publisher, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Fills the SDK's slot; each part makes what it carries when it is first asked for."""

    publishers: Callable[[Topic[Any]], Publisher]
    databases: Callable[[SQLDatabase], DatabaseDriver]
    object_stores: Callable[[Bucket], ObjectStore]
    secrets: Callable[[Secret], str]
    callers: Callable[[AuthHandler[Any]], Any]
    calls: Callable[[Endpoint[..., Any], tuple[Any, ...], Mapping[str, Any]], Any]
    blocks: Callable[[str, bool], AbstractAsyncContextManager[None]]
    _publishers: dict[str, Publisher] = field(default_factory=dict[str, Publisher])
    _databases: dict[str, DatabaseDriver] = field(default_factory=dict[str, DatabaseDriver])
    _stores: dict[str, ObjectStore] = field(default_factory=dict[str, ObjectStore])

    def publisher(self, topic: Topic[Any]) -> Publisher:
        if topic.name not in self._publishers:
            self._publishers[topic.name] = self.publishers(topic)
        return self._publishers[topic.name]

    def database(self, database: SQLDatabase) -> DatabaseDriver:
        if database.name not in self._databases:
            self._databases[database.name] = self.databases(database)
        return self._databases[database.name]

    def object_store(self, bucket: Bucket) -> ObjectStore:
        if bucket.name not in self._stores:
            self._stores[bucket.name] = self.object_stores(bucket)
        return self._stores[bucket.name]

    def secret(self, secret: Secret) -> str:
        return self.secrets(secret)

    def caller(self, handler: AuthHandler[Any]) -> Any:
        return self.callers(handler)

    def call(
        self, endpoint: Endpoint[..., Any], arguments: tuple[Any, ...], keywords: Mapping[str, Any]
    ) -> Any:
        return self.calls(endpoint, arguments, keywords)

    def running(self, service: str, *, consume: bool) -> AbstractAsyncContextManager[None]:
        return self.blocks(service, consume)
