"""Every use of the SDK that its typing contract accepts; checked by mypy and pyright, never run."""

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, assert_type
from uuid import UUID

import infragraph
from infragraph import (
    APIError,
    Attribute,
    AuthHandler,
    Bucket,
    Cookie,
    Endpoint,
    Header,
    Message,
    NotFound,
    Reject,
    Retry,
    RetryAfter,
    Row,
    Secret,
    Service,
    SQLDatabase,
    Topic,
    Transaction,
)


class Country(StrEnum):
    NL = "NL"
    BE = "BE"


@dataclass(frozen=True)
class Party:
    id: UUID


@dataclass(frozen=True)
class User(Party):
    email: str
    country: Attribute[str] = "NL"


class Renamed(Protocol):
    """A structural supertype of `User`."""

    @property
    def email(self) -> str: ...


@dataclass(frozen=True)
class Identity:
    user_id: str


users = Service("users")
emails = Service("emails")
signups = Topic[User]("signups", ordering_key="id", retention="7d", publishers=("users",))
changes = Topic[User | UUID]("changes", delivery="exactly-once", retention=timedelta(days=1))
db = SQLDatabase("users", migrations=None, shared_with=("emails",))
avatars = Bucket("avatars", public=True, versioned=True)
key = Secret("STRIPE_KEY")


# Endpoints keep their parameters and results, for `async def` and for `def`.


@users.get("/users/{id}", access="public", tags=("users",), timeout="5s", body_limit=1024)
async def get_user(
    id: UUID,  # noqa: A002
    *,
    full: bool = False,
    accept_language: Header[str] = "en",
    session: Cookie[str] | None = None,
) -> User:
    assert_type(accept_language, str)
    assert_type(session, str | None)
    if full:
        raise NotFound("no such user")
    return User(id, "a@example.com")


@users.post("/count", timeout=timedelta(seconds=5))
def count(words: list[str]) -> int:
    return len(words)


@users.raw("POST", "/stripe", access="public", name="stripe", body_limit="1MiB")
async def stripe(request: bytes) -> bytes:
    return request


async def calls_keep_their_types() -> None:
    assert_type(await get_user(UUID(int=1), full=True), User)
    assert_type(await get_user(id=UUID(int=1)), User)
    assert_type(count(["a"]), int)
    assert_type(await stripe(b""), bytes)
    as_function: Callable[[UUID], Awaitable[User]] = get_user
    assert_type(await as_function(UUID(int=1)), User)


def an_endpoint_can_be_named(endpoint: Endpoint[[list[str]], int]) -> int:
    return endpoint(["a"])


an_endpoint_can_be_named(count)


# Handlers take the payload, its `Message`, or a supertype of the payload.


@emails.subscribe(signups, "payload", retry=Retry(max_attempts=10, min_backoff="1s"))
async def takes_the_payload(user: User) -> None:
    if "@" not in user.email:
        raise Reject("no address")
    raise RetryAfter(1.5)


@emails.subscribe(signups, "message", filter={"country": ("NL", "BE")}, inbox=db)
async def takes_the_message(message: Message[User]) -> None:
    assert_type(message.body, User)
    assert_type(message.id, str)
    assert_type(message.attempt, int)
    assert_type(message.published_at, datetime)
    assert_type(message.attributes, Mapping[str, str])


@emails.subscribe(signups, "base", filter={"country": Country.NL})
async def takes_a_base_class(party: Party) -> None:
    assert_type(party.id, UUID)


@emails.subscribe(signups, "base-message", filter={"country": (Country.NL, "BE")})
async def takes_the_message_of_a_base_class(message: Message[Party]) -> None:
    assert_type(message.body, Party)


@emails.subscribe(signups, "protocol")
async def takes_a_protocol(renamed: Renamed) -> None:
    assert_type(renamed.email, str)


@emails.subscribe(signups, "union")
async def takes_a_wider_union(event: User | UUID) -> None:
    del event


@emails.subscribe(signups, "object", concurrency=1, ack_deadline=timedelta(minutes=1))
def takes_anything(event: object) -> None:
    del event


@emails.subscribe(changes, "changes", dead_letter=False, retention="1d")
async def takes_the_union(event: User | UUID) -> None:
    del event


