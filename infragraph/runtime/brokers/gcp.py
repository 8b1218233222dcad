"""Google Pub/Sub: a topic a topic, a subscription a subscription, made by what deploys them.

A worker holds one stream open for each subscription that is pulled; what is pushed comes as
requests, which `gcp_push` answers.
"""

import asyncio
import contextlib
import logging
import math
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from google.api_core.exceptions import (
    Aborted,
    Cancelled,
    DeadlineExceeded,
    GoogleAPIError,
    InternalServerError,
    ResourceExhausted,
    ServiceUnavailable,
    Unknown,
)
from google.api_core.retry import AsyncRetry, if_exception_type
from google.pubsub_v1 import PublisherAsyncClient, SubscriberAsyncClient
from google.pubsub_v1.services.publisher.transports import PublisherGrpcAsyncIOTransport
from google.pubsub_v1.services.subscriber.transports import SubscriberGrpcAsyncIOTransport
from grpc import RpcError
from starlette.routing import Route

from infragraph.runtime.brokers.broker import BrokerError, Channel, DeadLetter, Delivery, Features
from infragraph.runtime.brokers.dead_letters import ROOM, letter_headers
from infragraph.runtime.brokers.gcp_messages import arrived
from infragraph.runtime.brokers.gcp_order import Order
from infragraph.runtime.brokers.gcp_push import Pushed
from infragraph.runtime.clouds.google import GoogleError, pubsub_transport
from infragraph.runtime.envelope import Envelope, headers

LOG = logging.getLogger("infragraph.gcp")

# https://cloud.google.com/pubsub/quotas#resource_limits (read 2026-11-25)
_LARGEST = 10_000_000
_BATCH = 1000
_SHORTEST_DEADLINE = 10
_LONGEST_DEADLINE = 600
_PUBLISH_SECONDS = 10.0
_TELL_SECONDS = 10.0
_AGAIN_SECONDS = 0.25
_LONGEST_AGAIN = 5.0
_END_SECONDS = 1.0
_COUNTED = 10_000


def _tried_for(seconds: float) -> AsyncRetry:
    """As the client's own, which goes on for a minute whatever its deadline."""
    passing = if_exception_type(
        *(Aborted, Cancelled, DeadlineExceeded, InternalServerError),
        *(ResourceExhausted, ServiceUnavailable, Unknown),
    )
    return AsyncRetry(predicate=passing, initial=0.1, maximum=2.0, timeout=seconds)


_PUBLISHING = _tried_for(_PUBLISH_SECONDS)
_TELLING = _tried_for(_TELL_SECONDS)
_FEATURES = Features(
    ordered=True,
    persistent=True,
    native_filter=True,
    max_delay=float(_LONGEST_DEADLINE),
    max_body=_LARGEST,
    native_dead_letter=True,
)


