"""Commands and frames of NSQ's protocol, version 2, as bytes.

https://nsq.io/clients/tcp_protocol_spec.html (read 2026-11-25)
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

MAGIC = b"  V2"
HEARTBEAT = b"_heartbeat_"
OK = b"OK"
CLOSE_WAIT = b"CLOSE_WAIT"

_SIZE = struct.Struct(">i")
_KIND = struct.Struct(">i")
_HEAD = struct.Struct(">qH16s")
# nsqd refuses larger bodies unless it is told to take them; a size beyond is no frame of NSQ.
_LARGEST = 64 << 20
# Of what these say, nsqd leaves the connection open.
_PASSING = frozenset({"E_FIN_FAILED", "E_REQ_FAILED", "E_TOUCH_FAILED"})


class FrameError(Exception):
    """What arrived is no frame of NSQ."""


class NsqError(Exception):
    """nsqd answered with an error frame; `code` is its own, such as E_BAD_TOPIC."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.code = said.partition(" ")[0]

    @property
    def is_fatal(self) -> bool:
        """Whether nsqd closes the connection for it."""
        return self.code not in _PASSING


class Kind(IntEnum):
    """What a frame is."""

    RESPONSE = 0
    ERROR = 1
    MESSAGE = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame that nsqd sent."""

    kind: Kind
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`timestamp` is when it was published, in nanoseconds; `attempts` counts deliveries."""

    timestamp: int
    attempts: int
    id: bytes
    body: bytes


def command(name: str, *arguments: str, body: bytes | None = None) -> bytes:
    """One command, with its body where it has one."""
    line = " ".join((name, *arguments)).encode() + b"\n"
    return line if body is None else line + _SIZE.pack(len(body)) + body


def about(name: str, message: bytes, *arguments: str) -> bytes:
    """A command on a message, whose id goes as it came."""
    return b" ".join((name.encode(), message, *(it.encode() for it in arguments))) + b"\n"


def several(bodies: Sequence[bytes]) -> bytes:
    """The body of MPUB."""
    return b"".join([_SIZE.pack(len(bodies)), *(_SIZE.pack(len(it)) + it for it in bodies)])


def frame_size(head: bytes) -> int:
    """How many bytes follow the four that a frame begins with.

    Raises:
        FrameError: it is no size of a frame.
    """
    (size,) = _SIZE.unpack(head)
    if not _KIND.size <= size <= _LARGEST:
        message = f"a frame of {size} bytes is none of NSQ"
        raise FrameError(message)
    return int(size)


def frame(content: bytes) -> Frame:
    """What a frame holds.

    Raises:
        FrameError: it is of an unknown kind.
    """
    (kind,) = _KIND.unpack_from(content)
    try:
        return Frame(Kind(kind), content[_KIND.size :])
    except ValueError:
        message = f"a frame of kind {kind} is none of NSQ"
        raise FrameError(message) from None


def message(data: bytes) -> Message:
    """A message frame's message.

    Raises:
        FrameError: it is cut short.
    """
    try:
        timestamp, attempts, identity = _HEAD.unpack_from(data)
    except struct.error as error:
        text = f"a message of {len(data)} bytes is none of NSQ"
        raise FrameError(text) from error
    return Message(timestamp=timestamp, attempts=attempts, id=identity, body=data[_HEAD.size :])
