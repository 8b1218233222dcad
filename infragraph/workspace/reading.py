"""Files read in a way that a hostile tree cannot turn into a hang, an escape or a flood."""

import errno
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from infragraph.workspace.inputs import (
    MAXIMUM_BYTES,
    Stat,
    digest,
    note_change,
    note_file,
    note_use,
    recognised,
    stat_of,
)

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

WHY: Mapping[Reason, str] = {
    "symlink": "it is a link, and links are not followed",
    "special": "it is not a regular file",
    "permission": "permission is denied",
    "vanished": "it vanished while the tree was read",
    "name": "its name cannot be decoded or printed",
    "too-deep": "it lies more than 64 directories deep",
    "too-many-files": "the tree holds more than 200,000 files",
    "unreadable": "the system could not read it",
}

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


class Content(NamedTuple):
    """The bytes of a file with what recognises them: the stat from before they were read."""

    content: bytes
    stat: Stat
    digest: bytes


def read(path: str, *, limit: int = MAXIMUM_BYTES) -> bytes | NotRead:
    """The bytes of a regular file, at most one more than `limit`: what is too large shows.

    It is noted as an input of the analysis.
    """
    found = look(path, limit=limit)
    if isinstance(found, NotRead):
        note_file(path, stat_of(path), b"")
        return found
    note_file(path, found.stat, found.digest)
    return found.content


def look(path: str, *, limit: int = MAXIMUM_BYTES) -> Content | NotRead:
    """As `read` does, for whoever notes it elsewhere."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        return NotRead(reason=reason_of(error))
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            return NotRead(reason="special")
        content = _up_to(descriptor, limit + 1)
        return Content(content, recognised(found), digest(content))
    except OSError as error:
        return NotRead(reason=reason_of(error))
    finally:
        os.close(descriptor)


def look_again(path: str, known: bytes) -> Content | NotRead:
    """As `look` does; where the digest is no longer the `known` one, that is noted."""
    note_use(path)
    found = look(path)
    if isinstance(found, NotRead) or found.digest != known:
        note_change(path)
    return found


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
