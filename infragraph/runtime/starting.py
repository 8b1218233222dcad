"""What keeps a process from starting that is not its configuration: its own code, or its world."""

import sysconfig
import traceback
from pathlib import Path

_LIBRARIES = tuple(
    Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")
)
_OURS = Path(__file__).parents[1]


class StartError(Exception):
    """The process did not start, or its one job failed; the text is one line."""


def described(error: BaseException) -> str:
    """An error of the application's as one line, with the last place of its own files in it."""
    kind = type(error).__qualname__
    text = " ".join(str(error).split())
    where = ""
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        is_file = path.is_absolute() and not path.is_relative_to(_OURS)
        if is_file and not any(path.is_relative_to(it) for it in _LIBRARIES):
            where = f" at {_shown(path)}:{frame.lineno}"
    return f"{kind}: {text}{where}" if text else f"{kind}{where}"


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
