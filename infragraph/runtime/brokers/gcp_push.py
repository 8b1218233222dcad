"""Messages that Pub/Sub pushes: a request each, which is answered when its message is settled.

https://cloud.google.com/pubsub/docs/push (read 2026-11-25)
"""

import asyncio
import base64
import binascii
import json
import logging
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from infragraph.runtime.brokers.broker import Channel, Delivery
from infragraph.runtime.brokers.gcp_messages import arrived
from infragraph.runtime.envelope import Envelope
from infragraph.runtime.http.headers import INTERNAL
from infragraph.runtime.identity import IdentityError

LOG = logging.getLogger("infragraph.gcp")

PATH = f"{INTERNAL}/push"
_DONE = 204
_BAD = 400
_FORBIDDEN = 403
_TOO_LARGE = 413
_LATER = 503
# Ten megabytes in base64, with attributes.
_LARGEST = 16 << 20


class Accounts(Protocol):
    """Who says which account sent a request."""

    def account(self, headers: Mapping[str, str], audience: str, *, guarded: bool = False) -> str:
        """Its e-mail address; raises IdentityError where it shows none."""
        ...


class Pushed:
    """The subscriptions of this process that are pushed to."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._channels: dict[str, tuple[Channel, asyncio.Queue[_Delivery]]] = {}

    def routes(self) -> list[Route]:
        """Where Pub/Sub comes."""
        return [Route(f"{PATH}/{{topic}}/{{name}}", self._answer, methods=["POST"])]

    async def receive(self, channel: Channel) -> AsyncIterator[Delivery]:
        """What is pushed from now on, until the iterator is closed."""
        queue: asyncio.Queue[_Delivery] = asyncio.Queue()
        self._channels[channel.id] = channel, queue
        try:
            while True:
                yield await queue.get()
        finally:
            del self._channels[channel.id]
            while not queue.empty():
                await queue.get_nowait().retry(0)

    async def _answer(self, request: Request) -> Response:
        which = "{topic}/{name}".format(**request.path_params)
        found = self._channels.get(f"subscription:{which}")
        if found is None:
            # Of another service, or of this one while it drains: elsewhere it may be known.
            return Response(status_code=_LATER)
        channel, queue = found
        try:
            self._admit(request.headers, channel)
        except IdentityError as error:
            LOG.warning("%s: a push is refused: %s", channel.id, error)
            return Response(status_code=_FORBIDDEN)
        body = await _body(request)
        if body is None:
            return Response(status_code=_TOO_LARGE)
        try:
            envelope, attempt = _message(body)
        except (ValueError, KeyError, TypeError) as error:
            LOG.warning("%s: a push is no message: %s", channel.id, error)
            return Response(status_code=_BAD)
        delivery = _Delivery(envelope, attempt)
        queue.put_nowait(delivery)
        return Response(status_code=_DONE if await delivery.settled else _LATER)

    def _admit(self, headers: Mapping[str, str], channel: Channel) -> None:
        """The account that the configuration names, and nobody else."""
        address = channel.address
        account = self._accounts.account(
            headers, str(address["audience"]), guarded=address["guarded"] is True
        )
        if account != address["account"]:
            message = f"{account!r} is not who pushes here"
            raise IdentityError(message)


class _Delivery:
    """One attempt; its deadline is that of the request, and cannot be extended."""

    def __init__(self, envelope: Envelope, attempt: int) -> None:
        self.envelope = envelope
        self.attempt = attempt
        self.settled: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    async def acknowledge(self) -> None:
        self._settle(is_done=True)

    async def retry(self, delay: float) -> None:
        """When it comes again the subscription's own retry policy says."""
        del delay
        self._settle(is_done=False)

    async def extend(self) -> None:
        pass

    def _settle(self, *, is_done: bool) -> None:
        if not self.settled.done():
            self.settled.set_result(is_done)


async def _body(request: Request) -> bytes | None:
    """None where it is larger than any message."""
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > _LARGEST:
            return None
    return bytes(parts)


def _message(body: bytes) -> tuple[Envelope, int]:
    """The message of a push; deliveryAttempt is there where the subscription has dead letters."""
    said = cast("dict[str, Any]", json.loads(body))
    message = cast("dict[str, Any]", said["message"])
    try:
        data = base64.b64decode(message.get("data", ""), validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
    identity = str(message.get("messageId") or message["message_id"])
    attributes = cast("dict[str, Any]", message.get("attributes") or {})
    envelope = arrived(
        {name: str(it) for name, it in attributes.items()},
        data,
        identity,
        _time(str(message.get("publishTime") or message.get("publish_time") or "")),
    )
    return envelope, int(said.get("deliveryAttempt", 1))


def _time(written: str) -> datetime:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return datetime.now(UTC)
