"""Messages through a pipe: a length, then a plain value."""

import marshal
import os
from typing import Any


def send(descriptor: int, value: Any) -> None:
    body = marshal.dumps(value)
    left = memoryview(len(body).to_bytes(8, "big") + body)
    while left:
        left = left[os.write(descriptor, left) :]


def receive(descriptor: int) -> Any:
    """The next value; raises EOFError where the other end was closed before it was whole."""
    length = int.from_bytes(_exactly(descriptor, 8), "big")
    return marshal.loads(_exactly(descriptor, length))  # noqa: S302 - our own process wrote it


def _exactly(descriptor: int, length: int) -> bytes:
    parts: list[bytes] = []
    while length:
        part = os.read(descriptor, min(length, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