class GcpBroker:
    """A connection to Pub/Sub."""

    def __init__(self, pushed: Pushed | None = None) -> None:
        """`pushed` takes what is pushed, where anything is."""
        self._pushed = pushed
        self._opened: tuple[Any, Any] | None = None

    def routes(self) -> list[Route]:
        """Where Pub/Sub pushes to."""
        return [] if self._pushed is None else self._pushed.routes()

    @property
    def features(self) -> Features:
        return _FEATURES

    async def open(self) -> None:
        if self._opened is not None:
            return
        try:
            self._opened = (
                PublisherAsyncClient(transport=pubsub_transport(PublisherGrpcAsyncIOTransport)),
                SubscriberAsyncClient(transport=pubsub_transport(SubscriberGrpcAsyncIOTransport)),
            )
        except GoogleError as error:
            raise BrokerError(str(error)) from error

    async def close(self) -> None:
        if self._opened is not None:
            for client in self._opened:
                await client.transport.close()
            self._opened = None

    async def publish(
        self, topic: str, address: Mapping[str, object], messages: Sequence[Envelope]
    ) -> None:
        written = [_written(headers(it), it.body, it.ordering_key) for it in messages]
        for envelope, made in zip(messages, written, strict=True):
            if _size(made) > _LARGEST - ROOM:
                message = (
                    f"message {envelope.id} of {topic} has {_size(made)} bytes with its "
                    f"attributes, and {_LARGEST - ROOM} is the most"
                )
                raise BrokerError(message)
        # One after the other: a later one of a key must not be first.
        for batch in _batches(written):
            await self._send(str(address["topic"]), batch)

    def receive(self, channel: Channel) -> AsyncIterator[Delivery]:
        if channel.address.get("delivery") == "push" and self._pushed is not None:
            return self._pushed.receive(channel)
        return self._pulled(channel)

    async def _pulled(self, channel: Channel) -> AsyncIterator[Delivery]:
        stream = _Stream(self._clients()[1], channel)
        try:
            while True:
                yield await stream.next()
        finally:
            await stream.stop()

    async def bury(self, channel: Channel, letter: DeadLetter) -> None:
        topic = channel.address.get("dead_letter_topic")
        if not topic:
            message = f"{channel.id} has no topic for dead letters"
            raise BrokerError(message)
        await self._send(str(topic), [_written(letter_headers(letter), letter.envelope.body, None)])

    async def _send(self, topic: str, messages: Sequence[Mapping[str, Any]]) -> None:
        request = {"topic": topic, "messages": list(messages)}
        try:
            await self._clients()[0].publish(
                request=request, timeout=_PUBLISH_SECONDS, retry=_PUBLISHING
            )
        except (GoogleAPIError, RpcError, OSError) as error:
            message = f"{topic} did not confirm a message: {error}"
            raise BrokerError(message) from error

    def _clients(self) -> tuple[Any, Any]:
        if self._opened is None:
            message = "the connection to Pub/Sub is closed"
            raise BrokerError(message)
        return self._opened


class _Stream:
    """What Pub/Sub hands out of one subscription, opened again when it ends."""

    def __init__(self, client: Any, channel: Channel) -> None:
        self._client = client
        self._channel = channel
        self.subscription = str(channel.address["subscription"])
        self.deadline = min(
            max(math.ceil(channel.ack_deadline), _SHORTEST_DEADLINE), _LONGEST_DEADLINE
        )
        self._waiting: asyncio.Queue[_Delivery] = asyncio.Queue()
        self._order: Order[_Delivery] = Order()
        self._attempts: OrderedDict[str, int] = OrderedDict()
        self._is_stopping = False
        self._over = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    async def next(self) -> Delivery:
        return await self._waiting.get()

    async def stop(self) -> None:
        """Ask for nothing more, and give back what nobody has taken."""
        self._is_stopping = True
        # The stream ends when its requests do: what is on its way comes first, and is given back.
        self._over.set()
        await asyncio.wait([self._reading], timeout=_END_SECONDS)
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)
        left = [*self._order.held()]
        while not self._waiting.empty():
            left.append(self._waiting.get_nowait())
        with contextlib.suppress(BrokerError):
            await self.modify([it.receipt for it in left], 0)

    async def acknowledge(self, receipt: str) -> None:
        await self._told(
            self._client.acknowledge(
                request={"subscription": self.subscription, "ack_ids": [receipt]},
                timeout=_TELL_SECONDS,
                retry=_TELLING,
            )
        )

    async def modify(self, receipts: list[str], seconds: int) -> None:
        """Count the deadline of messages from now; 0 gives them back."""
        if receipts:
            await self._told(
                self._client.modify_ack_deadline(
                    request={
                        "subscription": self.subscription,
                        "ack_ids": receipts,
                        "ack_deadline_seconds": seconds,
                    },
                    timeout=_TELL_SECONDS,
                    retry=_TELLING,
                )
            )

    def settled(self, delivery: "_Delivery", *, is_done: bool) -> list["_Delivery"]:
        """One is done with; gives those of its key that must come again with it."""
        if is_done:
            self._attempts.pop(delivery.envelope.id, None)
        following, dropped = self._order.settled(delivery.key, is_done=is_done)
        if following is not None:
            if self._is_stopping:
                return [following]
            self._waiting.put_nowait(following)
        return dropped

    async def _read(self) -> None:
        pause = _AGAIN_SECONDS
        while not self._is_stopping:
            try:
                # The client would try again with what is left of the requests, which is nothing.
                stream = await self._client.streaming_pull(
                    requests=self._requests(), retry=None, timeout=None
                )
                async for answer in stream:
                    pause = _AGAIN_SECONDS
                    for received in answer.received_messages:
                        self._take(received)
            except (GoogleAPIError, RpcError, OSError) as error:
                LOG.warning("%s: %s", self._channel.id, error)
            except Exception:
                LOG.exception("%s: the stream ended, and is opened again", self._channel.id)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), pause)
            pause = min(pause * 2, _LONGEST_AGAIN)

    async def _requests(self) -> AsyncIterator[Any]:
        """The stream lives for as long as its requests do not end."""
        yield {
            "subscription": self.subscription,
            "stream_ack_deadline_seconds": self.deadline,
            "max_outstanding_messages": self._channel.concurrency,
        }
        await self._over.wait()

    def _take(self, received: Any) -> None:
        identity = str(received.message.message_id)
        # Pub/Sub counts where the subscription has dead letters alone.
        counted = self._attempts.pop(identity, 0) + 1
        self._attempts[identity] = counted
        while len(self._attempts) > _COUNTED:
            self._attempts.popitem(last=False)
        delivery = _Delivery(received, int(received.delivery_attempt) or counted, self)
        if not self._channel.ordered or self._order.admits(delivery.key, delivery):
            self._waiting.put_nowait(delivery)

    @staticmethod
    async def _told(telling: Any) -> None:
        try:
            await telling
        except (GoogleAPIError, RpcError, OSError) as error:
            message = f"Pub/Sub was not told of a message: {error}"
            raise BrokerError(message) from error


