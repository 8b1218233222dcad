"""The stages of an analysis, told as they pass, for whoever shows progress or takes times."""

from collections.abc import Callable
from typing import Literal, TypeAlias

Stage: TypeAlias = Literal["find", "read", "parse", "run", "link"]
"""Files are found, read for the names in them, and parsed; the program is run, the graph linked.

Parsing and running may take turns.
"""

Told: TypeAlias = Callable[[Stage, int, int], None]
"""Called with a stage, how many of its parts are done, and how many there are (0: not counted).

A stage lasts from its first call to the first call for another one, or to the end. The calls come
from the process that was started, some tens of times a second at most.
"""


def untold(stage: Stage, done: int, total: int) -> None:
    """Nobody wants to know."""
    del stage, done, total