@emails.subscribe(signups, "plain")
def takes_it_in_a_thread(user: User) -> str:
    return signups.publish_sync(user)


@emails.subscribe(signups, "default")
async def has_a_default(user: User, times: int = 1) -> None:
    del user, times


async def a_subscription_is_called_by_position() -> None:
    user = User(UUID(int=1), "a@example.com")
    await takes_the_payload(user)
    assert_type(takes_it_in_a_thread(user), str)


# A subscription or a cron on top of an endpoint leaves the endpoint as it is.


@users.subscribe(signups, "import")
@users.post("/import")
async def import_user(user: User) -> UUID:
    return user.id


@users.cron("check", every="1h")
@users.post("/check")
async def check() -> int:
    return 1


still_an_endpoint: Endpoint[[User], Coroutine[Any, Any, UUID]] = import_user


async def both_are_still_called() -> None:
    assert_type(await import_user(User(UUID(int=1), "")), UUID)
    assert_type(await check(), int)


# Crons and hooks come back unchanged.


@users.cron("purge", schedule="0 4 * * *", timezone="Europe/Amsterdam")
async def purge() -> None: ...


@users.cron("every", every=timedelta(hours=1))
def purge_in_a_thread() -> int:
    return 1


@users.on_startup
async def warm() -> None: ...


@users.on_shutdown
def close(*, force: bool = False) -> None:
    del force


assert_type(purge_in_a_thread(), int)
close(force=True)


# The caller has the type that the auth handler returns.


@users.auth_handler
async def authenticate(request: bytes) -> Identity:
    return Identity(request.decode())


async def who() -> str:
    assert_type(authenticate, AuthHandler[Identity])
    assert_type(await authenticate(b""), Identity)
    assert_type(authenticate.caller(), Identity)
    return authenticate.caller().user_id


async def asgi(scope: Any, receive: Any, send: Any) -> None:
    del scope, receive, send


users.mount("/admin", asgi)


# The verbs.


class OutsideConnection:
    """Has the form of a driver's connection."""

    async def execute(self, query: str, *args: object, pause: float = 0) -> str:
        del args, pause
        return query


async def publishing(outside: OutsideConnection) -> None:
    user = User(UUID(int=1), "a@example.com")
    assert_type(await signups.publish(user), str)
    assert_type(await signups.publish(user, outbox=outside), str)
    assert_type(await signups.publish_many(other for other in [user]), list[str])
    assert_type(await changes.publish(user.id), str)
    async with db.transaction() as tx:
        assert_type(tx, Transaction)
        assert_type(await tx.execute("update t set a = $1", 1), int)
        await signups.publish(user, outbox=tx, not_before=datetime.now(UTC))
        await signups.publish_many([user], outbox=tx)


async def querying() -> None:
    assert_type(await db.execute("delete from t where a = $1", 1), int)
    rows = await db.fetch("select * from t")
    assert_type(rows, list[Row])
    assert_type(rows[0], Mapping[str, Any])
    assert_type(await db.fetch_one("select 1"), Row | None)
    async with db.connect() as connection, connection.transaction() as tx:
        await tx.fetch("select 1")
    made_for_sqlalchemy: Callable[[], Awaitable[Any]] = db.driver_connection
    del made_for_sqlalchemy
    assert_type(db.url, str)


async def storing(stream: AsyncIterator[bytes]) -> None:
    await avatars.upload("a.png", b"", content_type="image/png")
    await avatars.upload("b.png", stream)
    assert_type(await avatars.download("a.png"), bytes)
    assert_type(await avatars.exists("a.png"), bool)
    assert_type(await avatars.signed_url("a.png", method="PUT", expires="15m"), str)
    assert_type([name async for name in avatars.list("a")], list[str])
    await avatars.delete("a.png")
    assert_type(key.get(), str)


async def carrying() -> None:
    block: AbstractAsyncContextManager[None] = infragraph.running("users", consume=True)
    lifespan: Callable[[object], AbstractAsyncContextManager[None]] = infragraph.running("users")
    async with block, lifespan(object()):
        pass


def catching(error: APIError) -> int:
    return error.status