class _Delivery:
    """One attempt."""

    def __init__(self, received: Any, attempt: int, stream: _Stream) -> None:
        message = received.message
        self._stream = stream
        self._is_settled = False
        self.receipt = str(received.ack_id)
        self.attempt = attempt
        self.key = str(message.ordering_key)
        self.envelope = arrived(
            dict(message.attributes),
            bytes(message.data),
            str(message.message_id),
            datetime.fromtimestamp(message.publish_time.timestamp(), UTC),
        )

    async def acknowledge(self) -> None:
        try:
            await self._stream.acknowledge(self.receipt)
        finally:
            await self._settle(is_done=True, seconds=0)

    async def retry(self, delay: float) -> None:
        # It comes again when its deadline passes; 0 is at once.
        seconds = min(max(math.ceil(delay), 0), _LONGEST_DEADLINE)
        try:
            await self._stream.modify([self.receipt], seconds)
        finally:
            await self._settle(is_done=False, seconds=seconds)

    async def extend(self) -> None:
        await self._stream.modify([self.receipt], self._stream.deadline)

    async def _settle(self, *, is_done: bool, seconds: int) -> None:
        if self._is_settled:
            return
        self._is_settled = True
        dropped = self._stream.settled(self, is_done=is_done)
        with contextlib.suppress(BrokerError):
            await self._stream.modify([it.receipt for it in dropped], seconds)


def _written(attributes: Mapping[str, str], body: bytes, key: str | None) -> dict[str, Any]:
    written: dict[str, Any] = {"data": body, "attributes": dict(attributes)}
    if key:
        written["ordering_key"] = key
    return written


def _size(message: Mapping[str, Any]) -> int:
    attributes: Mapping[str, str] = message["attributes"]
    sizes = (len(name.encode()) + len(it.encode()) for name, it in attributes.items())
    return len(message["data"]) + sum(sizes)


def _batches(messages: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    size = 0
    for message in messages:
        if batch and (len(batch) == _BATCH or size + _size(message) > _LARGEST):
            yield batch
            batch, size = [], 0
        batch.append(message)
        size += _size(message)
    if batch:
        yield batch
