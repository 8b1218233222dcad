"""What is done to a tree between two runs: an edit, a fresh checkout."""

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

_BODY = b"    return 0\n"
_EXPORT = b"def revision()"


class Editor:
    """Writes a new revision of a generated file each time; no line moves, so no output changes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._original = file.read_bytes()
        self._numbers = count(1)
        assert self._original.count(_BODY) == self._original.count(_EXPORT) == 1

    def body(self) -> None:
        self._write(_BODY, b"    return %d\n" % next(self._numbers))

    def export(self) -> None:
        self._write(_EXPORT, b"def revision_%d()" % next(self._numbers))

    def restore(self) -> None:
        self._file.write_bytes(self._original)

    def _write(self, old: bytes, new: bytes) -> None:
        self._file.write_bytes(self._original.replace(old, new))


@contextmanager
def editing(file: Path) -> Generator[Editor]:
    """The file is what it was afterwards, whatever happens."""
    editor = Editor(file)
    try:
        yield editor
    finally:
        editor.restore()


def checked_out(tree: Path, target: Path) -> Path:
    """A copy with new times, inodes and place, and the same contents."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(tree, target, copy_function=shutil.copyfile)
    return target
