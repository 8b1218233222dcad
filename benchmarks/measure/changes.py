"""What is done to a tree between two runs: an edit, a fresh checkout."""

import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

Revision = Callable[[bytes, int], bytes]
"""A generated file with something in it that holds a number."""


def other_body(content: bytes, number: int) -> bytes:
    return _once(content, b"    return 0\n", b"    return %d\n" % number)


def another_line(content: bytes, number: int) -> bytes:
    """Whatever stands below it moves."""
    return _once(content, b"    return 0\n", b"    kept = %d\n    return kept\n" % number)


def other_export(content: bytes, number: int) -> bytes:
    return _once(content, b"def revision()", b"def revision_%d()" % number)


def other_sum(content: bytes, number: int) -> bytes:
    """For files that only calculate: the first of their functions begins with another number."""
    return _once(content, b"    total = ", b"    total = %d + " % number)


class Editor:
    """Writes a new revision of one file each time, and leaves it alone where nothing changes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._original = file.read_bytes()
        self._numbers = count(1)

    def revise(self, revision: Revision) -> None:
        self._file.write_bytes(revision(self._original, next(self._numbers)))

    def restore(self) -> None:
        if self._file.read_bytes() != self._original:
            self._file.write_bytes(self._original)


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


def _once(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new, 1)
