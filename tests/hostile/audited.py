"""Runs the command under an audit hook: `audited.py FD ROOT CACHE ARGUMENT…`.

What the hook sees that was not promised goes to the descriptor, a line each. The rights of the
administrator to read everything are given up first.
"""

import ctypes
import os
import sys
import sysconfig
from pathlib import Path
from typing import Any

_FORBIDDEN = (
    "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.startfile", "socket.",
    "ctypes.", "os.remove", "os.rename", "os.rmdir", "os.chmod", "os.chown", "os.link",
    "os.symlink", "os.truncate", "os.utime", "os.setxattr", "shutil.", "ftplib.", "urllib.",
    "webbrowser.", "pty.", "sqlite3.",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main() -> None:
    descriptor, root, cache = int(sys.argv[1]), os.path.realpath(sys.argv[2]), sys.argv[3]
    sys.argv = ["infragraph", *sys.argv[4:]]
    # Imported before the hook, so that what they themselves do is not what it sees.
    from infragraph.__main__ import main as command  # noqa: PLC0415

    _give_up_rights()
    sys.addaudithook(_Watch(descriptor, root, cache))
    command()


class _Watch:
    """Tells what the command may not do; `seen` keeps a line from being told twice."""

    def __init__(self, descriptor: int, root: str, cache: str) -> None:
        self._descriptor = descriptor
        self._root = root
        self._cache = cache
        self._seen: set[str] = set()
        own = Path(__file__).resolve().parents[2]
        libraries = {*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix, *sys.path}
        self._own = tuple(
            sorted(
                {os.path.realpath(path) for path in libraries if path.startswith("/")}
                | {str(own / "infragraph")}
            )
        )

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        told = self._told(event, arguments)
        if told and told not in self._seen:
            self._seen.add(told)
            os.write(self._descriptor, f"{told}\n".encode(errors="backslashreplace"))

    def _told(self, event: str, arguments: tuple[Any, ...]) -> str:
        if event == "open":
            return self._of_open(*arguments)
        if event in {"os.scandir", "os.listdir"}:
            return self._of_path(event, arguments[0])
        if event == "exec":
            return self._of_code(arguments[0].co_filename)
        if event == "import" and str(arguments[0]).partition(".")[0] in {"shop", "hostile", "lib"}:
            return f"imports {arguments[0]}"
        # Results are replaced at once, and those of roots that were read long ago are removed.
        paths = {"os.remove": arguments[:1], "os.rename": arguments[:2]}.get(event, ())
        if paths and all(str(one).startswith(self._cache) for one in paths):
            return ""
        return f"does {event}" if event.startswith(_FORBIDDEN) else ""

    def _of_open(self, path: Any, _mode: Any, flags: Any) -> str:
        if isinstance(path, int) or path == "":
            return ""
        if isinstance(flags, int) and flags & _WRITING:
            where = _absolute(path)
            is_ours = where == os.devnull or where.startswith(self._cache)
            return "" if is_ours else f"writes {where}"
        return self._of_path("opens", path)

    def _of_path(self, what: str, path: Any) -> str:
        if isinstance(path, int) or path is None:
            return ""
        where = _absolute(path)
        above = (self._root, self._cache, *self._own, "/proc/self/", "/proc/stat", "/sys/fs/cgroup")
        if where.startswith(above) or where in {"/etc/localtime", os.devnull}:
            return ""
        return f"{what} {where}"

    def _of_code(self, filename: str) -> str:
        if filename.startswith("<") and filename != "<unknown>":
            return ""  # what the standard library makes of templates, such as dataclasses
        where = os.path.realpath(filename)
        is_own = where.startswith(self._own) and not where.startswith(self._root)
        return "" if is_own else f"runs {filename}"


def _absolute(path: Any) -> str:
    """Without following links: that is what is watched."""
    return os.path.abspath(os.fsdecode(path))  # noqa: PTH100


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def _give_up_rights() -> None:
    """Without capabilities an administrator is a user whom permissions bind."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return
    header = _Header(0x20080522, 0)
    nothing = (ctypes.c_uint32 * 6)()
    if ctypes.CDLL(None, use_errno=True).capset(ctypes.byref(header), nothing) != 0:
        raise OSError(ctypes.get_errno(), "cannot give up capabilities")


if __name__ == "__main__":
    main()
