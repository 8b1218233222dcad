"""All databases of a process: a pool for each service and database, made when first asked for."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from infragraph.runtime.attempts import Inbox
from infragraph.runtime.clock import Clock
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.context import service_at_work
from infragraph.runtime.databases.addresses import database_address
from infragraph.runtime.databases.driver import Driver
from infragraph.runtime.databases.inbox import inbox
from infragraph.runtime.databases.outbox import OutboxWriter
from infragraph.runtime.databases.pool import Password, Pool
from infragraph.runtime.tracing.spans import Spans
from infragraph.sdk.database import SQLDatabase
from infragraph.sdk.subscription import Subscription


@dataclass(slots=True, kw_only=True)
class Databases:
    """What carries the verbs of databases; `password` gives a password that is good now."""

    configuration: Configuration
    clock: Clock
    spans: Spans
    password: Password
    _pools: dict[tuple[str, str], Pool] = field(default_factory=dict[tuple[str, str], Pool])

    @property
    def outbox(self) -> OutboxWriter:
        """Writes messages with a transaction of any of them."""
        return OutboxWriter(self.clock)

    def driver(self, database: SQLDatabase) -> Driver:
        """The verbs of one, for whichever service is at work."""
        name = database.name
        return Driver(f"database:{name}", lambda: self.pool(name, service_at_work()), self.spans)

    def inbox(self, subscription: Subscription[Any]) -> Inbox | None:
        """A subscription's inbox, None where it has none."""
        if subscription.inbox is None:
            return None
        return inbox(f"database:{subscription.inbox.name}", self.driver(subscription.inbox))

    def pool(self, database: str, service: str) -> Pool:
        """The connections of one service to one database."""
        key = (database, service)
        if key not in self._pools:
            entry = self.configuration.address(f"database:{database}")
            address = database_address(entry, service)
            self._pools[key] = Pool(address, self.password, f"infragraph {service}")
        return self._pools[key]

    async def close(self) -> None:
        for pool in self._pools.values():
            await pool.close()


@asynccontextmanager
async def opened(databases: Databases) -> AsyncGenerator[Databases]:
    """A block at whose end every connection is closed."""
    try:
        yield databases
    finally:
        await databases.close()
