"""The body of an export request: not too long, packed or not, and within a time."""

import asyncio
import zlib

from starlette.requests import Request

LARGEST = 8 << 20
"""Bytes as they come."""

LARGEST_UNPACKED = 32 << 20
_SECONDS = 10.0


class BodyError(Exception):
    """A body that is refused; `status` is what its sender is told."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def read_body(request: Request, largest: int = LARGEST, seconds: float = _SECONDS) -> bytes:
    """The body as it came.

    Raises:
        BodyError: it is too long, or comes too slowly.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                body += part
                if len(body) > largest:
                    raise BodyError(413, f"a body has at most {largest} bytes")
    except TimeoutError:
        raise BodyError(408, f"a body comes within {seconds:g} s") from None
    return bytes(body)


def unpacked(body: bytes, encoding: str) -> bytes:
    """The body itself; `encoding` is what the header says of it.

    Raises:
        BodyError: it is packed otherwise, is broken, or is too long.
    """
    if encoding in ("", "identity"):
        return body
    if encoding not in ("gzip", "deflate"):
        raise BodyError(415, "a body is packed by gzip or not at all")
    # 32: the header says which of both it is.
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        plain = unpacking.decompress(body, LARGEST_UNPACKED)
    except zlib.error as error:
        raise BodyError(400, "the body is not packed as its header says") from error
    if unpacking.unconsumed_tail:
        raise BodyError(413, f"a body has at most {LARGEST_UNPACKED} bytes unpacked")
    return plain
