"""Uses of topics and subscriptions that are type errors."""

from collections.abc import Awaitable
from dataclasses import dataclass

from infragraph import Endpoint, Message, Retry, Service, Topic


@dataclass(frozen=True)
class User:
    email: str


class Admin(User):
    pass


users = Service("users")
signups = Topic[User]("signups")


async def publishing() -> None:
    await signups.publish("text")  # error: arg-type, reportArgumentType
    await signups.publish_many(["text"])  # error: list-item, reportArgumentType
    signups.publish_sync("text")  # error: arg-type, reportArgumentType
    await signups.publish(User("a"), outbox="db")  # error: arg-type, reportArgumentType
    await signups.publish(User("a"), not_before="now")  # error: arg-type, reportArgumentType
    number: int = await signups.publish(User("a"))  # error: assignment, reportAssignmentType
    del number


Topic[User]("other", delivery="once")  # error: arg-type, reportArgumentType
Topic[User]("other", publishers="users")  # error: arg-type, reportArgumentType
Topic[User]("other", "exactly-once")  # error: call-arg, reportCallIssue
Retry(5)  # error: call-arg, reportCallIssue


@users.subscribe(signups, "text")  # error: arg-type, reportArgumentType
async def takes_another_type(text: str) -> None: ...


@users.subscribe(signups, "sub")  # error: arg-type, reportArgumentType
async def takes_a_subclass(admin: Admin) -> None: ...


@users.subscribe(signups, "other-message")  # error: arg-type, reportArgumentType
async def takes_the_message_of_another_type(message: Message[str]) -> None: ...


@users.subscribe(signups, "none")  # error: arg-type, reportArgumentType
async def takes_nothing() -> None: ...


@users.subscribe(signups, "two")  # error: arg-type, reportArgumentType
async def takes_two(user: User, other: User) -> None: ...


@users.subscribe(signups, "keyword")  # error: arg-type, reportArgumentType
async def takes_it_by_keyword(*, user: User) -> None: ...


@users.subscribe(signups, "endpoint")  # error: arg-type, reportArgumentType
@users.post("/two")
async def endpoint_of_two(user: User, other: User) -> None: ...


@users.subscribe("signups", "named")  # error: arg-type, reportArgumentType
async def subscribes_to_a_name(user: User) -> None: ...


@users.subscribe(signups)  # error: call-arg, reportCallIssue
async def has_no_name(user: User) -> None: ...


@users.subscribe(signups, "retry", retry=5)  # error: arg-type, reportArgumentType
async def retries_a_number(user: User) -> None: ...


@users.subscribe(signups, "called")
async def called(user: User) -> None: ...


async def calls() -> None:
    await called("text")  # error: arg-type, reportArgumentType
    await called()  # error: call-arg, reportCallIssue


@users.subscribe(signups, "kept")
@users.post("/kept")
async def kept(user: User) -> int:
    return len(user.email)


wrong: Endpoint[[User], Awaitable[str]] = kept  # error: assignment, reportAssignmentType
