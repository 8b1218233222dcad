"""One line at the foot of a terminal that says what a long run is doing."""

import os
import sys
import time
from collections.abc import Callable
from typing import TextIO

from infragraph.model.stages import Stage

PATIENCE = 1.0
"""Seconds that a run may take without a word."""

_PAUSE = 0.1

_CLEAR = "\r\x1b[K"

_WORDS: dict[Stage, str] = {
    "find": "looking for files",
    "read": "reading",
    "parse": "parsing",
    "run": "following the program",
    "link": "linking the graph",
}


class Progress:
    """Shows what it is told, from a second on and not too often, and leaves nothing behind."""

    __slots__ = ("_clock", "_is_shown", "_next", "_stage", "_stream", "_width")

    def __init__(
        self, stream: TextIO, width: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._width = width
        self._clock = clock
        self._next = clock() + PATIENCE
        self._stage: Stage | None = None
        self._is_shown = False

    def told(self, stage: Stage, done: int, total: int) -> None:
        now = self._clock()
        is_new = self._is_shown and stage != self._stage
        if now < self._next and not is_new:
            return
        self._next = now + _PAUSE
        self._stage = stage
        self._is_shown = True
        count = f" {done} of {total} files" if total else ""
        self._write(_CLEAR + f"{_WORDS[stage]}{count} …"[: self._width - 1])

    def clear(self) -> None:
        """Take the line away, so that something else can be written."""
        if self._is_shown:
            self._is_shown = False
            self._write(_CLEAR)

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def progress() -> Progress | None:
    """Where somebody watches who can be shown it: on a terminal, and not in the log of CI."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb" or os.environ.get("CI"):
        return None
    try:
        width = os.get_terminal_size(sys.stderr.fileno()).columns
    except OSError:
        width = 80
    return Progress(sys.stderr, width or 80)
