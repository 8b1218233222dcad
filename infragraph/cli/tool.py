"""Which state of the tool this is: what another state of it printed is no answer."""

import marshal
import os
import sys

from infragraph.workspace import cache
from infragraph.workspace.inputs import digest

_LIBRARIES = ("libcst-", "pyyaml-", "sqlglot-")
"""What the names of the distributions begin with that read an application's files with us."""


def state(folder: str) -> tuple[bytes, list[str]]:
    """What stands for the contents of the tool's files, and the libraries that it reads with.

    A copy installed elsewhere has the same contents and other times, so the digest of contents is
    kept under that of the times: reading the files takes twenty times as long as asking for those.
    """
    paths: list[str] = []
    times: list[tuple[int, ...]] = []
    top = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120
    waiting = [top]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=_name):
                if entry.name.endswith((".py", ".json")):
                    stat = entry.stat()
                    paths.append(entry.path)
                    times.append((stat.st_mtime_ns, stat.st_size, stat.st_ino, stat.st_ctime_ns))
                elif entry.name != "__pycache__" and entry.is_dir():
                    waiting.append(entry.path)
    name = f"{cache.TOOLS}/{digest(marshal.dumps((top, times), 2)).hex()}"
    contents = cache.load(folder, name)
    if not isinstance(contents, bytes):
        contents = _contents(top, paths)
        cache.keep(folder, name, contents)
    return contents, _libraries()


def _contents(top: str, paths: list[str]) -> bytes:
    parts: list[bytes] = []
    for path in paths:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs more than the warm exit
            parts += (path[len(top) :].encode(), digest(file.read()))
    return digest(b"\0".join(parts))


def _libraries() -> list[str]:
    """The names of their folders in the environment, which hold their versions."""
    found: list[str] = []
    for folder in sys.path:
        if folder.endswith("-packages"):
            try:
                names = os.listdir(folder)  # noqa: PTH208
            except OSError:
                continue
            found += [one for one in names if one.lower().startswith(_LIBRARIES)]
    return sorted(found)


def _name(entry: "os.DirEntry[str]") -> str:
    return entry.name
