"""SNS and SQS: a topic of SNS a topic, a queue a subscription, made by what deploys them.

A FIFO queue hands a group's next message out only when the one before it is settled, which holds
for each message that is asked for alone: so an ordered subscription asks for one at a time.
"""

import asyncio
import contextlib
import logging
import math
from collections.abc import AsyncIterator, Awaitable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from infragraph.runtime.brokers.aws_batches import Batches
from infragraph.runtime.brokers.aws_messages import Carried, carried, token, uncarried
from infragraph.runtime.brokers.broker import BrokerError, Channel, DeadLetter, Delivery, Features
from infragraph.runtime.brokers.dead_letters import REASON, letter_headers, read_letter
from infragraph.runtime.brokers.places import Places
from infragraph.runtime.clouds.aws import AwsError, AwsService
from infragraph.runtime.envelope import Envelope, headers

LOG = logging.getLogger("infragraph.aws")

# https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html (read 2026-11-25): all messages
# of one request together.
_LARGEST = 262_144
_BATCH = 10
# SQS would wait for 20 seconds, which is less to pay for, and the longest that a drain takes: what
# is handed to a request that was broken off is hidden until its deadline, so each is let end.
_WAIT_SECONDS = 5
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
# (read 2026-11-25)
_LONGEST_HIDDEN = 43_200
_AGAIN_SECONDS = 0.25
_LONGEST_AGAIN = 5.0
_AT_ONCE = 5
_FIFO = ".fifo"

_FEATURES = Features(
    ordered=True,
    persistent=True,
    native_filter=True,
    max_delay=float(_LONGEST_HIDDEN),
    max_body=_LARGEST,
    native_dead_letter=True,
)


