"""Messages to JetStream, each confirmed by the server once it is stored.

Confirmations come to one inbox of ours. The client's own requests do the same, at a third more of a
publish's whole cost: each has a timer and tasks of its own, where one timer does for all.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast
from urllib.parse import quote

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from infragraph.runtime.brokers.broker import BrokerError

MESSAGE_ID = "Nats-Msg-Id"
"""The header by which the server knows a message that it has."""

_PUBLISH_SECONDS = 10.0
_TRY_SECONDS = 2.0
_AGAIN_SECONDS = 0.25
# Headers are Latin text without line ends: what else a value holds is percent-encoded.
_SAFE = " !\"#$&'()*+,/:;<=>?@[\\]^`{|}~"


class Outgoing(NamedTuple):
    """A message with its headers as they travel; the server drops what it has by its id."""

    subject: str
    body: bytes
    headers: Mapping[str, str]


def encoded(written: Mapping[str, str], message_id: str | None) -> dict[str, str]:
    """Headers as they travel."""
    if _are_plain(written):
        headers = dict(written)
    else:
        headers = {name: _quoted(value) for name, value in written.items()}
    if message_id is not None:
        headers[MESSAGE_ID] = message_id
    return headers


def _quoted(value: str) -> str:
    """The client takes off the blanks at both ends of a value."""
    return quote(value, safe=_SAFE if value == value.strip() else _SAFE[1:])


def _are_plain(written: Mapping[str, str]) -> bool:
    """Whether quoting leaves all of them as they are, as it nearly always does."""
    text = f"|{'|'.join(written.values())}|"
    is_text = text.isascii() and text.isprintable() and "%" not in text
    return is_text and "| " not in text and " |" not in text


class Confirmed:
    """Publishes over a client, and waits until the server has confirmed."""

    def __init__(self, client: Client) -> None:
        self._client = cast("Any", client)  # its types are partly unknown
        self._inbox = ""
        self._last = 0
        # By what their confirmations are told apart by, in the order in which they are given up.
        self._waiting: dict[str, tuple[asyncio.Future[str], float]] = {}
        self._timer: asyncio.TimerHandle | None = None

    async def open(self) -> None:
        """Listen for confirmations, over a client that is connected; once it is enough."""
        self._inbox = self._client.new_inbox()
        await self._client.subscribe(f"{self._inbox}.*", cb=self._answered)

    async def send(self, messages: Sequence[Outgoing], *, room: int = 0) -> None:
        """Tried again until all are confirmed; each may be as large as the server takes, less room.

        Raises:
            BrokerError: one is too large, or was not confirmed in time.
        """
        for message in messages:
            self._check(message, room)
        loop = asyncio.get_running_loop()
        end = loop.time() + _PUBLISH_SECONDS
        left = messages
        while True:
            asked = [(message, await self._asked(message)) for message in left]
            failed = [(message, why) for message, answer in asked if (why := await answer)]
            if not failed:
                return
            message, why = failed[0]
            if loop.time() > end:
                text = f"{message.subject} did not confirm a message: {why}"
                raise BrokerError(text)
            left = [message for message, _ in failed]
            await asyncio.sleep(_AGAIN_SECONDS)

    def _check(self, message: Outgoing, room: int) -> None:
        """The client counts no headers, and the server hangs up on all that use the connection."""
        size, largest = _size(message), self._client.max_payload - room
        if size > largest:
            text = (
                f"a message for {message.subject} has {size} bytes with its headers, "
                f"and {largest} is the most"
            )
            raise BrokerError(text)

    async def _asked(self, message: Outgoing) -> "asyncio.Future[str]":
        """What will say why it is not stored; the empty text where it is."""
        self._last += 1
        token = str(self._last)
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[str] = loop.create_future()
        self._waiting[token] = answer, loop.time() + _TRY_SECONDS
        if self._timer is None:
            self._timer = loop.call_later(_TRY_SECONDS, self._give_up, loop)
        try:
            await self._client.publish(
                message.subject, message.body, f"{self._inbox}.{token}", message.headers
            )
        except (NatsError, OSError) as error:
            self._end(token, str(error) or type(error).__name__)
        return answer

    async def _answered(self, message: Msg) -> None:
        self._end(message.subject.rpartition(".")[2], _reason(message))

    def _end(self, token: str, why: str) -> None:
        answer, _ = self._waiting.pop(token, (None, 0))
        if answer is not None and not answer.done():
            answer.set_result(why)

    def _give_up(self, loop: asyncio.AbstractEventLoop) -> None:
        """End the wait of those whose time is over, and look again when the next one's is."""
        now = loop.time()
        over = [token for token, (_, end) in self._waiting.items() if end <= now]
        for token in over:
            self._end(token, "it did not answer in time")
        self._timer = None
        if self._waiting:
            _, first = next(iter(self._waiting.values()))
            self._timer = loop.call_at(first, self._give_up, loop)


def _reason(message: Msg) -> str:
    """Why it is not stored, by the server's answer."""
    if not message.data:
        # Nobody listens on the subject: the stream has gone.
        return "no stream has its subject"
    try:
        said = json.loads(message.data.decode())
        return "" if "seq" in said else str(said["error"]["description"])
    except (ValueError, KeyError, TypeError):
        return f"the answer is not JetStream's: {message.data[:100]!r}"


def _size(message: Outgoing) -> int:
    """As the server counts it, with its first line and the end of each line."""
    written = message.headers
    lines = sum(map(len, written)) + sum(map(len, written.values())) + len(": \r\n") * len(written)
    return len(message.body) + len("NATS/1.0\r\n\r\n") + lines
