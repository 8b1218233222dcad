"""The warm exit of `analyze`: when nothing has changed, what was printed is printed again.

    same command, same tool, same contents ──▶ the stored output, and exit

Of a file that was passed over its contents may be others, as long as the same is seen in it.
Imports `os`, `sys`, `marshal` and little of ours: everything else would cost more than the answer.
"""

import os
import sys
import time

from infragraph.cli.asked import Asked, asked
from infragraph.cli.tool import state
from infragraph.cli.version import VERSION
from infragraph.workspace import cache, snapshot
from infragraph.workspace.inputs import Inputs, digest
from infragraph.workspace.pieces import Pieces, keep_pieces, spans

_ANYWHERE = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "INFRAGRAPH_DEBUG")
_ON_A_TERMINAL = ("TERM", "LANG", "LC_ALL", "PYTHONIOENCODING")
_IN_A_REPOSITORY = ("sarif", "github")
"""The formats whose paths begin at the top of the repository."""

Printed = tuple[bytes, str, int]
"""What went to standard output or a file, to standard error, and the exit code."""


def answer(arguments: list[str]) -> int | None:
    """Print what was printed before and give the exit code; None where that may have changed."""
    began = time.perf_counter() - time.process_time()
    wanted = asked(arguments)
    folder = _folder(wanted)
    if wanted is None or folder is None:
        return None
    names = _names(wanted, folder)
    tried = b""
    for name in names:
        kept = Pieces.opened(f"{folder}/{name}")
        # Both names mostly lead to the same, which is not compared twice.
        if kept is None or kept.identity == tried:
            continue
        tried = kept.identity
        where, place, before, notes, code, tokens, (span,) = kept.head
        root = _root(wanted, where)
        now = None
        if root is not None and place == _place(wanted, root, has_environment=place[2] is not None):
            now = snapshot.compared(root, before, _sketching(tokens))
        output = None if now is None else kept.piece(span)
        kept.close()
        if now is None or output is None:
            continue
        if not _is_told(wanted.file, output, notes):
            return None
        if wanted.has_timings:
            _tell(time.perf_counter() - began)
        if now is not before or name != names[0]:
            _keep(folder, names, (where, place, now, notes, code, tokens), output)
        return int(code)
    return None


def remember(  # noqa: PLR0913 - what was printed, and all that it depended on
    arguments: list[str],
    root: str,
    noted: Inputs,
    printed: Printed,
    tokens: tuple[bytes, ...],
    *,
    is_shown: bool,
    is_everywhere: bool,
) -> None:
    """Keep what was printed for the next run that is asked for the same.

    `tokens` are those that files were sketched with. `is_shown` says whether the path that was
    asked for may show in it, `is_everywhere` that it is the same whatever environment is active,
    unless files outside the root were read.
    """
    wanted = asked(arguments)
    folder = _folder(wanted)
    if wanted is None or folder is None:
        return
    below = None if is_shown else _below(wanted.path, root)
    where = (below, "") if below is not None else (root, wanted.path)
    kept = snapshot.taken(noted, root)
    place = _place(wanted, root, has_environment=not (is_everywhere and snapshot.is_within(kept)))
    output, notes, code = printed
    _keep(folder, _names(wanted, folder), (where, place, kept, notes, code, tokens), output)


def _keep(folder: str, names: tuple[str, str], head: tuple[object, ...], output: bytes) -> None:
    """The output lies apart: it is read once it is known to be the answer."""
    for name in names:
        keep_pieces(folder, name, (*head, spans((output,))), (output,))


def _folder(wanted: Asked | None) -> str | None:
    if wanted is None or not wanted.is_cached:
        return None
    return cache.directory(wanted.cache_dir)


def _sketching(tokens: tuple[bytes, ...]) -> "snapshot.Sketched":
    def seen(content: bytes) -> bytes:
        # Rarely needed: it loads regular expressions.
        from infragraph.usecases.sketching import sketched  # noqa: PLC0415

        return sketched(content, tokens)[1]

    return seen


def _names(wanted: Asked, folder: str) -> tuple[str, str]:
    """Where this command keeps its output in this place, and where it does in any.

    The first is found by whoever works in several places, the second by whoever has moved.
    """
    is_terminal = sys.stdout.isatty()
    names = (*_ANYWHERE, *_ON_A_TERMINAL) if is_terminal else _ANYWHERE
    surroundings = [os.environ.get(name, "") for name in names]
    width = _width() if is_terminal else 0
    python = sys.version_info[:2]
    key = (VERSION, *state(folder), python, wanted.options, surroundings, width, is_terminal)
    here = (key, os.getcwd(), wanted.path)  # noqa: PTH109
    return _name(here), _name(key)


def _name(key: object) -> str:
    return f"{cache.OUTPUTS}/{digest(repr(key).encode('utf-8', 'surrogateescape')).hex()}"


def _below(path: str, root: str) -> str | None:
    """The way from the path to the root that was chosen below it."""
    top = path.rstrip("/")
    if root == top:
        return ""
    return root[len(top) + 1 :] if top and root.startswith(f"{top}/") else None


def _root(wanted: Asked, where: tuple[str, str]) -> str | None:
    below, path = where
    if path:
        return below if path == wanted.path else None
    top = wanted.path.rstrip("/")
    return f"{top}/{below}" if below else top


def _place(wanted: Asked, root: str, *, has_environment: bool) -> tuple[str, str, str | None]:
    """What of the place shows in the output.

    That is the root's name, with which modules begin where the root is a package, the way to it
    from its repository, and the environment that is active where more than the root was read.
    """
    name = ""
    if os.path.lexists(f"{root}/__init__.py"):
        name = os.path.basename(os.path.realpath(root))  # noqa: PTH119
    way = _in_repository(root) if wanted.form in _IN_A_REPOSITORY else ""
    return name, way, os.environ.get("VIRTUAL_ENV", "") if has_environment else None


def _in_repository(root: str) -> str:
    path = os.path.realpath(root)
    below: list[str] = []
    while not os.path.exists(f"{path}/.git"):  # noqa: PTH110
        parent, _, last = path.rpartition("/")
        if not last:
            return ""
        below.append(last)
        path = parent
    return "/".join(reversed(below))


def _width() -> int:
    try:
        return os.get_terminal_size().columns
    except OSError:
        return 0


def _tell(seconds: float) -> None:
    sys.stderr.write(f"timings: nothing had changed: the stored output, in {seconds:.2f} s\n")


def _is_told(file: str | None, output: bytes, notes: str) -> bool:
    """Whether all could be written; of a file that cannot, a run that starts anew says why."""
    if file is not None and not _is_written(file, output):
        return False
    sys.stderr.write(notes)
    sys.stderr.flush()
    if file is None:
        _put(output)
    return True


def _is_written(path: str, output: bytes) -> bool:
    from pathlib import Path  # noqa: PLC0415 - it costs a third of a warm exit

    from infragraph.workspace.writing import write  # noqa: PLC0415

    try:
        write(Path(path), output)
    except OSError:
        return False
    return True


def _put(output: bytes) -> None:
    try:
        sys.stdout.buffer.write(output)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
