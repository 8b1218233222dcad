"""Bodies of requests, read no further than is allowed."""

from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from infragraph.sdk.errors import APIError


class BodyTooLarge(APIError):  # noqa: N818 - told to whoever sent it, as the SDK's errors are
    """The body is larger than what is asked takes: HTTP 413."""

    status = 413


async def read_body(receive: Receive, announced: str | None, limit: int) -> bytes:
    """The whole body; `announced` is what the request says of its length.

    Raises:
        BodyTooLarge: it has more than `limit` bytes.
        ClientDisconnect: whoever sent it has gone.
    """
    check_announced(announced, limit)
    message = await receive()
    body = _part(message)
    if len(body) > limit:
        raise _too_large(limit)
    if not message.get("more_body", False):
        return body
    parts, total = [body], len(body)
    while message.get("more_body", False):
        message = await receive()
        body = _part(message)
        total += len(body)
        if total > limit:
            raise _too_large(limit)
        parts.append(body)
    return b"".join(parts)


class Limited:
    """What whoever reads a request itself receives from."""

    __slots__ = ("_limit", "_receive", "_total")

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._total = 0

    async def __call__(self) -> Message:
        """The next message.

        Raises:
            BodyTooLarge: it lies beyond the limit.
        """
        message = await self._receive()
        if message["type"] == "http.request":
            self._total += len(message.get("body", b""))
            self.check()
        return message

    def check(self) -> None:
        """Refuse what has been received, if it is too much.

        Raises:
            BodyTooLarge: it is.
        """
        if self.is_over:
            raise _too_large(self._limit)

    @property
    def is_over(self) -> bool:
        """Whether more has come than is allowed."""
        return self._total > self._limit


def check_announced(announced: str | None, limit: int) -> None:
    """Refuse a body before any of it is read.

    Raises:
        BodyTooLarge: it says so itself.
    """
    if announced is not None and announced.isdecimal() and int(announced) > limit:
        raise _too_large(limit)


def _part(message: Message) -> bytes:
    if message["type"] == "http.disconnect":
        raise ClientDisconnect
    body: bytes = message.get("body", b"")
    return body


def _too_large(limit: int) -> BodyTooLarge:
    message = f"the body has more than {limit} bytes"
    return BodyTooLarge(message)
