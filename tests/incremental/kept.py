"""An application, and a cache that knows it."""

import os
import shutil
import time
from pathlib import Path

from tests.incremental.command import Command, Outcome
from tests.incremental.growing import few

_KNOWN_ALONE = (
    "from infragraph.cli import at_once\n"
    "def unknown(arguments):\n"
    "    raise SystemExit('nothing is known')\n"
    "at_once.analyze = unknown\n"
)


class Kept:
    """`expected` is what a run without a cache shows of the tree as it was at first."""

    def __init__(self, command: Command, folder: Path) -> None:
        self.command = command
        self.root = folder / "place" / "shop"
        self.cache = folder / "cache"
        self.root.parent.mkdir(parents=True)
        few(self.root)
        self.age(60)
        self.expected = self.cold()
        self.first = self.run()

    def age(self, seconds: float) -> None:
        """Give everything in the tree a modification time so long ago."""
        then = time.time() - seconds
        for path in (self.root, *self.root.rglob("*")):
            os.utime(path, (then, then))

    def cold(self) -> Outcome:
        return self.command.analyze(
            "--format", "json", "--no-cache", within=self.root, cache=self.cache
        )

    def run(self, prelude: str = "") -> Outcome:
        return self.command.analyze(
            "--format", "json", within=self.root, cache=self.cache, prelude=prelude
        )

    def is_known(self) -> bool:
        """Whether the next run prints what an earlier one did, without reading anything."""
        return self.run(_KNOWN_ALONE).notes != "nothing is known\n"

    def edit(self) -> None:
        """So that the output is another, and lines move."""
        file = self.root / "shop/orders/events.py"
        file.write_text('"""Events."""\n' + file.read_text("utf-8").replace('"orders', '"sales'))

    def files(self) -> list[Path]:
        """What is kept, the largest first."""
        found = (path for path in self.cache.rglob("*") if path.is_file())
        return sorted(found, key=lambda path: (-path.stat().st_size, path))

    def store(self, target: Path) -> None:
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.cache, target)

    def restore(self, source: Path) -> None:
        shutil.rmtree(self.cache, ignore_errors=True)
        shutil.copytree(source, self.cache)
