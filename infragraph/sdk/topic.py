"""Topics: named streams of one payload type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar

from infragraph.sdk.slot import SLOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from infragraph.sdk.quantities import Duration

T = TypeVar("T")


class Outbox(Protocol):
    """What a message can be written with, to be delivered once that commits.

    Our transaction, an asyncpg or psycopg connection, a SQLAlchemy session or connection.
    """

    @property
    def execute(self) -> Callable[..., object]:
        """How statements are run on it."""
        ...


class Publisher(Protocol):
    """What carries out a topic's verbs."""

    async def publish(
        self, events: Sequence[object], outbox: Outbox | None, not_before: datetime | None
    ) -> list[str]:
        """Publish messages and give their ids in the same order."""
        ...

    def publish_sync(
        self, event: object, outbox: Outbox | None, not_before: datetime | None
    ) -> str:
        """Publish one message from a thread and give its id."""
        ...


class Topic(Generic[T]):
    """A named stream of messages, all of the payload type `T`.

        @dataclass(frozen=True)
        class User:
            id: UUID
            email: str

        signups = Topic[User]("signups")

        await signups.publish(User(id, email))

    Every subscription gets a copy of every message. Delivery is at least once: a handler may see a
    message twice.

    Args:
        name: lower case words joined by hyphens, at most 40 characters.
        delivery: `"exactly-once"` asks the broker to drop what it has delivered before. It is a
            promise about delivery, never about effects.
        ordering_key: the name of a field of `T`; messages in which it has the same value arrive in
            the order in which they were published.
        retention: how long an undelivered message is kept, such as `"7d"`.
        audit: whether every message is also kept for good.
        external: whether another application or program owns it: it is never created, and its
            address comes from the environment.
        publishers: names of the services that may publish; `None` for all.
        subscribers: names of the services that may subscribe; `None` for all.
    """

    __slots__ = (
        "__orig_class__",  # without a place for it, `Topic[User]` would forget its `User`
        "audit",
        "delivery",
        "external",
        "name",
        "ordering_key",
        "publishers",
        "retention",
        "subscribers",
    )

    def __init__(
        self,
        name: str,
        *,
        delivery: Literal["at-least-once", "exactly-once"] = "at-least-once",
        ordering_key: str | None = None,
        retention: Duration = "7d",
        audit: bool = False,
        external: bool = False,
        publishers: tuple[str, ...] | None = None,
        subscribers: tuple[str, ...] | None = None,
    ) -> None:
        self.name = name
        self.delivery = delivery
        self.ordering_key = ordering_key
        self.retention = retention
        self.audit = audit
        self.external = external
        self.publishers = publishers
        self.subscribers = subscribers

    @property
    def payload_type(self) -> Any:
        """The payload's type: the `User` of `Topic[User]("signups")`.

        Raises:
            TypeError: the topic was declared without one.
        """
        declared_as = getattr(self, "__orig_class__", None)
        if declared_as is None:
            message = (
                f"topic {self.name!r} has no payload type: write Topic[Payload]({self.name!r})"
            )
            raise TypeError(message)
        return declared_as.__args__[0]

    async def publish(
        self, event: T, *, outbox: Outbox | None = None, not_before: datetime | None = None
    ) -> str:
        """Publish one message and give its id.

            async with db.transaction() as tx:
                await tx.execute("insert into users (id) values ($1)", user.id)
                await signups.publish(user, outbox=tx)

        Args:
            event: the payload.
            outbox: a transaction in which the message is written, to be delivered if and only if it
                commits: ours, an asyncpg or psycopg connection, or a SQLAlchemy session or
                connection. Without it the message goes to the broker at once.
            not_before: deliver no earlier than this (an aware `datetime`). The outbox holds the
                message until then, so it needs one.
        """
        (message_id,) = await self._publisher().publish((event,), outbox, not_before)
        return message_id

    async def publish_many(self, events: Iterable[T], *, outbox: Outbox | None = None) -> list[str]:
        """Publish several messages in fewer steps, and give their ids in the same order.

        await signups.publish_many([User(1), User(2)])
        """
        return await self._publisher().publish(tuple(events), outbox, None)

    def publish_sync(
        self, event: T, *, outbox: Outbox | None = None, not_before: datetime | None = None
    ) -> str:
        """`publish` for handlers that are plain functions, which run in a thread.

        @users.post("/import")
        def import_users(request: Import) -> None:
            signups.publish_sync(User(request.id))
        """
        return self._publisher().publish_sync(event, outbox, not_before)

    def _publisher(self) -> Publisher:
        return SLOT.filled(f"publishing to topic {self.name!r}").publisher(self)

    def __repr__(self) -> str:
        return f"Topic({self.name!r})"
