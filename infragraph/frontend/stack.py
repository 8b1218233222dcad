"""The interpreter's stack, which nested source needs more of than it has at first."""

import sys
from collections.abc import Generator
from contextlib import contextmanager

FRAMES = 10_000
"""Enough for `DEPTH_LIMIT` and a file's deepest nesting, at some eight frames for each level.

Calls from Python to Python take no memory of the machine's own stack, so that this is safe.
"""


@contextmanager
def deep_stack() -> Generator[None]:
    """Let calls nest deeply, as long as this lasts."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
