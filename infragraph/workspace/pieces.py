"""A file of a head, which is read at once, and of pieces, each read when it is needed.

Whole or not at all, as everything that is kept, and never believed unseen: the head and each piece
have digests, which are compared before they are decoded.

Imports as little as it can: the warm exit of the command is made of this.
"""

import marshal
import os

from infragraph.workspace.cache import MAGIC, put_whole
from infragraph.workspace.inputs import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Self  # to load `typing` takes a good part of the time of a warm exit

Span = tuple[int, int, bytes]
"""Where a piece begins behind the head, how long it is, and its digest."""

_LENGTH = 8
_DIGEST = 16
_BEFORE = len(MAGIC) + _DIGEST + _LENGTH


class Pieces:
    """An open file; what stands in it stays readable when another takes its place."""

    __slots__ = ("_descriptor", "_start", "head", "identity")

    def __init__(self, descriptor: int, start: int, head: "Any", identity: bytes) -> None:
        self._descriptor = descriptor
        self._start = start
        self.head = head
        self.identity = identity

    @classmethod
    def opened(cls, path: str) -> "Self | None":
        """None where there is no such file, or none that can be trusted."""
        try:
            # A pipe in the place of a file is not waited for.
            flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
            descriptor = os.open(path, os.O_RDONLY | flags)
        except OSError:
            return None
        try:
            before = os.read(descriptor, _BEFORE)
            identity = before[len(MAGIC) : -_LENGTH]
            length = int.from_bytes(before[-_LENGTH:], "big")
            if before[: len(MAGIC)] == MAGIC and length <= os.fstat(descriptor).st_size:
                head = _up_to(descriptor, length)
                if digest(head) == identity:
                    # Its digest has just been compared.
                    return cls(descriptor, _BEFORE + length, marshal.loads(head), identity)  # noqa: S302
        except OSError:
            pass
        os.close(descriptor)
        return None

    def piece(self, span: Span) -> bytes | None:
        """One piece; None where it is damaged."""
        start, length, expected = span
        try:
            os.lseek(self._descriptor, self._start + start, os.SEEK_SET)
            found = _up_to(self._descriptor, length)
        except OSError:
            return None
        return found if digest(found) == expected else None

    def close(self) -> None:
        os.close(self._descriptor)


def keep_pieces(folder: str, name: str, head: "Any", pieces: "Iterable[bytes]") -> None:
    """Keep plain values with pieces behind them, which begin where the first ends."""
    body = marshal.dumps(head)
    before = (MAGIC, digest(body), len(body).to_bytes(_LENGTH, "big"), body)
    put_whole(folder, name, (*before, *pieces))


def spans(pieces: "Iterable[bytes]") -> list[Span]:
    """Where pieces will be that are kept in this order."""
    found: list[Span] = []
    start = 0
    for piece in pieces:
        found.append((start, len(piece), digest(piece)))
        start += len(piece)
    return found


def _up_to(descriptor: int, length: int) -> bytes:
    parts: list[bytes] = []
    while length > 0:
        part = os.read(descriptor, length)
        if not part:
            break
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