class AwsBroker:
    """A connection to SNS and to SQS of one region."""

    def __init__(self, region: str, *, wait: int = _WAIT_SECONDS) -> None:
        """`wait` is for how many seconds SQS waits for messages before it says that it has none."""
        self._region = region
        self._wait = wait
        self._opened: tuple[AwsService, AwsService] | None = None
        self._ending: set[asyncio.Task[None]] = set()

    @property
    def features(self) -> Features:
        return _FEATURES

    async def open(self) -> None:
        if self._opened is not None:
            return
        try:
            topics = await asyncio.to_thread(AwsService, "sns", self._region)
            queues = await asyncio.to_thread(AwsService, "sqs", self._region)
        except AwsError as error:
            raise BrokerError(str(error)) from error
        self._opened = topics, queues

    async def close(self) -> None:
        if self._opened is not None:
            await asyncio.gather(*self._ending)
            for service in self._opened:
                await service.close()
            self._opened = None

    async def publish(
        self, topic: str, address: Mapping[str, object], messages: Sequence[Envelope]
    ) -> None:
        arn, is_fifo = str(address["arn"]), bool(address["fifo"])
        ready = [(it, carried(headers(it), it.body)) for it in messages]
        for envelope, made in ready:
            if made.size > _LARGEST:
                message = (
                    f"message {envelope.id} of {topic} has {made.size} bytes with its attributes, "
                    f"and SNS takes {_LARGEST}"
                )
                raise BrokerError(message)
        if not is_fifo:
            await asyncio.gather(*(self._send(arn, it, is_fifo=False) for it in _batches(ready)))
            return
        # A message of a key is sent when the one before it is confirmed: of a batch, any may fail.
        for wave in _waves(ready):
            await asyncio.gather(*(self._send(arn, it, is_fifo=True) for it in _batches(wave)))

    async def receive(self, channel: Channel) -> AsyncIterator[Delivery]:
        queue = str(channel.address["queue_url"])
        places = Places(channel.concurrency)
        settling = _Settling(
            deletions=Batches(self._queues, "DeleteMessageBatch", queue),
            changes=Batches(self._queues, "ChangeMessageVisibilityBatch", queue),
            places=places,
        )
        pause = _AGAIN_SECONDS
        wait = self._wait
        while True:
            free = await places.take()
            found: list[Mapping[str, Any]] = []
            poll = asyncio.create_task(self._fetch(queue, channel, free, wait))
            try:
                found = await asyncio.shield(poll)
                pause = _AGAIN_SECONDS
            except asyncio.CancelledError:
                settling.ending = asyncio.create_task(_give_back(poll, settling.changes))
                self._ending.add(settling.ending)
                settling.ending.add_done_callback(self._ending.discard)
                raise
            except AwsError as error:
                LOG.warning("%s: %s", channel.id, error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_AGAIN)
            finally:
                places.give(free - len(found))
            # What was asked for at once with a message may be there for many: do not wait first.
            wait = 0 if found and channel.ordered else self._wait
            deliveries = [_Delivery(it, channel.ack_deadline, settling) for it in found]
            try:
                while deliveries:
                    yield deliveries.pop(0)
            finally:
                # Whoever asked went away in between: others need not wait for the deadline.
                for delivery in deliveries:
                    with contextlib.suppress(BrokerError):
                        await delivery.retry(0)

    async def bury(self, channel: Channel, letter: DeadLetter) -> None:
        queue = channel.address.get("dead_letter_url")
        if not queue:
            message = f"{channel.id} has no queue for dead letters"
            raise BrokerError(message)
        made = carried(letter_headers(letter), letter.envelope.body, beside=(REASON,))
        request: dict[str, Any] = {
            "QueueUrl": str(queue),
            "MessageBody": made.text,
            "MessageAttributes": made.described(),
        }
        if str(queue).endswith(_FIFO):
            # Of its own: the same message may be given up, sent back, and given up again.
            request["MessageDeduplicationId"] = uuid4().hex
            request["MessageGroupId"] = _group(letter.envelope)
        try:
            await self._queues.call("SendMessage", request)
        except AwsError as error:
            message = f"the dead letter of {letter.envelope.id} is not kept: {error}"
            raise BrokerError(message) from error

    @property
    def _topics(self) -> AwsService:
        return self._services()[0]

    @property
    def _queues(self) -> AwsService:
        return self._services()[1]

    def _services(self) -> tuple[AwsService, AwsService]:
        if self._opened is None:
            message = "the connection to AWS is closed"
            raise BrokerError(message)
        return self._opened

    async def _send(
        self, arn: str, batch: Sequence[tuple[Envelope, Carried]], *, is_fifo: bool
    ) -> None:
        """What is refused for a passing reason is sent again, for as long as a request may take."""
        end = asyncio.get_running_loop().time() + _LONGEST_AGAIN * 2
        left = {str(number): it for number, it in enumerate(batch)}
        while True:
            entries = [_entry(number, *it, is_fifo=is_fifo) for number, it in left.items()]
            request = {"TopicArn": arn, "PublishBatchRequestEntries": entries}
            try:
                answer = await self._topics.call("PublishBatch", request)
            except AwsError as error:
                message = f"{arn} did not confirm a message: {error}"
                raise BrokerError(message) from error
            confirmed = {str(it["Id"]) for it in answer.get("Successful", ())}
            left = {number: it for number, it in left.items() if number not in confirmed}
            if not left:
                return
            failed = answer.get("Failed", ())
            is_final = any(it.get("SenderFault") for it in failed)
            if is_final or asyncio.get_running_loop().time() > end:
                said = ", ".join(sorted({str(it.get("Code")) for it in failed}))
                message = f"{arn} did not confirm {len(left)} of {len(batch)} messages: {said}"
                raise BrokerError(message)
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _fetch(
        self, queue: str, channel: Channel, free: int, wait: int
    ) -> list[Mapping[str, Any]]:
        if not channel.ordered:
            return await self._ask(queue, channel, min(free, _BATCH), wait)
        if wait:
            return await self._ask(queue, channel, 1, wait)
        asked = (self._ask(queue, channel, 1, 0) for _ in range(min(free, _AT_ONCE)))
        return [it for found in await asyncio.gather(*asked) for it in found]

    async def _ask(
        self, queue: str, channel: Channel, most: int, wait: int
    ) -> list[Mapping[str, Any]]:
        answer = await self._queues.call(
            "ReceiveMessage",
            {
                "QueueUrl": queue,
                "MaxNumberOfMessages": most,
                "WaitTimeSeconds": wait,
                "VisibilityTimeout": _whole(channel.ack_deadline),
                "MessageSystemAttributeNames": ["ApproximateReceiveCount", "SentTimestamp"],
                "MessageAttributeNames": ["All"],
            },
            seconds=0,
            wait=wait,
        )
        return list(answer.get("Messages", ()))


