"""A tree that is edited at random, always the same way from the same seed."""

import os
import re
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from random import Random
from typing import TypeVar

T = TypeVar("T")

_EXPORT = re.compile(r"^(?:async def|def|class) (\w+)|^(\w+) = ", re.MULTILINE)


class Tree:
    """The tree below `root`, and the choice of what to do with it next.

    `mends` is what a tree needs in which nothing else would show, such as a broken configuration.
    """

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.choice = Random(seed)  # noqa: S311 - the same every time, on purpose
        self.numbers = count(1)
        self.first = {path: (root / path).read_bytes() for path in self.modules()}
        self.configuration = (root / "infragraph.yaml").read_bytes()
        self.mends: list[str] = []
        then = time.time() - 60
        for path in (root, *root.rglob("*")):
            os.utime(path, (then, then))

    def one(self, of: Sequence[T]) -> T | None:
        return self.choice.choice(of) if of else None

    def number(self) -> int:
        """One that nothing else has."""
        return next(self.numbers)

    def folders(self) -> list[str]:
        """Every folder that holds a module, the root aside."""
        return sorted({path.rpartition("/")[0] for path in self.modules()} - {""})

    def modules(self, within: str = "") -> list[str]:
        """Python files that are files, by their paths."""
        found = (self.root / within).rglob("*.py")
        files = (path for path in found if path.is_file() and not path.is_symlink())
        return sorted(path.relative_to(self.root).as_posix() for path in files)

    def links(self) -> list[str]:
        found = (path for path in self.root.rglob("*") if path.is_symlink())
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    def folder(self) -> str | None:
        return self.one(self.folders())

    def module(self) -> str | None:
        """The folder is chosen first, so that a folder of hundreds of modules is one among many."""
        folder = self.folder()
        if folder is None:
            return None
        return self.one([one for one in self.modules(folder) if one.rpartition("/")[0] == folder])

    def text(self, path: str) -> str:
        return (self.root / path).read_bytes().decode("utf-8", "surrogateescape")

    def put(self, path: str, text: str) -> None:
        """Every other time the file looks old, so that its times are believed."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8", "surrogateescape"))
        if self.choice.random() < 0.5:
            then = time.time() - self.choice.randint(10, 1000)
            os.utime(target, (then, then))

    def exports(self, path: str) -> list[str]:
        return [one or other for one, other in _EXPORT.findall(self.text(path))]


def dotted(path: str) -> str:
    """The module of a path."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
