"""Where results are kept between runs: whole or not at all, and never believed unseen.

Imports as little as it can: the warm exit of the command is made of this. Nothing is ever executed
of what is read back, and a digest is compared before it is decoded.
"""

import marshal
import os
import sys

from infragraph.workspace.inputs import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any  # to load `typing` takes a good part of the time of a warm exit

VARIABLE = "INFRAGRAPH_CACHE_DIR"

OUTPUTS = "outputs"
"""The folder of what was printed, inside the cache."""

RESULTS = "results"
"""The folder of what each file of an application was found to hold."""

TOOLS = "tools"
"""The folder of what stands for the contents of the tool, by the times of its files."""

MAGIC = b"infragraph-cache-1\n"


def directory(named: str | None) -> str | None:
    """The folder of the cache; None where there is none to be had.

    It lies in the user's own cache directory, where a repository cannot forge it, unless the
    command line or the environment names another.
    """
    chosen = named or os.environ.get(VARIABLE)
    if chosen:
        return os.path.abspath(chosen)  # noqa: PTH100 - pathlib costs more than the warm exit
    home = os.environ.get("XDG_CACHE_HOME") or _home_cache()
    return None if home is None else f"{home}/infragraph"


def _home_cache() -> str | None:
    home = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("HOME")
    if not home:
        return None
    if sys.platform == "darwin":
        return f"{home}/Library/Caches"
    return home if sys.platform == "win32" else f"{home}/.cache"


def load(folder: str, name: str) -> "Any":
    """What was kept under a name; None where there is nothing, or nothing that can be trusted."""
    try:
        # A pipe in the place of a file is not waited for.
        descriptor = os.open(f"{folder}/{name}", os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    try:
        content = os.read(descriptor, os.fstat(descriptor).st_size)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    head = len(MAGIC)
    body = content[head + 16 :]
    if content[:head] != MAGIC or digest(body) != content[head : head + 16]:
        return None
    return marshal.loads(body)  # noqa: S302 - its digest has just been compared


def keep(folder: str, name: str, value: "Any") -> None:
    """Keep a plain value under a name; a cache that cannot be written is no reason to fail."""
    body = marshal.dumps(value)
    put_whole(folder, name, (MAGIC, digest(body), body))


def put_whole(folder: str, name: str, parts: "Iterable[bytes]") -> None:
    """Put a file in its place once all of it is written; `parts` begin with the mark of ours."""
    path = f"{folder}/{name}"
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            for part in parts:
                _write(descriptor, part)
        finally:
            os.close(descriptor)
        os.replace(temporary, path)  # noqa: PTH105
    except OSError:
        remove(temporary)


def clear(folder: str) -> int:
    """Remove what was kept, and nothing that is not ours; gives the number of results."""
    removed = 0
    for part in (OUTPUTS, RESULTS, TOOLS):
        try:
            names = os.listdir(f"{folder}/{part}")  # noqa: PTH208
        except OSError:
            continue
        for path in (f"{folder}/{part}/{name}" for name in names):
            if _is_ours(path):
                remove(path)
                removed += 1
    return removed


def _is_ours(path: str) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return False
    try:
        return os.read(descriptor, len(MAGIC)) == MAGIC
    except OSError:
        return False
    finally:
        os.close(descriptor)


def remove(path: str) -> None:
    try:
        os.unlink(path)  # noqa: PTH108
    except OSError:
        return


def _write(descriptor: int, part: bytes) -> None:
    view = memoryview(part)
    while view:
        view = view[os.write(descriptor, view) :]