@dataclass(slots=True, kw_only=True)
class _Settling:
    """How a subscription's messages are settled; `ending` is its last request, let end."""

    deletions: Batches
    changes: Batches
    places: Places
    ending: asyncio.Task[None] | None = None


class _Delivery:
    """One attempt; its place is free once it is settled."""

    def __init__(self, message: Mapping[str, Any], deadline: float, settling: _Settling) -> None:
        self._receipt = str(message["ReceiptHandle"])
        self._deadline = deadline
        self._settling = settling
        self._is_settled = False
        self._since = asyncio.get_running_loop().time()
        known = message.get("Attributes", {})
        written, body = uncarried(str(message["Body"]), message.get("MessageAttributes") or {})
        self.attempt = int(known.get("ApproximateReceiveCount", 1))
        # What was sent back from the dead letters still says why it was there.
        self.envelope = read_letter(
            written,
            body,
            otherwise_id=str(message["MessageId"]),
            otherwise_at=_time(known.get("SentTimestamp")),
        ).envelope

    async def acknowledge(self) -> None:
        await self._settle(self._settling.deletions.tell({"ReceiptHandle": self._receipt}))

    async def retry(self, delay: float) -> None:
        if self._settling.ending is not None:
            # Else it may be handed to the request that nobody waits for.
            await asyncio.wait([self._settling.ending])
        await self._settle(self._hide(delay))

    async def extend(self) -> None:
        await self._hide(self._deadline)

    async def _settle(self, telling: Awaitable[None]) -> None:
        try:
            await telling
        finally:
            if not self._is_settled:
                self._is_settled = True
                self._settling.places.give(1)

    async def _hide(self, seconds: float) -> None:
        """SQS counts from when the message was handed out: no more than twelve hours in all."""
        passed = asyncio.get_running_loop().time() - self._since
        longest = max(_LONGEST_HIDDEN - _whole(passed) - 1, 0)
        hidden = min(_whole(seconds), longest)
        entry = {"ReceiptHandle": self._receipt, "VisibilityTimeout": hidden}
        await self._settling.changes.tell(entry)


async def _give_back(poll: asyncio.Task[list[Mapping[str, Any]]], changes: Batches) -> None:
    """What a request brings that nobody waits for comes again at once."""
    with contextlib.suppress(AwsError):
        for it in await poll:
            entry = {"ReceiptHandle": str(it["ReceiptHandle"]), "VisibilityTimeout": 0}
            with contextlib.suppress(BrokerError):
                await changes.tell(entry)


def _entry(number: str, envelope: Envelope, made: Carried, *, is_fifo: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "Id": number,
        "Message": made.text,
        "MessageAttributes": made.described(),
    }
    if is_fifo:
        entry["MessageGroupId"] = _group(envelope)
        entry["MessageDeduplicationId"] = token(envelope.id)
    return entry


def _group(envelope: Envelope) -> str:
    """Without a key a message is a group of its own, which waits for none."""
    return token(envelope.ordering_key or envelope.id)


def _waves(
    ready: Iterable[tuple[Envelope, Carried]],
) -> Iterator[list[tuple[Envelope, Carried]]]:
    """Each has at most one message of a key; the order per key is that of the waves."""
    waves: list[list[tuple[Envelope, Carried]]] = []
    seen: dict[str, int] = {}
    for one in ready:
        group = _group(one[0])
        place = seen.get(group, 0)
        seen[group] = place + 1
        if place == len(waves):
            waves.append([])
        waves[place].append(one)
    yield from waves


def _batches(
    ready: Iterable[tuple[Envelope, Carried]],
) -> Iterator[list[tuple[Envelope, Carried]]]:
    """As many as one request takes, by number and by bytes."""
    batch: list[tuple[Envelope, Carried]] = []
    for one in ready:
        size = sum(made.size for _, made in batch)
        if batch and (len(batch) == _BATCH or size + one[1].size > _LARGEST):
            yield batch
            batch = []
        batch = [*batch, one]
    if batch:
        yield batch


def _whole(seconds: float) -> int:
    """SQS counts whole seconds: no sooner than asked."""
    return max(math.ceil(seconds), 0)


def _time(milliseconds: object) -> datetime:
    if milliseconds is None:
        return datetime.now(UTC)
    return datetime.fromtimestamp(int(str(milliseconds)) / 1000, UTC)
