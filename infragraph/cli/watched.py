"""What a change must be about to lead to another run."""

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass

from infragraph.workspace.inputs import Inputs

_ENDINGS = (".py", ".sql", ".ipynb")
_NAMES = frozenset({"infragraph.yaml", "pyvenv.cfg"})
_NEVER = frozenset({"__pycache__", "node_modules"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What one analysis read: only that is watched, so that ignored folders cost nothing.

    `folders` have the inodes that they had: a folder in another's place is watched anew.
    """

    folders: frozenset[tuple[str, int]]
    listed: frozenset[str]
    files: frozenset[str]

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(path for path, _ in self.folders))

    def concerns(self, changed: Iterable[str]) -> bool:
        """Whether any of these paths, which have changed, could change what an analysis gives."""
        return any(self._concerns(path) for path in changed)

    def _concerns(self, path: str) -> bool:
        folder, name = os.path.split(path)
        if path in self.files:
            return True
        if folder not in self.listed:
            return False
        if name.endswith(_ENDINGS) or name in _NAMES:
            return True
        if name.startswith(".") or name in _NEVER:
            return False
        # A file of any other name is not read; a folder that has come or gone may hold some.
        return path in self.listed or _inode(path) is not None


def watched(noted: Inputs) -> Watched:
    listed = frozenset(os.path.realpath(path) for path in noted.directories)
    files = frozenset(_real(path) for path in noted.files)
    around = {os.path.split(path)[0] for path in files}
    return Watched(
        folders=frozenset(
            (path, inode) for path in (*listed, *around) if (inode := _inode(path)) is not None
        ),
        listed=listed,
        files=files,
    )


def _real(path: str) -> str:
    """The path with every link followed but the last: a link is not what it leads to."""
    folder, name = os.path.split(path)
    return f"{os.path.realpath(folder)}{os.sep}{name}"


def _inode(path: str) -> int | None:
    """That of a folder; None where there is none."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_ino if stat.S_ISDIR(found.st_mode) else None
