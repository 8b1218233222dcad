"""Verbs reach whatever carries the process; without it they say so."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

import infragraph
from infragraph import Bucket, Secret, Service, SQLDatabase, Topic
from infragraph.sdk.slot import SLOT, NotRunningError
from tests.sdk.fake_environment import Asked, FakeEnvironment

topic = Topic[str]("signups")
db = SQLDatabase("users")
bucket = Bucket("avatars")
secret = Secret("KEY")
users = Service("users")


@users.get("/double")
async def double(number: int) -> int:
    return 2 * number


@users.post("/halve")
def halve(number: int) -> int:
    return number // 2


@users.auth_handler
async def authenticate(request: str) -> str:
    return f"{request}!"


@pytest.fixture
def environment() -> Iterator[FakeEnvironment]:
    environment = FakeEnvironment()
    before = SLOT.fill(environment)
    yield environment
    assert SLOT.fill(before) is environment


@pytest.mark.parametrize(
    ("use", "what"),
    [
        (lambda: topic.publish("a"), "publishing to topic 'signups'"),
        (lambda: topic.publish_many(["a"]), "publishing to topic 'signups'"),
        (lambda: topic.publish_sync("a"), "publishing to topic 'signups'"),
        (lambda: db.execute("select 1"), "executing SQL on database 'users'"),
        (lambda: db.fetch("select 1"), "querying database 'users'"),
        (lambda: db.fetch_one("select 1"), "querying database 'users'"),
        (db.transaction, "a transaction on database 'users'"),
        (db.connect, "connecting to database 'users'"),
        (db.driver_connection, "connecting to database 'users'"),
        (lambda: db.url, "the URL of database 'users'"),
        (lambda: bucket.upload("k", b""), "uploading to bucket 'avatars'"),
        (lambda: bucket.download("k"), "downloading from bucket 'avatars'"),
        (lambda: bucket.delete("k"), "deleting from bucket 'avatars'"),
        (bucket.list, "listing bucket 'avatars'"),
        (lambda: bucket.exists("k"), "looking into bucket 'avatars'"),
        (lambda: bucket.signed_url("k"), "signing a URL of bucket 'avatars'"),
        (secret.get, "reading secret 'KEY'"),
        (authenticate.caller, "asking who is calling by an auth handler"),
    ],
)
def test_a_verb_without_an_environment_says_what_it_needs(
    use: Callable[[], Any], what: str
) -> None:
    with pytest.raises(NotRunningError) as raised:
        asyncio.run(_finished(use))

    assert str(raised.value).startswith(f"{what} needs a running environment, ")
    assert "`infragraph run`" in str(raised.value)


async def test_verbs_of_a_topic_reach_the_environment(environment: FakeEnvironment) -> None:
    later = datetime(2030, 1, 1, tzinfo=UTC)

    async with db.transaction() as tx:
        assert await topic.publish("a", outbox=tx, not_before=later) == "id-a"
    assert await topic.publish_many(iter(["a", "b"])) == ["id-a", "id-b"]
    assert topic.publish_sync("c") == "id-c"

    assert environment.asked == [
        Asked(db, "transaction", ()),
        Asked(topic, "publish", (("a",), tx, later)),
        Asked(topic, "publish", (("a", "b"), None, None)),
        Asked(topic, "publish_sync", ("c", None, None)),
    ]


async def test_verbs_of_a_database_reach_the_environment(environment: FakeEnvironment) -> None:
    assert await db.execute("delete from t where a = $1", 1) == 1
    assert await db.fetch("select $1", 2) == [{"n": 1}]
    assert await db.fetch_one("select 1") == {"n": 1}
    async with db.connect() as connection:
        await connection.execute("set x = 1")
    assert db.url == "postgresql://"
    await db.driver_connection()

    assert environment.asked == [
        Asked(db, "execute", ("delete from t where a = $1", 1)),
        Asked(db, "fetch", ("select $1", 2)),
        Asked(db, "fetch_one", ("select 1",)),
        Asked(db, "connect", ()),
        Asked(db, "execute", ("set x = 1",)),
        Asked(db, "url", ()),
        Asked(db, "driver_connection", ()),
    ]


async def test_verbs_of_a_bucket_reach_the_environment(environment: FakeEnvironment) -> None:
    await bucket.upload("k", b"data", content_type="text/plain")
    assert await bucket.download("k") == b"the object"
    await bucket.delete("k")
    assert [key async for key in bucket.list("a/")] == ["a/key"]
    assert await bucket.exists("k")
    assert await bucket.signed_url("k", method="PUT", expires="1m") == "https://"

    assert environment.asked == [
        Asked(bucket, "upload", ("k", b"data", "text/plain")),
        Asked(bucket, "download", ("k",)),
        Asked(bucket, "delete", ("k",)),
        Asked(bucket, "list", ("a/",)),
        Asked(bucket, "exists", ("k",)),
        Asked(bucket, "signed_url", ("k", "PUT", "1m")),
    ]


def test_secrets_and_callers_come_from_the_environment(environment: FakeEnvironment) -> None:
    assert secret.get() == "the value"
    assert authenticate.caller() == "the caller"
    assert environment.asked == [Asked(secret, "secret", ()), Asked(authenticate, "caller", ())]


async def test_without_an_environment_an_endpoint_is_its_function() -> None:
    assert await double(number=4) == 8
    assert halve(4) == 2
    assert await authenticate("ada") == "ada!"


def test_with_an_environment_an_endpoint_is_called_by_it(environment: FakeEnvironment) -> None:
    answers: list[object] = [halve(4), double(number=4)]

    assert answers == ["the answer", "the answer"]
    assert environment.asked == [
        Asked(halve, "call", ((4,), {})),
        Asked(double, "call", ((), {"number": 4})),
    ]


async def test_a_service_runs_within_its_block(environment: FakeEnvironment) -> None:
    async with infragraph.running("users", consume=True):
        environment.asked.append(Asked("the program", "works", ()))

    assert environment.asked == [
        Asked("users", "start", (True,)),
        Asked("the program", "works", ()),
        Asked("users", "stop", ()),
    ]


async def test_running_is_a_lifespan_that_can_be_used_again(environment: FakeEnvironment) -> None:
    lifespan = infragraph.running("users")

    for _ in range(2):
        async with lifespan(object()) as state:
            assert state is None

    assert [asked.verb for asked in environment.asked] == ["start", "stop", "start", "stop"]


async def test_an_error_within_the_block_stops_the_service_and_goes_on(
    environment: FakeEnvironment,
) -> None:
    with pytest.raises(KeyError):
        async with infragraph.running("users"):
            raise KeyError

    assert [asked.verb for asked in environment.asked] == ["start", "stop"]


async def _finished(use: Callable[[], Any]) -> None:
    result = use()
    if isinstance(result, Awaitable):
        await result
