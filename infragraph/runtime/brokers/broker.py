"""What every broker does for a running service.

A broker carries messages, and says what it does natively. Everything else (backoff, attempts,
filters, dead letters with their reason) is the consumer's, the same for every broker.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from infragraph.runtime.envelope import Envelope


class BrokerError(Exception):
    """The broker did not do what it was asked, such as to confirm a publish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What a broker gives by itself; what it lacks, the conformance suite skips visibly.

    `ordered`: messages with one key come one after the other. `persistent`: they outlive the
    broker's process. `replay`: a new subscription can read what was published before it.
    `max_delay`: the longest redelivery delay in seconds, None for any.
    `max_body`: the largest body in bytes, None for any. `native_dead_letter`: it gives up by itself
    what was handed out `max_attempts` times and not settled.
    """

    ordered: bool
    persistent: bool
    replay: bool = False
    native_filter: bool = False
    max_delay: float | None = None
    max_body: int | None = None
    native_dead_letter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A subscription as a broker sees it; `address` is its entry in the runtime configuration.

    `topic` and `id` are the graph's ids. `ack_deadline` and `max_backoff` are in seconds. `ordered`
    asks that a message is handed out only when the one before it with the same key is settled.
    `max_attempts` counts deliveries.
    """

    id: str
    topic: str
    address: Mapping[str, object]
    ack_deadline: float
    concurrency: int
    max_attempts: int
    max_backoff: float
    ordered: bool
    dead_letter: bool
    filter: Mapping[str, tuple[str, ...]]


class Delivery(Protocol):
    """One attempt at one message; it is settled exactly once, by `acknowledge` or by `retry`."""

    @property
    def envelope(self) -> Envelope:
        """The message."""
        ...

    @property
    def attempt(self) -> int:
        """1 for the first delivery, counted by the broker."""
        ...

    async def acknowledge(self) -> None:
        """The message is done with; the broker is told, and where it confirms that, it has."""
        ...

    async def retry(self, delay: float) -> None:
        """Hand the message out again, no sooner than in `delay` seconds."""
        ...

    async def extend(self) -> None:
        """The handler is at work: count the deadline from now."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A message that was given up; `subscription` is the graph's id."""

    envelope: Envelope
    subscription: str
    reason: str
    attempts: int


class Broker(Protocol):
    """A connection to a broker."""

    @property
    def features(self) -> Features:
        """What it gives by itself."""
        ...

    async def open(self) -> None:
        """Connect, and make what the broker lets us make (locally only)."""
        ...

    async def close(self) -> None:
        """Let go of everything; what was handed out and not settled comes again."""
        ...

    async def publish(
        self, topic: str, address: Mapping[str, object], messages: Sequence[Envelope]
    ) -> None:
        """Returns once the broker has confirmed every message.

        Raises:
            BrokerError: it has not confirmed all of them.
        """
        ...

    def receive(self, channel: Channel) -> AsyncIterator[Delivery]:
        """Deliveries as they come, at most `channel.concurrency` of them unsettled at a time.

        The iterator reconnects by itself; closing it (`aclose`) stops fetching and leaves what was
        handed out to be settled.
        """
        ...

    async def bury(self, channel: Channel, letter: DeadLetter) -> None:
        """Keep a dead letter; returns once the broker has confirmed that it does.

        Raises:
            BrokerError: it is not kept.
        """
        ...
