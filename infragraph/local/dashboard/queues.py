"""What the dashboard does with messages, whichever broker the run has."""

from typing import Protocol

from infragraph.runtime.envelope import Envelope


class QueueError(Exception):
    """The broker did not do what it was asked."""


class Queues(Protocol):
    """`topic` is a topic's name, `subscription` an id; `sequence` is what a letter is shown by."""

    async def publish(self, topic: str, message: Envelope) -> None:
        """Returns once the broker has taken it.

        Raises:
            QueueError: it has not.
        """
        ...

    async def original(self, topic: str, subscription: str, sequence: int) -> bytes:
        """The body of a dead letter, as it is.

        Raises:
            QueueError: there is none.
        """
        ...

    async def redrive(
        self, topic: str, subscription: str, sequence: int, body: bytes | None
    ) -> Envelope:
        """Send a dead letter to its subscription again, changed or not; it is then no more.

        Raises:
            QueueError: there is none, or it was not taken; then it stays.
        """
        ...

    async def discard(self, topic: str, subscription: str, sequence: int) -> None:
        """Remove a dead letter for good.

        Raises:
            QueueError: there is none.
        """
        ...
