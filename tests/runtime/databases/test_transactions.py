"""What statements, messages and attempts share, on a real PostgreSQL."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import asyncpg
import psycopg
import pytest
import sqlalchemy
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from infragraph.runtime.attempts import Attempts
from infragraph.runtime.brokers.broker import BrokerError, Channel
from infragraph.runtime.brokers.memory import MemoryBroker
from infragraph.runtime.configuration import Configuration
from infragraph.runtime.context import RUNNING, Running
from infragraph.runtime.databases.addresses import DatabaseAddress
from infragraph.runtime.databases.databases import Databases
from infragraph.runtime.databases.pool import static_password
from infragraph.runtime.databases.relay import Relay
from infragraph.runtime.databases.tables import TABLES
from infragraph.runtime.envelope import Envelope
from infragraph.runtime.tracing.spans import NoSpans
from infragraph.sdk.database import SQLDatabase
from tests.runtime.clocks import ManualClock
from tests.runtime.consuming_on_memory import CHANNEL, TOPIC

DB = SQLDatabase("shop")


@pytest.fixture
async def databases(address: DatabaseAddress) -> AsyncGenerator[Databases]:
    entry = {
        "host": address.host,
        "port": address.port,
        "name": address.name,
        "users": {"tests": address.user},
        "login": "password",
        "password": address.password,
    }
    made = Databases(
        configuration=Configuration(
            application="shop",
            environment="test",
            provider="memory",
            resources={"database:shop": entry, TOPIC: {}},
            settings={},
        ),
        clock=ManualClock(),
        spans=NoSpans(),
        password=static_password,
    )
    token = RUNNING.set(Running(service="tests"))
    await made.driver(DB).execute(TABLES)
    await made.driver(DB).execute("create table t (a int primary key)")
    yield made
    await made.close()
    RUNNING.reset(token)


def message(number: int, key: str | None = None) -> Envelope:
    return Envelope(
        id=f"{number}",
        source="service:tests",
        type="int",
        published_at=ManualClock().now(),
        body=b"\x00%d" % number,
        attributes={"country": "NL"},
        ordering_key=key,
        traceparent="00-1-2-01",
    )


async def test_statements_give_rows_and_counts(databases: Databases) -> None:
    db = databases.driver(DB)
    assert await db.execute("insert into t select generate_series(1, 3)") == 3
    assert await db.fetch("select a from t where a > $1 order by a", 1) == [{"a": 2}, {"a": 3}]
    assert await db.fetch_one("select a from t where a = $1", 9) is None
    connection = await db.driver_connection()
    assert isinstance(connection, asyncpg.Connection)
    await connection.close()


async def test_a_block_that_raises_leaves_nothing(databases: Databases) -> None:
    db = databases.driver(DB)

    async def insert_twice() -> None:
        async with db.transaction() as tx:
            await tx.execute("insert into t values (1)")
            await tx.execute("insert into t values (1)")

    with pytest.raises(asyncpg.UniqueViolationError):
        await insert_twice()
    assert await db.fetch("select a from t") == []


async def test_a_block_in_which_a_statement_failed_says_that_nothing_is_kept(
    databases: Databases,
) -> None:
    db = databases.driver(DB)

    async def insert_twice() -> None:
        async with db.transaction() as tx:
            await tx.execute("insert into t values (1)")
            with contextlib.suppress(asyncpg.UniqueViolationError):
                await tx.execute("insert into t values (1)")

    with pytest.raises(asyncpg.InFailedSQLTransactionError, match="nothing is kept"):
        await insert_twice()
    assert await db.fetch("select a from t") == []


async def test_a_transaction_within_another_fails_alone(databases: Databases) -> None:
    db = databases.driver(DB)
    async with db.transaction() as tx:
        await tx.execute("insert into t values (1)")
        with contextlib.suppress(asyncpg.UniqueViolationError):
            async with tx.transaction() as within:
                await within.execute("insert into t values (2)")
                await within.execute("insert into t values (1)")
        async with tx.transaction() as within, within.transaction() as deeper:
            await deeper.execute("insert into t values (3)")
    assert await db.fetch("select a from t order by a") == [{"a": 1}, {"a": 3}]


@asynccontextmanager
async def relayed(databases: Databases) -> AsyncGenerator[MemoryBroker]:
    broker = MemoryBroker(databases.clock)
    await broker.open()
    relay = Relay(databases.pool("shop", "tests"), broker, databases.configuration, databases.clock)
    relay.start()
    yield broker
    await relay.stop()


async def until(happens: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not happens():  # noqa: ASYNC110 - nobody tells a test
            await asyncio.sleep(0.01)


async def test_a_message_is_published_if_and_only_if_its_transaction_commits(
    databases: Databases,
) -> None:
    db = databases.driver(DB)
    async with relayed(databases) as broker:
        with contextlib.suppress(RuntimeError):
            async with db.transaction() as tx:
                await databases.outbox.write(tx, TOPIC, [message(1)], None)
                raise RuntimeError
        async with db.transaction() as tx:
            await databases.outbox.write(tx, TOPIC, [message(2, "k"), message(3)], None)
        await until(lambda: len(broker.published.get(TOPIC, ())) == 2)
        assert broker.published[TOPIC] == [message(2, "k"), message(3)]
        await until_empty(databases)


async def until_empty(databases: Databases) -> None:
    db = databases.driver(DB)
    async with asyncio.timeout(10):
        while await db.fetch("select 1 from infragraph.outbox"):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)


async def test_a_message_for_later_waits_in_the_outbox(databases: Databases) -> None:
    clock = databases.clock
    assert isinstance(clock, ManualClock)
    async with databases.driver(DB).transaction() as tx:
        later = clock.now() + timedelta(hours=1)
        await databases.outbox.write(tx, TOPIC, [message(1)], later)
        await databases.outbox.write(tx, TOPIC, [message(2)], None)
    async with relayed(databases) as broker:
        await until(lambda: TOPIC in broker.published)
        assert [it.id for it in broker.published[TOPIC]] == ["2"]
        await clock.advance(3601)
        await until(lambda: len(broker.published[TOPIC]) == 2)


async def test_a_key_keeps_its_order_with_several_relays(databases: Databases) -> None:
    db = databases.driver(DB)
    async with db.transaction() as tx:
        for number in range(60):
            await databases.outbox.write(tx, TOPIC, [message(number, f"k{number % 3}")], None)
    async with relayed(databases) as one, relayed(databases) as two:
        await until_empty(databases)
    for key in ("k0", "k1", "k2"):
        # Each relay's own messages are in order; which one published a message is chance.
        for broker in (one, two):
            ids = [int(it.id) for it in broker.published.get(TOPIC, ()) if it.ordering_key == key]
            assert ids == sorted(ids)
    total = len(one.published.get(TOPIC, ())) + len(two.published.get(TOPIC, ()))
    assert total == 60


async def test_a_message_that_cannot_be_published_holds_up_its_key_alone(
    databases: Databases, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = databases.clock
    assert isinstance(clock, ManualClock)
    async with databases.driver(DB).transaction() as tx:
        await databases.outbox.write(tx, TOPIC, [message(1), message(2, "k")], None)
        await databases.outbox.write(tx, "topic:gone", [message(3)], None)
        await databases.outbox.write(tx, TOPIC, [message(4, "k"), message(5, "other")], None)
    async with relayed(databases) as broker:
        publish = broker.publish

        async def refuse(topic: str, address: Any, messages: Sequence[Envelope]) -> None:
            if any(it.id == "2" for it in messages):
                text = "2 is too large"
                raise BrokerError(text)
            await publish(topic, address, messages)

        with monkeypatch.context() as changed:
            changed.setattr(broker, "publish", refuse)
            await until(lambda: {it.id for it in broker.published.get(TOPIC, ())} == {"1", "5"})
            await until(lambda: "has no topic:gone" in caplog.text)
        assert "message 2 of topic:numbers waits in the outbox" in caplog.text
        await clock.advance(3)
        await until(lambda: len(broker.published[TOPIC]) == 4)
    assert [it.id for it in broker.published[TOPIC] if it.ordering_key == "k"] == ["2", "4"]


Write = Callable[[Databases, DatabaseAddress], Awaitable[None]]


async def by_asyncpg(databases: Databases, address: DatabaseAddress) -> None:
    connection = await asyncpg.connect(address.url())
    async with connection.transaction():
        await databases.outbox.write(connection, TOPIC, [message(1)], None)
    await connection.close()


async def by_psycopg(databases: Databases, address: DatabaseAddress) -> None:
    async with await psycopg.AsyncConnection.connect(address.url()) as connection:
        await databases.outbox.write(connection, TOPIC, [message(1)], None)


async def by_psycopg_in_a_thread(databases: Databases, address: DatabaseAddress) -> None:
    with psycopg.connect(address.url()) as connection:
        await databases.outbox.write(connection, TOPIC, [message(1)], None)


async def by_sqlalchemy(databases: Databases, address: DatabaseAddress) -> None:
    engine = create_async_engine(address.url().replace("postgresql", "postgresql+asyncpg"))
    async with AsyncSession(engine) as session, session.begin():
        await databases.outbox.write(session, TOPIC, [message(1)], None)
    await engine.dispose()


async def by_sqlalchemy_in_a_thread(databases: Databases, address: DatabaseAddress) -> None:
    engine = sqlalchemy.create_engine(address.url().replace("postgresql", "postgresql+psycopg"))
    with Session(engine) as session, session.begin():
        await databases.outbox.write(session, TOPIC, [message(1)], None)
    engine.dispose()


@pytest.mark.parametrize(
    "write",
    [by_asyncpg, by_psycopg, by_psycopg_in_a_thread, by_sqlalchemy, by_sqlalchemy_in_a_thread],
)
async def test_an_outbox_may_be_a_transaction_of_others(
    databases: Databases, address: DatabaseAddress, write: Write
) -> None:
    await write(databases, address)
    async with relayed(databases) as broker:
        await until(lambda: TOPIC in broker.published)
        assert broker.published[TOPIC] == [message(1)]


async def test_what_is_no_transaction_is_refused(databases: Databases) -> None:
    nothing: Any = object()
    with pytest.raises(TypeError, match="object is no outbox: give a transaction of a database"):
        await databases.outbox.write(nothing, TOPIC, [message(1)], None)


class Delivered:
    def __init__(self, number: int) -> None:
        self.envelope = message(number)
        self.attempt = 1

    async def acknowledge(self) -> None:
        raise AssertionError

    async def retry(self, delay: float) -> None:
        raise AssertionError(delay)

    async def extend(self) -> None:
        raise AssertionError


async def test_with_an_inbox_a_message_takes_effect_once(databases: Databases) -> None:
    db = databases.driver(DB)
    inbox = databases.inbox(subscription())
    attempts = Attempts(service="tests", spans=NoSpans(), inbox=inbox)
    channel: Channel = CHANNEL

    async def handle(*, fails: bool) -> bool:
        async with attempts.handling(channel, Delivered(7)) as attempt:
            if not attempt.is_handled:
                await db.execute("insert into t select count(*) from t")
            if fails:
                raise RuntimeError
            return attempt.is_handled

    with pytest.raises(RuntimeError):
        await handle(fails=True)
    assert await db.fetch("select a from t") == []
    results = await asyncio.gather(*(handle(fails=False) for _ in range(5)))
    assert sorted(results) == [False, True, True, True, True]
    assert await db.fetch("select a from t") == [{"a": 0}]


async def test_an_effect_that_is_not_kept_is_no_success(databases: Databases) -> None:
    db = databases.driver(DB)
    attempts = Attempts(service="tests", spans=NoSpans(), inbox=databases.inbox(subscription()))
    await db.execute("insert into t values (1)")

    async def handle() -> bool:
        async with attempts.handling(CHANNEL, Delivered(7)) as attempt:
            with contextlib.suppress(asyncpg.UniqueViolationError):
                await db.execute("insert into t values (1)")
            return attempt.is_handled

    # Acknowledged it would be lost: the mark is gone with the effect.
    with pytest.raises(asyncpg.InFailedSQLTransactionError):
        await handle()
    assert await db.fetch("select 1 from infragraph.inbox") == []


def subscription() -> Any:
    class Declared:
        inbox = DB

    return Declared()
