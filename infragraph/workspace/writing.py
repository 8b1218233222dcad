"""Files written whole or not at all."""

import contextlib
import os
import secrets
import stat
from pathlib import Path


def write(
    path: Path, content: bytes, *, ending: str | None = None, is_executable: bool = False
) -> None:
    """Replaces `path` at once; a link or a device in its place is refused.

    `ending` ends the name that the file has until it is whole; without one it is random.
    """
    mode = _mode(path)
    if mode is not None and not stat.S_ISREG(mode):
        raise FileExistsError(0, "it is not a regular file, so it is not replaced", str(path))
    temporary = temporary_path(path, ending or secrets.token_hex(8))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(temporary, flags, _permissions(mode, is_executable=is_executable))
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink()
            raise
    except OSError as error:
        # The temporary name says nothing to who asked for the other.
        error.filename, error.filename2 = str(path), None
        raise
    _settle(path.parent)


def temporary_path(path: Path, ending: str) -> Path:
    """Where a file is written to before it has its name."""
    return path.parent / f".{path.name}.{ending}"


def _permissions(mode: int | None, *, is_executable: bool) -> int:
    """Those of the file that is replaced; whoever may read an executable one may run it."""
    permissions = 0o644 if mode is None else stat.S_IMODE(mode)
    return permissions | (permissions & 0o444) >> 2 if is_executable else permissions


def _mode(path: Path) -> int | None:
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return None


def _settle(folder: Path) -> None:
    """Makes the new name last, where a folder can be opened at all."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    # Some network file systems refuse to; the file itself is safe by then.
    with contextlib.suppress(OSError):
        os.fsync(descriptor)
    os.close(descriptor)
