"""The inputs of an analysis in the form in which they are compared fastest, and the comparison.

    times equal ──▶ unchanged
    times differ, contents equal ──▶ unchanged, with new times
    contents differ, sketches equal of which alone use was made ──▶ unchanged, with new contents

Imports as little as it can: the warm exit of the command is made of this.
"""

import marshal
import os
import stat
import sys
import time

from infragraph.workspace.inputs import (
    RACY,
    Inputs,
    Stat,
    content_of,
    digest,
    digest_of_entries,
    holds_links,
    is_racy,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Sketched = Callable[[bytes], bytes]
    """Gives what stands for all that is seen in a content without parsing it."""

    _Changed = dict[int, tuple[Stat, bytes]]
    """Stat and digest of files by their numbers."""

Snapshot = tuple[str, bytes, bytes, str, bytes, bytes, bytes]
"""Of directories, then of files: paths, the numbers of stats, the digests of what they hold.

At last those of the sketches of files, or zeros where more than its sketch was used of a file.
"""

MANY = 4_000
"""From so many entries on two processes ask for their stats: another is started in 2 ms."""

_ROOT = "."
_DIGEST = 16
_NOTHING = bytes(_DIGEST)
_ABSENT: Stat = (-1, -1, -1, -1)
_DOUBTFUL: Stat = (-2, -2, -2, -2)
"""In place of a stat that cannot be believed: no file has it, so that its content is compared."""


def taken(noted: Inputs, root: str) -> Snapshot:
    """What was noted, with paths relative to the root where they lie below it."""
    directories = sorted(noted.directories.items())
    files = sorted(noted.files.items())
    return (
        "\0".join(_below(root, path) for path, _ in directories),
        _numbers([_DOUBTFUL[:2] if times is None else times for _, (times, _) in directories]),
        b"".join(names for _, (_, names) in directories),
        "\0".join(_below(root, path) for path, _ in files),
        _numbers([_believed(found, is_doubtful) for _, (found, _, is_doubtful) in files]),
        b"".join([content or _NOTHING for _, (_, content, _) in files]),
        b"".join([noted.sketched.get(path, _NOTHING) for path, _ in files]),
    )


def is_within(snapshot: Snapshot) -> bool:
    """Whether all that was read lies below the root."""
    paths = f"{snapshot[0]}\0{snapshot[3]}".split("\0")
    return not any(map(os.path.isabs, paths))


def compared(root: str, snapshot: Snapshot, sketched: "Sketched | None" = None) -> Snapshot | None:
    """The same snapshot where nothing has changed that was used; None where something has.

    It is one with new times where only these have changed. Without `sketched` a file has changed
    whose content has.
    """
    folders, folder_numbers, names, paths, numbers, contents, seen = snapshot
    directories = _above(root, folders)
    files = _above(root, paths)
    middle = len(files)
    if len(directories) + len(files) >= MANY and _cores() > 1:
        middle = max(0, (len(files) - len(directories)) // 2)
    compare = _Comparison(files, numbers, contents, seen, sketched)
    other = _Other(compare, middle) if middle < len(files) else None
    new_folders = _directories(directories, root, folder_numbers, names)
    first = None if new_folders is None else compare.files(0, middle)
    second: _Changed | None = {}
    if other is not None:
        second = other.result(is_needed=first is not None)
    if new_folders is None or first is None or second is None:
        return None
    if new_folders == folder_numbers and not first and not second:
        return snapshot
    new_numbers, new_contents = compare.with_changed({**first, **second})
    return folders, new_folders, names, paths, new_numbers, new_contents, seen


class _Other:
    """A second process that compares files at the same time: those from a number on."""

    __slots__ = ("_process", "_reading")

    def __init__(self, compare: "_Comparison", start: int) -> None:
        self._reading, writing = os.pipe()
        self._process = os.fork()
        if self._process:
            os.close(writing)
            return
        try:
            answer = marshal.dumps(compare.files(start, None))
            view = memoryview(answer)
            while view:
                view = view[os.write(writing, view) :]
        finally:
            # Nothing of the first process may happen twice, whatever has happened here.
            os._exit(0)

    def result(self, *, is_needed: bool) -> "_Changed | None":
        """As `files` gives it; None where something has changed, or nobody asks."""
        parts: list[bytes] = []
        if is_needed:
            while part := os.read(self._reading, 1 << 20):
                parts.append(part)
        os.close(self._reading)
        if not is_needed:
            os.kill(self._process, 9)
        os.waitpid(self._process, 0)
        try:
            # Our own process wrote it.
            return marshal.loads(b"".join(parts)) if parts else None  # noqa: S302
        except (EOFError, ValueError):
            # It died before all of it was written.
            return None


def _directories(paths: list[str], root: str, numbers: bytes, digests: bytes) -> bytes | None:
    known = iter(memoryview(numbers).cast("q"))
    lstat = os.lstat
    changed: dict[int, tuple[int, int]] = {}
    number = 0
    try:
        for path, modified, inode in zip(paths, known, known, strict=False):
            found = lstat(path)
            if found.st_mtime_ns != modified or found.st_ino != inode:
                expected = digests[number * _DIGEST : (number + 1) * _DIGEST]
                # The root alone may be a link; a link anywhere else is not followed.
                if path != root and not stat.S_ISDIR(found.st_mode):
                    return None
                with os.scandir(path) as listed:
                    entries = list(listed)
                if digest_of_entries(entries) != expected:
                    return None
                changed[number] = (found.st_mtime_ns, found.st_ino)
                if found.st_mtime_ns > time.time_ns() - RACY or holds_links(entries):
                    changed[number] = _DOUBTFUL[:2]
            number += 1
    except OSError:
        return None
    return _with(numbers, 2, changed)


class _Comparison:
    """Files as they were, to be compared with what they are."""

    __slots__ = ("_contents", "_numbers", "_paths", "_seen", "_sketched")

    def __init__(
        self,
        paths: list[str],
        numbers: bytes,
        contents: bytes,
        seen: bytes,
        sketched: "Sketched | None",
    ) -> None:
        self._paths = paths
        self._numbers = numbers
        self._contents = contents
        self._seen = seen
        self._sketched = sketched

    def files(self, start: int, end: int | None) -> "_Changed | None":
        """Those that have other times, by number; None where one has changed that was used."""
        known = iter(memoryview(self._numbers).cast("q")[start * 4 :])
        paths = self._paths[start:end]
        lstat = os.lstat
        changed: _Changed = {}
        number = start - 1
        for path, modified, size, inode, status in zip(
            paths, known, known, known, known, strict=False
        ):
            number += 1
            try:
                found = lstat(path)
            except OSError:
                if size != -1:
                    return None
                continue
            if (
                found.st_mtime_ns == modified
                and found.st_size == size
                and found.st_ino == inode
                and found.st_ctime_ns == status
            ):
                continue
            content = None if size == -1 else self._same(path, number)
            if content is None:
                return None
            now = (found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns)
            changed[number] = (_believed(now, is_racy(now)), content)
        return changed

    def _same(self, path: str, number: int) -> bytes | None:
        """The digest of the file's content; None where it says other things than before."""
        content = content_of(path)
        if content is None:
            return None
        place = slice(number * _DIGEST, (number + 1) * _DIGEST)
        now = digest(content)
        if now == self._contents[place]:
            return now
        seen = self._seen[place]
        if self._sketched is None or seen == _NOTHING or self._sketched(content) != seen:
            return None
        return now

    def with_changed(self, changed: "_Changed") -> tuple[bytes, bytes]:
        """The numbers and the digests with those that are new."""
        contents = bytearray(self._contents)
        for number, (_, content) in changed.items():
            contents[number * _DIGEST : (number + 1) * _DIGEST] = content
        stats = {number: stat_numbers for number, (stat_numbers, _) in changed.items()}
        return _with(self._numbers, 4, stats), bytes(contents)


def _with(
    numbers: bytes, width: int, changed: dict[int, Stat] | dict[int, tuple[int, int]]
) -> bytes:
    if not changed:
        return numbers
    new = bytearray(numbers)
    for number, stat_numbers in changed.items():
        new[number * width * 8 : (number + 1) * width * 8] = _numbers([stat_numbers])
    return bytes(new)


def _believed(found: Stat | None, is_doubtful: bool) -> Stat:  # noqa: FBT001 - a fact, not a mode
    if found is None:
        return _ABSENT
    return _DOUBTFUL if is_doubtful else found


def _numbers(stats: list[Stat] | list[tuple[int, int]] | list[Stat | tuple[int, int]]) -> bytes:
    parts: list[bytes] = []
    for found in stats:
        try:
            part = b"".join(one.to_bytes(8, sys.byteorder, signed=True) for one in found)
        except OverflowError:
            # Inodes of more than 63 bits exist; such a file is compared by its content.
            part = b"".join((-2).to_bytes(8, sys.byteorder, signed=True) for _ in found)
        parts.append(part)
    return b"".join(parts)


def _cores() -> int:
    if not hasattr(os, "fork"):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _below(root: str, path: str) -> str:
    if path == root:
        return _ROOT
    prefix = root if root.endswith("/") else f"{root}/"
    return path[len(prefix) :] if path.startswith(prefix) else os.path.abspath(path)  # noqa: PTH100


def _above(root: str, joined: str) -> list[str]:
    paths = joined.split("\0") if joined else []
    if root == _ROOT:
        return paths
    prefix = root if root.endswith("/") else f"{root}/"
    is_absolute = os.path.isabs
    return [
        root if path == _ROOT else path if is_absolute(path) else prefix + path for path in paths
    ]
