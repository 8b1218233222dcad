"""A subscription at work: each delivery is decoded, handled, and settled.

The order of steps is what no message is lost by: a message is acknowledged only after its handler
returned, or after its dead letter is kept.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol, cast

from infragraph.runtime.backoff import delay
from infragraph.runtime.brokers.broker import Broker, BrokerError, Channel, DeadLetter, Delivery
from infragraph.runtime.brokers.dead_letters import REDRIVE
from infragraph.runtime.clock import Clock
from infragraph.runtime.codec import Codec, DecodeError
from infragraph.sdk.errors import Reject, RetryAfter
from infragraph.sdk.message import Message

LOG = logging.getLogger("infragraph.consuming")

# A deadline is extended when a third of it has passed: two attempts to extend it may fail.
_EXTENSIONS = 3
_AGAIN_SECONDS = 1.0
_UNTOLD = "the last attempt did not end, or its dead letter was not kept"


class Around(Protocol):
    """What a message is handled within: its span, and the inbox that knows what was handled."""

    def handling(
        self, channel: Channel, delivery: Delivery
    ) -> AbstractAsyncContextManager["Handling"]:
        """One attempt; an exception that leaves the block is the attempt's failure."""
        ...


class Handling(Protocol):
    """One attempt as it runs."""

    @property
    def is_handled(self) -> bool:
        """Whether an earlier attempt took effect, so that this one must not."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumed:
    """A subscription as it is run; `min_backoff` and `max_backoff` are in seconds."""

    channel: Channel
    codec: Codec
    handle: Callable[[Any], Awaitable[Any]]
    takes_message: bool
    min_backoff: float
    max_backoff: float


@dataclass(slots=True, kw_only=True)
class Consumer:
    """Runs one subscription until it is drained."""

    consumed: Consumed
    broker: Broker
    clock: Clock
    around: Around
    random: Random
    _running: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])
    _fetching: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._fetching = asyncio.create_task(
            self._fetch(self._deliveries()), name=self.consumed.channel.id
        )

    async def drain(self, grace: float) -> int:
        """Fetch nothing new, wait for handlers; what is not done in `grace` seconds comes again.

        Returns how many handlers were interrupted.
        """
        if self._fetching is not None:
            self._fetching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._fetching
        if not self._running:
            return 0
        _, late = await asyncio.wait(self._running, timeout=grace)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
        return len(late)

    def _deliveries(self) -> AsyncGenerator[Delivery, None]:
        deliveries = self.broker.receive(self.consumed.channel)
        return cast("AsyncGenerator[Delivery, None]", deliveries)

    async def _fetch(self, deliveries: AsyncGenerator[Delivery, None]) -> None:
        """A process that looks well and consumes nothing is the worst failure: asked anew then."""
        places = asyncio.Semaphore(self.consumed.channel.concurrency)
        while True:
            try:
                await self._take(deliveries, places)
            except Exception:
                LOG.exception("%s: deliveries ended, and are asked for again", self._id)
            await asyncio.sleep(_AGAIN_SECONDS)
            deliveries = self._deliveries()

    async def _take(
        self, deliveries: AsyncGenerator[Delivery, None], places: asyncio.Semaphore
    ) -> None:
        async with aclosing(deliveries):
            async for delivery in deliveries:
                try:
                    await places.acquire()
                except asyncio.CancelledError:
                    await self._give_back(delivery)
                    raise
                task = asyncio.create_task(self._attempt(delivery))
                self._running.add(task)
                task.add_done_callback(self._running.discard)
                task.add_done_callback(lambda _task: places.release())

    async def _attempt(self, delivery: Delivery) -> None:
        """Nothing that goes wrong with one message stops the others."""
        try:
            if not self._is_wanted(delivery.envelope.attributes):
                await delivery.acknowledge()
            elif delivery.attempt > self.consumed.channel.max_attempts:
                # Its last attempt took the process with it: another would again.
                await self._give_up(delivery, RuntimeError(_UNTOLD))
            else:
                await self._handle(delivery)
        except asyncio.CancelledError:
            await self._give_back(delivery)
            raise
        except BrokerError as error:
            # Not settled: the broker hands it out again when the deadline has passed.
            LOG.warning("%s: %s", self._id, error)
        except Exception:
            LOG.exception("%s: message %s comes again", self._id, delivery.envelope.id)
            await self._give_back(delivery, self.consumed.max_backoff)

    async def _handle(self, delivery: Delivery) -> None:
        heart = asyncio.create_task(self._extend(delivery))
        try:
            failure = await self._outcome(delivery)
        finally:
            heart.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await heart
        if failure is None:
            await delivery.acknowledge()
        else:
            await self._fail(delivery, failure)

    async def _outcome(self, delivery: Delivery) -> Exception | None:
        """What the handler raised, None where it returned."""
        told: Exception | None = None
        try:
            async with self.around.handling(self.consumed.channel, delivery) as handling:
                try:
                    if not handling.is_handled:
                        await self.consumed.handle(self._argument(delivery))
                except Exception as error:
                    # Here, within its span, so that the line belongs to the message's trace.
                    _tell(self.consumed.channel, delivery, error)
                    told = error
                    raise
        except asyncio.CancelledError as error:
            if _is_cancelled():
                raise
            failure = RuntimeError(f"the handler was cancelled from within: {error}")
            _tell(self.consumed.channel, delivery, failure)
            return failure
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is its failure
            if error is not told:
                _tell(self.consumed.channel, delivery, error)
            return error
        return None

    def _argument(self, delivery: Delivery) -> Any:
        envelope = delivery.envelope
        body = self.consumed.codec.decode(envelope.body, envelope.type)
        if not self.consumed.takes_message:
            return body
        return Message(
            id=envelope.id,
            attempt=delivery.attempt,
            published_at=envelope.published_at,
            attributes=envelope.attributes,
            body=body,
        )

    async def _fail(self, delivery: Delivery, failure: Exception) -> None:
        if _is_last(self.consumed.channel, delivery, failure):
            await self._give_up(delivery, failure)
            return
        seconds = (
            failure.seconds
            if isinstance(failure, RetryAfter)
            else delay(
                delivery.attempt,
                least=self.consumed.min_backoff,
                most=self.consumed.max_backoff,
                random=self.random,
            )
        )
        await delivery.retry(max(seconds, 0.0))

    async def _give_up(self, delivery: Delivery, failure: Exception) -> None:
        channel = self.consumed.channel
        if channel.dead_letter:
            letter = DeadLetter(
                envelope=delivery.envelope,
                subscription=channel.id,
                reason=_reason(failure),
                attempts=delivery.attempt,
            )
            try:
                await self.broker.bury(channel, letter)
            except BrokerError as error:
                LOG.warning("%s: message %s comes again: %s", channel.id, letter.envelope.id, error)
                await delivery.retry(self.consumed.max_backoff)
                return
        await delivery.acknowledge()

    async def _extend(self, delivery: Delivery) -> None:
        """Tells the broker that the handler is at work, for as long as this process lives."""
        while True:
            await self.clock.sleep(self.consumed.channel.ack_deadline / _EXTENSIONS)
            try:
                await delivery.extend()
            except BrokerError as error:
                LOG.warning("%s: %s", self._id, error)

    async def _give_back(self, delivery: Delivery, seconds: float = 0.0) -> None:
        """An interrupted attempt comes again at once, on whoever runs then."""
        with contextlib.suppress(BrokerError):
            await delivery.retry(seconds)

    @property
    def _id(self) -> str:
        return self.consumed.channel.id

    def _is_wanted(self, attributes: Mapping[str, str]) -> bool:
        """Most brokers cannot filter as declared, and where one can, this holds already.

        A dead letter that is sent again is for the subscription alone that had given it up.
        """
        wanted = self.consumed.channel.filter
        if attributes.get(REDRIVE, self.consumed.channel.id) != self.consumed.channel.id:
            return False
        return all(attributes.get(name) in values for name, values in wanted.items())


def _is_cancelled() -> bool:
    """Whether this task is asked to end, rather than something that it awaited."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _reason(failure: Exception) -> str:
    match failure:
        case Reject(reason=reason):
            return reason
        case DecodeError():
            return f"the body does not decode: {failure}"
        case _:
            return f"{type(failure).__qualname__}: {failure}"


def _is_last(channel: Channel, delivery: Delivery, failure: Exception) -> bool:
    return isinstance(failure, Reject) or delivery.attempt >= channel.max_attempts


def _tell(channel: Channel, delivery: Delivery, failure: Exception) -> None:
    LOG.warning(
        "%s: message %s failed in attempt %d of %d%s: %s",
        channel.id,
        delivery.envelope.id,
        delivery.attempt,
        channel.max_attempts,
        ", and is given up" if _is_last(channel, delivery, failure) else "",
        _reason(failure),
        exc_info=failure if not isinstance(failure, (Reject, RetryAfter, DecodeError)) else None,
    )
