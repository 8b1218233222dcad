"""What an analysis reads, noted so that a later run can tell that nothing has changed.

Imports as little as it can: the warm exit of the command is made of this.
"""

import os
import time

RACY = 2_000_000_000
"""Nanoseconds: a file changed so shortly before it was noted may change again unseen by its times.

Two seconds is the coarsest granularity of a file system in use, that of FAT.
"""

MAXIMUM_BYTES = 5_000_000
"""So much is read of a file, and one byte more, which shows that it is too large."""

Stat = tuple[int, int, int, int]
"""Modification time, size, inode and change time; times in nanoseconds."""

# As whoever reads the files: a link to the same content is not the same.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


class Inputs:
    """Files by path with what is needed to recognise them, and directories with their times.

    Of those in `sketched` nothing was used but the sketch, whose digest stands there.
    """

    __slots__ = ("directories", "files", "sketched")

    def __init__(self) -> None:
        self.files: dict[str, tuple[Stat | None, bytes, bool]] = {}
        self.sketched: dict[str, bytes] = {}
        self.directories: dict[str, tuple[tuple[int, int] | None, bytes]] = {}

    def note_file(self, path: str, stat: Stat | None, content: bytes) -> None:
        """A file that was read; where nothing was, `content` is the digest of nothing, no bytes."""
        self.files[path] = (stat, content, is_racy(stat))
        self.sketched.pop(path, None)

    def note_sketch(self, path: str, sketch: bytes) -> None:
        """The digest of what was seen in a file, of which nothing else has been used so far."""
        self.sketched[path] = sketch

    def note_use(self, path: str) -> None:
        """More than the sketch of a file decides from now on."""
        self.sketched.pop(path, None)

    def note_change(self, path: str) -> None:
        """A file that was seen to change during the analysis: nothing is equal to what it was."""
        self.files[path] = ((0, 0, 0, 0), b"", True)
        self.sketched.pop(path, None)

    def note_directory(self, path: str, entries: list["os.DirEntry[str]"]) -> None:
        """A directory that was listed; it may have changed since if it did shortly before.

        What a link leads to changes without it.
        """
        times = _times(path)
        is_recent = times is not None and times[0] > time.time_ns() - RACY
        is_doubtful = is_recent or holds_links(entries)
        self.directories[path] = None if is_doubtful else times, digest_of_entries(entries)


_NOTED: list[Inputs] = []


def noting() -> Inputs:
    """Begin to note what is read in this process."""
    _NOTED[:] = [Inputs()]
    return _NOTED[0]


def note_change(path: str) -> None:
    if _NOTED:
        _NOTED[0].note_change(path)


def note_directory(path: str, entries: list["os.DirEntry[str]"]) -> None:
    if _NOTED:
        _NOTED[0].note_directory(path, entries)


def note_file(path: str, stat: Stat | None, content: bytes) -> None:
    if _NOTED:
        _NOTED[0].note_file(path, stat, content)


def note_sketch(path: str, sketch: bytes) -> None:
    if _NOTED:
        _NOTED[0].note_sketch(path, sketch)


def note_use(path: str) -> None:
    if _NOTED:
        _NOTED[0].note_use(path)


def is_racy(stat: Stat | None) -> bool:
    """Whether the file may change again without a change of its times."""
    return stat is not None and stat[0] > time.time_ns() - RACY


def digest(content: bytes) -> bytes:
    """Sixteen bytes that stand for a content."""
    from _blake2 import blake2b  # noqa: PLC0415 - hashlib loads OpenSSL, which costs more

    return blake2b(content, digest_size=16).digest()


def digest_of_entries(entries: list["os.DirEntry[str]"]) -> bytes:
    """Sixteen bytes that stand for what an analysis may look at in a directory, and what it is."""
    matter = sorted(f"{entry.name}/{_kind(entry)}" for entry in entries if _matters(entry.name))
    return digest("\0".join(matter).encode("utf-8", "surrogateescape"))


def holds_links(entries: list["os.DirEntry[str]"]) -> bool:
    """Whether a link is among what matters of a directory."""
    return any(entry.is_symlink() and _matters(entry.name) for entry in entries)


def _kind(entry: "os.DirEntry[str]") -> str:
    """A link may become a file of the same name, or lead elsewhere."""
    if entry.is_file(follow_symlinks=False):
        return "file"
    if entry.is_dir(follow_symlinks=False):
        return "directory"
    try:
        return f"{entry.is_dir()} {os.readlink(entry.path)}"  # noqa: PTH115 - no pathlib here
    except OSError:
        # Neither a file nor a link, or a link of links without end.
        return ""


def _matters(name: str) -> bool:
    """Not caches, editors' files and what else is hidden, which come and go."""
    if name == "__pycache__":
        return False
    return not name.startswith(".") or name == ".venv" or name.endswith((".py", ".sql", ".ipynb"))


def content_of(path: str) -> bytes | None:
    """What a file holds; None where it cannot be read."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError:
        return None
    try:
        size = os.fstat(descriptor).st_size
        return os.read(descriptor, min(size, MAXIMUM_BYTES) + 1)
    except OSError:
        return None
    finally:
        os.close(descriptor)


def stat_of(path: str) -> Stat | None:
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return recognised(found)


def recognised(found: os.stat_result) -> Stat:
    """What of a stat is compared."""
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns


def _times(path: str) -> tuple[int, int] | None:
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino
