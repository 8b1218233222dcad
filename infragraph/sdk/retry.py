"""How often, and how soon, a message is delivered again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infragraph.sdk.quantities import Duration


class Retry:
    """What happens to a message whose handler failed.

    The delay starts at `min_backoff` and grows with every attempt, up to `max_backoff`. After
    `max_attempts` deliveries, the first included, the message goes to the dead letters.

        @emails.subscribe(signups, "send-welcome-email", retry=Retry(max_attempts=10))
        async def send_welcome_email(user: User) -> None: ...

    Args:
        max_attempts: deliveries, the first included; at least 1.
        min_backoff: the delay before the second delivery, such as `"10s"`.
        max_backoff: the longest delay; not below `min_backoff`.
    """

    __slots__ = ("max_attempts", "max_backoff", "min_backoff")

    def __init__(
        self,
        *,
        max_attempts: int = 5,
        min_backoff: Duration = "10s",
        max_backoff: Duration = "10m",
    ) -> None:
        self.max_attempts = max_attempts
        self.min_backoff = min_backoff
        self.max_backoff = max_backoff

    def __repr__(self) -> str:
        return (
            f"Retry(max_attempts={self.max_attempts!r}, min_backoff={self.min_backoff!r}, "
            f"max_backoff={self.max_backoff!r})"
        )


DEFAULT_RETRY = Retry()
