"""Bodies of requests, read no further than an endpoint allows."""

from starlette.requests import Request
from starlette.types import Message, Receive

from infragraph.sdk.errors import APIError


class BodyTooLarge(APIError):  # noqa: N818 - told to whoever sent it, as the SDK's errors are
    """The body is larger than the endpoint takes: HTTP 413."""

    status = 413


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body.

    Raises:
        BodyTooLarge: it has more than `limit` bytes.
    """
    _check_announced(request, limit)
    parts: list[bytes] = []
    total = 0
    async for part in request.stream():
        total += len(part)
        if total > limit:
            raise _too_large(limit)
        parts.append(part)
    return b"".join(parts)


def limited(request: Request, limit: int) -> Receive:
    """What a handler that reads the request itself receives from.

    Raises:
        BodyTooLarge: when it is called for what lies beyond `limit` bytes.
    """
    _check_announced(request, limit)
    total = 0

    async def receive() -> Message:
        nonlocal total
        message = await request.receive()
        if message["type"] == "http.request":
            total += len(message.get("body", b""))
            if total > limit:
                raise _too_large(limit)
        return message

    return receive


def _check_announced(request: Request, limit: int) -> None:
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise _too_large(limit)


def _too_large(limit: int) -> BodyTooLarge:
    message = f"the body has more than {limit} bytes"
    return BodyTooLarge(message)
