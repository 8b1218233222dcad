"""The warm exit of `analyze`: when nothing has changed, what was printed is printed again.

    same command, same surroundings, same files ──▶ the stored output, and exit

Imports `os`, `sys`, `marshal` and little of ours: everything else would cost more than the answer.
"""

import os
import sys

from infragraph.cli.version import VERSION
from infragraph.workspace import cache, inputs

_NEVER = ("--watch", "--timings", "--no-cache", "--output", "-o", "--help", "-h")
_SURROUNDINGS = (
    "NO_COLOR",
    "FORCE_COLOR",
    "TERM",
    "COLUMNS",
    "VIRTUAL_ENV",
    "LANG",
    "LC_ALL",
    "PYTHONIOENCODING",
    "INFRAGRAPH_DEBUG",
)


def is_repeatable(arguments: list[str]) -> bool:
    """Whether the output of these arguments depends on what is read alone."""
    return not any(argument.partition("=")[0] in _NEVER for argument in arguments)


def answer(arguments: list[str]) -> int | None:
    """Print what was printed before and give the exit code; None where that may have changed."""
    folder = cache.directory(_option(arguments, "--cache-dir"))
    if folder is None or not is_repeatable(arguments):
        return None
    found = cache.load(folder, _name(arguments))
    if found is None:
        return None
    root, above, files, directories, output, notes, code = found
    if above != _above(root):
        return None
    if not inputs.unchanged(root, files, directories) and not inputs.same_contents(
        root, files, directories
    ):
        return None
    sys.stderr.write(notes)
    sys.stderr.flush()
    _put(output)
    return int(code)


def remember(
    arguments: list[str], root: str, noted: inputs.Inputs, printed: tuple[bytes, str, int]
) -> None:
    """Keep the output, the notes and the exit code for the next run with the same arguments."""
    folder = cache.directory(_option(arguments, "--cache-dir"))
    if folder is not None and is_repeatable(arguments):
        files, directories = noted.stored(root)
        kept = (root, _above(root), files, directories, *printed)
        cache.keep(folder, _name(arguments), kept)


def _above(root: str) -> tuple[str, str]:
    """What of the way to the root shows in the output.

    That is its name, with which modules may begin, and the way to it from its repository.
    """
    path = os.path.realpath(root)
    name = os.path.basename(path)  # noqa: PTH119
    below: list[str] = []
    while not os.path.exists(f"{path}/.git"):  # noqa: PTH110
        parent, _, last = path.rpartition("/")
        if not last:
            return name, ""
        below.append(last)
        path = parent
    return name, "/".join(reversed(below))


def _name(arguments: list[str]) -> str:
    surroundings = [os.environ.get(name, "") for name in _SURROUNDINGS]
    width = _width() if sys.stdout.isatty() else 0
    # A cache of the project's own moves with it; the user's holds many projects.
    place = "" if cache.VARIABLE in os.environ or "--cache-dir" in arguments else os.getcwd()  # noqa: PTH109
    key = repr((VERSION, _tool(), sys.version_info[:2], arguments, place, surroundings, width))
    return f"{cache.OUTPUTS}/{inputs.digest(key.encode('utf-8', 'surrogateescape')).hex()}"


def _tool() -> list[tuple[int, int]]:
    """When each file of the tool changed: what another state of it printed is no answer."""
    found: list[tuple[int, int]] = []
    waiting = [os.path.dirname(os.path.dirname(__file__))]  # noqa: PTH120
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if entry.is_dir() and entry.name != "__pycache__":
                    waiting.append(entry.path)
                elif entry.name.endswith((".py", ".json")):
                    stat = entry.stat()
                    found.append((stat.st_mtime_ns, stat.st_size))
    return found


def _width() -> int:
    try:
        return os.get_terminal_size().columns
    except OSError:
        return 0


def _option(arguments: list[str], name: str) -> str | None:
    for index, argument in enumerate(arguments):
        if argument == name and index + 1 < len(arguments):
            return arguments[index + 1]
        if argument.startswith(f"{name}="):
            return argument.partition("=")[2]
    return None


def _put(output: bytes) -> None:
    try:
        sys.stdout.buffer.write(output)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
