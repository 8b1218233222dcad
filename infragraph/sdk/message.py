"""A delivered message, for handlers that want more than its payload."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

T_co = TypeVar("T_co", covariant=True)


class Message(Generic[T_co]):
    """A payload with what travelled beside it.

    A subscription's handler takes the payload itself, or this:

        @emails.subscribe(signups, "send-welcome-email")
        async def send_welcome_email(message: Message[User]) -> None:
            log.info("attempt %d of %s", message.attempt, message.id)
            await send(message.body.email)

    Attributes:
        id: what `publish` returned; the same in every attempt.
        attempt: 1 for the first delivery.
        published_at: when it was published, in UTC.
        attributes: the payload's fields typed `Attribute[...]`, as the broker carries them.
        body: the payload.
    """

    __slots__ = ("__orig_class__", "attempt", "attributes", "body", "id", "published_at")

    def __init__(
        self,
        *,
        id: str,  # noqa: A002 - the field's own name
        attempt: int,
        published_at: datetime,
        attributes: Mapping[str, str],
        body: T_co,
    ) -> None:
        self.id = id
        self.attempt = attempt
        self.published_at = published_at
        self.attributes = attributes
        self.body = body

    def __repr__(self) -> str:
        return f"Message(id={self.id!r}, attempt={self.attempt!r}, body={self.body!r})"
