"""Files read in a way that a hostile tree cannot turn into a hang, an escape or a flood."""

import errno
import os
import stat
from dataclasses import dataclass
from typing import Literal, TypeAlias

from infragraph.workspace.inputs import note_file

MAXIMUM_BYTES = 5_000_000

Reason: TypeAlias = Literal[
    "symlink",
    "special",
    "permission",
    "vanished",
    "name",
    "too-deep",
    "too-many-files",
    "unreadable",
]

# Absent on Windows, where neither FIFOs nor these races exist in this form.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)

_REASONS: dict[int, Reason] = {
    errno.ELOOP: "symlink",
    errno.EACCES: "permission",
    errno.EPERM: "permission",
    errno.ENOENT: "vanished",
    errno.ENOTDIR: "vanished",
    errno.ENXIO: "special",
    errno.ENODEV: "special",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead:
    """Why there is no content."""

    reason: Reason


def read(path: str, *, limit: int = MAXIMUM_BYTES) -> bytes | NotRead:
    """The bytes of a regular file, at most one more than `limit`: what is too large shows."""
    found = _read(path, limit)
    note_file(path, found if isinstance(found, bytes) else None)
    return found


def _read(path: str, limit: int) -> bytes | NotRead:
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        return NotRead(reason=reason_of(error))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return NotRead(reason="special")
        return _up_to(descriptor, limit + 1)
    except OSError as error:
        return NotRead(reason=reason_of(error))
    finally:
        os.close(descriptor)


def reason_of(error: OSError) -> Reason:
    return _REASONS.get(error.errno or 0, "unreadable")


def _up_to(descriptor: int, limit: int) -> bytes:
    parts: list[bytes] = []
    left = limit
    while left > 0:
        part = os.read(descriptor, min(left, 1 << 20))
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
